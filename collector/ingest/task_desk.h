// SPDX-License-Identifier: Apache-2.0
// Where controls wait for names to ask for, and get them as soon as there are
// any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/control/control_book.h"
#include "collector/control/demand.h"
#include "collector/control/wishes.h"
#include "collector/ingest/leases.h"
#include "proto/net/ip_prefix.h"
#include "taster/v1/tasking.pb.h"

namespace taster::ingest {

// What leases are made with; all of it outlives the desk.
struct DeskEdges {
  std::function<store::Time()> now;
  // A prefix of an AS, as the registry's tables have it; nullopt: none known.
  std::function<std::optional<net::IpPrefix>(std::uint32_t)> subnet_of;
  // Whose true addresses are checked too.
  const control::ControlBook* book = nullptr;
  // Told of every control that was given tasks, under the desk's lock; may be
  // empty.
  std::function<void(std::int64_t)> on_leased = {};
};

// A control that asks for work; its query is admitted.
struct Poll {
  std::int64_t control = 0;
  std::string vantage_key;
  v1::TaskQuery query;
  std::chrono::milliseconds patience{0};
};

// Thread-safe; owns one thread.
class TaskDesk {
 public:
  using Done = std::function<void(absl::StatusOr<v1::Lease>)>;

  explicit TaskDesk(DeskEdges edges, control::DemandLimits limits = {});
  // Everybody who waits is told Unavailable.
  ~TaskDesk();
  TaskDesk(const TaskDesk&) = delete;
  TaskDesk& operator=(const TaskDesk&) = delete;

  // As Demand has them.
  void Wished(const control::Wishes& wishes);
  void Standing(const std::string& qname,
                const std::vector<std::uint16_t>& qtypes);
  void Settled(std::int64_t control,
               const std::vector<control::ControlSaw>& seen, store::Time when);
  void Distrust(std::set<std::int64_t> controls);

  // `done` is called exactly once, from any thread: at once when there is work
  // or no patience, else when there is, or patience is over. A control's newer
  // poll aborts its older one.
  void Ask(Poll poll, Done done);
  // Who asked for this lease is gone: told Cancelled if it waits still, so that
  // no name is given to it.
  void Withdraw(std::int64_t control, const std::string& lease_id);
  // Nobody waits from now on.
  void Close();

  // Names known, and those that open sets wait for.
  struct Counts {
    std::size_t names = 0;
    std::size_t waiting = 0;
    std::uint64_t refused = 0;
    std::uint64_t leased = 0;  // Tasks, so far.
  };
  Counts counts() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Poll poll;
    Done done;
    Clock::time_point until;
  };
  // What to tell whom, once nothing is locked.
  struct Answer {
    Done done;
    absl::StatusOr<v1::Lease> lease;
  };

  void Run();
  // An empty lease when there is nothing to do.
  v1::Lease TakeLocked(const Poll& poll);
  v1::Task TaskOf(const control::Demanded& demanded) const;
  std::vector<Answer> ServeLocked();
  void AbortLocked(std::int64_t control, std::vector<Answer>* answers);

  const DeskEdges edges_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  control::Demand demand_;
  Leases leases_;
  std::vector<Waiting> waiting_;
  std::uint64_t leased_ = 0;
  bool grown_ = false;
  bool closed_ = false;
  std::thread thread_;  // Last: it uses everything above.
};

}  // namespace taster::ingest
