// SPDX-License-Identifier: Apache-2.0
// libpqxx 6.4: most of its exceptions are sql_error, but not those that say
// that the connection or the transaction is gone.
#include "collector/store/guarded.h"

#include <algorithm>
#include <new>
#include <pqxx/pqxx>
#include <string>

#include "collector/store/sql_state.h"
#include "fmt/format.h"

namespace taster::store {
namespace {

// The server's text is "ERROR:  primary\nDETAIL: ...": only the primary line
// goes on, since details quote stored values.
std::string PrimaryLine(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  for (const std::string_view prefix : {"ERROR:  ", "FATAL:  "}) {
    if (text.starts_with(prefix)) text.erase(0, prefix.size());
  }
  return text;
}

template <typename Error>
bool Is(const pqxx::sql_error& error) {
  return dynamic_cast<const Error*>(&error) != nullptr;
}

// libpqxx gives many of its classes no code: then the class stands for it.
std::string SqlStateOf(const pqxx::sql_error& error) {
  if (!error.sqlstate().empty()) return error.sqlstate();
  if (Is<pqxx::insufficient_privilege>(error)) return "42501";
  if (Is<pqxx::undefined_table>(error)) return "42P01";
  if (Is<pqxx::undefined_column>(error)) return "42703";
  if (Is<pqxx::undefined_function>(error)) return "42883";
  if (Is<pqxx::unique_violation>(error)) return "23505";
  if (Is<pqxx::check_violation>(error)) return "23514";
  if (Is<pqxx::integrity_constraint_violation>(error)) return "23000";
  if (Is<pqxx::data_exception>(error)) return "22000";
  if (Is<pqxx::insufficient_resources>(error)) return "53000";
  return "XX000";
}

absl::Status Say(absl::StatusCode code, std::string_view doing,
                 const char* what) {
  return absl::Status(code, fmt::format("{}: {}", doing, PrimaryLine(what)));
}

}  // namespace

absl::Status FromCurrentException(std::string_view doing) noexcept {
  try {
    throw;
  } catch (const pqxx::in_doubt_error& error) {
    return Say(absl::StatusCode::kUnknown, doing, error.what());
  } catch (const pqxx::statement_completion_unknown& error) {
    return Say(absl::StatusCode::kUnknown, doing, error.what());
  } catch (const pqxx::transaction_rollback& error) {
    return Say(absl::StatusCode::kAborted, doing, error.what());
  } catch (const pqxx::broken_connection& error) {
    return Say(absl::StatusCode::kUnavailable, doing, error.what());
  } catch (const pqxx::sql_error& error) {
    return FromSqlState(SqlStateOf(error), doing, PrimaryLine(error.what()));
  } catch (const pqxx::pqxx_exception& error) {
    return Say(absl::StatusCode::kInternal, doing, error.base().what());
  } catch (const std::bad_alloc& error) {
    return Say(absl::StatusCode::kResourceExhausted, doing, error.what());
  }
}

}  // namespace taster::store
