// SPDX-License-Identifier: Apache-2.0
#include "collector/store/second_level.h"

#include <pqxx/pqxx>
#include <utility>

#include "collector/reference/day.h"
#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr char kDoDue[] =
    "SELECT step, rolled_day - date '1970-01-01', changed,"
    " (extract(epoch FROM took) * 1000000)::bigint"
    " FROM taster.roll_up_due($1)";
constexpr char kSumUp[] = "SELECT taster.sum_up()";
constexpr char kDetectEvents[] = "SELECT taster.detect_events($1::date)";
constexpr char kSetFloor[] = "SELECT taster.set_floor($1)";

RollUpStep ReadStep(const pqxx::row& row) {
  return {.step = row[0].c_str(),
          .day = ReadDay(row[1]),
          .changed = row[2].as<std::int64_t>(),
          .took = ReadInterval(row[3])};
}

RollUpStep Timed(std::string step, std::chrono::steady_clock::time_point begun,
                 const pqxx::result& result) {
  return {.step = std::move(step),
          .day = std::nullopt,
          .changed = result[0][0].as<std::int64_t>(),
          .took = std::chrono::duration_cast<std::chrono::microseconds>(
              std::chrono::steady_clock::now() - begun)};
}

}  // namespace

struct SecondLevel::Session {
  explicit Session(const std::string& connection) : server(connection) {}
  pqxx::connection server;
};

SecondLevel::SecondLevel(std::string connection)
    : connection_(std::move(connection)) {}

SecondLevel::~SecondLevel() = default;

SecondLevel::Session& SecondLevel::session() {
  if (session_ == nullptr) session_ = std::make_unique<Session>(connection_);
  return *session_;
}

absl::StatusOr<std::vector<RollUpStep>> SecondLevel::DoDue(int most_days) {
  using Steps = std::vector<RollUpStep>;
  auto steps = Guarded("roll up", [&]() -> absl::StatusOr<Steps> {
    pqxx::work transaction(session().server);
    Steps done;
    for (const pqxx::row& row : transaction.exec_params(kDoDue, most_days)) {
      done.push_back(ReadStep(row));
    }
    transaction.commit();
    return done;
  });
  if (!steps.ok()) session_ = nullptr;
  return steps;
}

absl::StatusOr<std::vector<RollUpStep>> SecondLevel::SumUp(
    std::chrono::sys_days since) {
  using Steps = std::vector<RollUpStep>;
  auto steps = Guarded("sum up", [&]() -> absl::StatusOr<Steps> {
    pqxx::work transaction(session().server);
    Steps done;
    auto begun = std::chrono::steady_clock::now();
    done.push_back(Timed("sum_up", begun, transaction.exec(kSumUp)));
    begun = std::chrono::steady_clock::now();
    done.push_back(Timed(
        "detect_events", begun,
        transaction.exec_params(kDetectEvents, reference::DayText(since))));
    transaction.commit();
    return done;
  });
  if (!steps.ok()) session_ = nullptr;
  return steps;
}

absl::Status SecondLevel::SetFloor(int floor) {
  absl::Status status = Guarded("set floor", [&]() -> absl::Status {
    pqxx::work transaction(session().server);
    transaction.exec_params(kSetFloor, floor);
    transaction.commit();
    return absl::OkStatus();
  });
  if (!status.ok()) session_ = nullptr;
  return status;
}

}  // namespace taster::store
