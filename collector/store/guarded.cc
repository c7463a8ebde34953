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
    const std::string state =
        error.sqlstate().empty() ? "XX000" : error.sqlstate();
    return FromSqlState(state, doing, PrimaryLine(error.what()));
  } catch (const pqxx::pqxx_exception& error) {
    return Say(absl::StatusCode::kInternal, doing, error.base().what());
  } catch (const std::bad_alloc& error) {
    return Say(absl::StatusCode::kResourceExhausted, doing, error.what());
  }
}

}  // namespace taster::store
