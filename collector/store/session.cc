// SPDX-License-Identifier: Apache-2.0
// libpq as it is: results are cleared here and nowhere else.
#include "collector/store/session.h"

#include <libpq-fe.h>

#include "collector/store/sql_state.h"
#include "fmt/format.h"

namespace taster::store {
namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

Result Own(PGresult* result) { return {result, &PQclear}; }

// What a statement is called in messages: its first words say enough.
std::string_view Head(std::string_view sql) {
  return sql.substr(0, sql.find_first_of("(\n"));
}

// "dbname" may be a whole connection string; what it says wins over what
// stands before it.
PGconn* Connect(const std::string& connection) {
  const char* const keywords[] = {"fallback_application_name",
                                  "connect_timeout", "dbname", nullptr};
  const char* const values[] = {"taster", "5", connection.c_str(), nullptr};
  return PQconnectdbParams(keywords, values, /*expand_dbname=*/1);
}

void IgnoreNotice(void*, const PGresult*) {}

void AppendBigEndian(std::uint32_t value, std::string* out) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(value >> shift & 0xff));
  }
}

}  // namespace

std::string ArrayParameter::Encode() const {
  std::string out;
  const std::string& values = values_.buffer();
  out.reserve(20 + values.size());
  AppendBigEndian(count_ == 0 ? 0 : 1, &out);
  // "Has NULLs" may be claimed without having any.
  AppendBigEndian(1, &out);
  AppendBigEndian(static_cast<std::uint32_t>(element_), &out);
  if (count_ == 0) return out;
  AppendBigEndian(static_cast<std::uint32_t>(count_), &out);
  AppendBigEndian(1, &out);
  return out.append(values);
}

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }

int Rows::size() const { return PQntuples(result_.get()); }

bool Rows::is_null(int row, int column) const {
  return PQgetisnull(result_.get(), row, column) != 0;
}

std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t Rows::integer(int row, int column) const {
  const std::string_view big_endian = bytes(row, column);
  // Sign extension comes from the first byte.
  std::int64_t value = big_endian.empty() || big_endian[0] >= 0 ? 0 : -1;
  for (const char byte : big_endian) {
    value = value * 256 + static_cast<std::uint8_t>(byte);
  }
  return value;
}

std::chrono::sys_days Rows::date(int row, int column) const {
  using std::chrono::days;
  constexpr std::chrono::sys_days kEpoch{days{10957}};  // 2000-01-01
  return kEpoch + days{static_cast<days::rep>(integer(row, column))};
}

absl::StatusOr<std::unique_ptr<Session>> Session::Open(
    const std::string& connection, const char* settings) {
  std::unique_ptr<Session> session(new Session(Connect(connection)));
  if (PQstatus(session->connection_) != CONNECTION_OK) {
    return absl::UnavailableError(
        fmt::format("connect: {}", PQerrorMessage(session->connection_)));
  }
  PQsetNoticeReceiver(session->connection_, &IgnoreNotice, nullptr);
  if (absl::Status status = session->Execute(settings); !status.ok()) {
    return status;
  }
  return session;
}

Session::~Session() { PQfinish(connection_); }

bool Session::is_lost() const { return PQstatus(connection_) != CONNECTION_OK; }

absl::Status Session::Failure(std::string_view doing,
                              const pg_result* result) const {
  const char* state = result == nullptr
                          ? nullptr
                          : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary =
      result == nullptr ? nullptr
                        : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (state == nullptr || primary == nullptr) {
    return FromSqlState("", doing, PQerrorMessage(connection_));
  }
  return FromSqlState(state, doing, primary);
}

absl::Status Session::Execute(const char* sql) {
  const Result result = Own(PQexec(connection_, sql));
  if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
    return absl::OkStatus();
  }
  return Failure(Head(sql), result.get());
}

absl::StatusOr<Rows> Session::Query(
    const char* sql, std::span<const ArrayParameter> parameters) {
  std::vector<std::string> encoded;
  std::vector<const char*> values;
  std::vector<int> lengths;
  encoded.reserve(parameters.size());
  for (const ArrayParameter& parameter : parameters) {
    if (!parameter.status().ok()) return parameter.status();
    encoded.push_back(parameter.Encode());
    values.push_back(encoded.back().data());
    lengths.push_back(static_cast<int>(encoded.back().size()));
  }
  // Types are left to the server: the statement casts each parameter.
  const std::vector<int> formats(parameters.size(), 1);
  Result result = Own(PQexecParams(
      connection_, sql, static_cast<int>(parameters.size()), nullptr,
      values.data(), lengths.data(), formats.data(), /*resultFormat=*/1));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    return Failure(Head(sql), result.get());
  }
  return Rows(result.release());
}

absl::Status Session::CopyIn(const char* copy,
                             std::span<const std::string_view> chunks) {
  const Result begun = Own(PQexec(connection_, copy));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
    return Failure(Head(copy), begun.get());
  }
  const auto put = [this](std::string_view bytes) {
    return PQputCopyData(connection_, bytes.data(),
                         static_cast<int>(bytes.size())) == 1;
  };
  bool sent = put(CopyEncoder::kHeader);
  for (std::size_t i = 0; sent && i < chunks.size(); ++i) {
    sent = put(chunks[i]);
  }
  sent = sent && put(CopyEncoder::kTrailer);
  // After a failure the server still owes its result, with the reason.
  if (PQputCopyEnd(connection_, sent ? nullptr : "could not send") != 1) {
    return Failure(Head(copy), nullptr);
  }
  absl::Status status;
  while (const Result result = Own(PQgetResult(connection_))) {
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
      status.Update(Failure(Head(copy), result.get()));
    }
    if (is_lost()) break;
  }
  return status;
}

absl::Status Session::CopyOut(
    const char* copy,
    const std::function<absl::Status(std::string_view)>& take) {
  const Result begun = Own(PQexec(connection_, copy));
  if (PQresultStatus(begun.get()) != PGRES_COPY_OUT) {
    return Failure(Head(copy), begun.get());
  }
  absl::Status taken;
  char* message = nullptr;
  while (true) {
    const int length = PQgetCopyData(connection_, &message, /*async=*/0);
    if (length < 0) break;
    const std::unique_ptr<char, decltype(&PQfreemem)> owned(message,
                                                            &PQfreemem);
    // What was under way when somebody had enough is read and forgotten.
    if (!taken.ok()) continue;
    taken = take({message, static_cast<std::size_t>(length)});
    if (!taken.ok()) Cancel();
  }
  absl::Status status;
  while (const Result result = Own(PQgetResult(connection_))) {
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
      status.Update(Failure(Head(copy), result.get()));
    }
    if (is_lost()) break;
  }
  return taken.ok() ? status : taken;
}

void Session::Cancel() {
  const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> cancel(
      PQgetCancel(connection_), &PQfreeCancel);
  char error[256];
  // One that does not arrive costs time only.
  if (cancel) PQcancel(cancel.get(), error, sizeof(error));
}

absl::Status Session::Commit() {
  const Result result = Own(PQexec(connection_, "COMMIT"));
  if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
    // A transaction that had failed answers COMMIT with ROLLBACK.
    if (std::string_view(PQcmdStatus(result.get())) == "COMMIT") {
      return absl::OkStatus();
    }
    return absl::AbortedError("COMMIT: rolled back");
  }
  const absl::Status failure = Failure("COMMIT", result.get());
  if (failure.code() == absl::StatusCode::kAborted) return failure;
  return absl::UnknownError(std::string(failure.message()));
}

void Session::Rollback() {
  if (PQtransactionStatus(connection_) == PQTRANS_IDLE) return;
  Own(PQexec(connection_, "ROLLBACK"));
}

}  // namespace taster::store
