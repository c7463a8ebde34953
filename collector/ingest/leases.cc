// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/leases.h"

#include <algorithm>
#include <numeric>

namespace taster::ingest {
namespace {

std::chrono::microseconds LengthOf(const google::protobuf::Duration& length) {
  return std::chrono::seconds(length.seconds()) +
         std::chrono::microseconds(length.nanos() / 1000);
}

}  // namespace

absl::Status CheckTaskQuery(const v1::TaskQuery& query, store::Time now) {
  if (query.max_tasks() < 1 || query.max_tasks() > kMaxTasks) {
    return absl::InvalidArgumentError("query.max_tasks: not 1 to 500");
  }
  const auto& wait = query.wait();
  if (wait.seconds() < 0 || wait.seconds() > kMaxWait.count() ||
      wait.nanos() < 0 || wait.nanos() > 999'999'999 ||
      LengthOf(wait) > kMaxWait) {
    return absl::InvalidArgumentError("query.wait: not 0 to 10 s");
  }
  if (!query.has_request_time()) {
    return absl::InvalidArgumentError("query.request_time: missing");
  }
  // Compared as seconds: the sum of two hostile numbers might overflow.
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::int64_t asked = query.request_time().seconds();
  const std::int64_t skew = std::chrono::seconds(kMaxSkew).count();
  if (asked < seconds - skew || asked > seconds + skew) {
    return absl::FailedPreconditionError(
        "query.request_time: more than 10 minutes from the collector's clock");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<v1::Lease>> Leases::Find(
    std::int64_t control, const std::string& lease_id, store::Time now) {
  Account& account = accounts_[control];
  if (account.asked && now > *account.asked) {
    const std::chrono::duration<double> since = now - *account.asked;
    account.allowance =
        std::min(kBurst, account.allowance + since.count() * kQueriesASecond);
  }
  account.asked = now;
  if (account.allowance < 1) {
    return absl::ResourceExhaustedError("too many queries; ask again later");
  }
  account.allowance -= 1;
  if (account.last.lease_id() == lease_id && now < account.last_until) {
    return std::optional<v1::Lease>(account.last);
  }
  return std::optional<v1::Lease>();
}

std::size_t Leases::Room(std::int64_t control, store::Time now) {
  std::deque<Granted>& granted = accounts_[control].granted;
  while (!granted.empty() && granted.front().until <= now) granted.pop_front();
  const std::size_t held = std::accumulate(
      granted.begin(), granted.end(), std::size_t{0},
      [](std::size_t sum, const Granted& one) { return sum + one.tasks; });
  return kMostLeased - std::min(held, kMostLeased);
}

void Leases::Grant(std::int64_t control, const v1::Lease& lease,
                   store::Time now) {
  Account& account = accounts_[control];
  const store::Time until = now + LengthOf(lease.lifetime());
  account.granted.push_back(
      {until, static_cast<std::size_t>(lease.tasks_size())});
  account.last = lease;
  account.last_until = until;
}

}  // namespace taster::ingest
