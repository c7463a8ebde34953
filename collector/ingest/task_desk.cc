// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/task_desk.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "proto/dns/name.h"

namespace taster::ingest {
namespace {

// Open sets come in crowds: one lease for all of a batch.
constexpr std::chrono::milliseconds kSettle{50};
// Leases end and answers grow old without anybody telling.
constexpr std::chrono::seconds kLookAgain{1};
// Networks on whose behalf a name is asked for at once: each costs as many
// queries as the name itself.
constexpr int kMaxSubnets = 3;
// Known addresses of the name, beside those that were answered elsewhere.
constexpr int kMaxKnown = 2;

std::string TextOf(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <typename Answers>
void Tell(Answers answers) {
  for (auto& answer : answers) answer.done(std::move(answer.lease));
}

}  // namespace

TaskDesk::TaskDesk(DeskEdges edges, control::DemandLimits limits)
    : edges_(std::move(edges)), demand_(limits), thread_([this] { Run(); }) {}

TaskDesk::~TaskDesk() {
  Close();
  thread_.join();
}

void TaskDesk::Wished(const control::Wishes& wishes) {
  if (wishes.names.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    demand_.Add(wishes, edges_.now());
    grown_ = true;
  }
  changed_.notify_all();
}

void TaskDesk::Standing(const std::string& qname,
                        const std::vector<std::uint16_t>& qtypes) {
  const std::lock_guard lock(mutex_);
  demand_.AddStanding(qname, qtypes);
}

void TaskDesk::Settled(std::int64_t control,
                       const std::vector<control::ControlSaw>& seen,
                       store::Time when) {
  if (seen.empty()) return;
  const std::lock_guard lock(mutex_);
  demand_.Settle(control, seen, when);
}

void TaskDesk::Distrust(std::set<std::int64_t> controls) {
  const std::lock_guard lock(mutex_);
  demand_.Distrust(std::move(controls));
}

v1::Task TaskDesk::TaskOf(const control::Demanded& demanded) const {
  v1::Task task;
  const auto name = dns::Name::Parse(demanded.qname);
  if (!name) return task;
  task.set_qname(TextOf(name->Lower().wire()));
  for (const std::uint16_t qtype : demanded.qtypes) task.add_qtypes(qtype);
  for (const std::uint32_t asn : demanded.networks) {
    const auto subnet = edges_.subnet_of(asn);
    if (!subnet || task.client_subnets_size() == kMaxSubnets) continue;
    v1::ClientSubnet* named = task.add_client_subnets();
    named->set_address(TextOf(subnet->address.bytes()));
    named->set_prefix_length(static_cast<std::uint32_t>(subnet->length));
  }
  for (const net::IpAddress& address : demanded.suspects) {
    task.add_check_addresses(TextOf(address.bytes()));
  }
  const auto known = edges_.book->FindName(demanded.qname);
  if (known == nullptr || demanded.suspects.empty()) return task;
  int added = 0;
  for (const net::IpAddress& address : known->addresses) {
    const bool is_suspect = std::ranges::find(demanded.suspects, address) !=
                            demanded.suspects.end();
    if (is_suspect) continue;
    if (added++ == kMaxKnown) break;
    task.add_check_addresses(TextOf(address.bytes()));
  }
  return task;
}

v1::Lease TaskDesk::TakeLocked(const Poll& poll) {
  const store::Time now = edges_.now();
  const std::size_t most = std::min<std::size_t>(
      poll.query.max_tasks(), leases_.Room(poll.control, now));
  v1::Lease lease;
  lease.set_vantage_key(poll.vantage_key);
  lease.set_lease_id(poll.query.lease_id());
  lease.mutable_lifetime()->set_seconds(demand_.limits().lease.count());
  for (const auto& demanded : demand_.Take(poll.control, most, now)) {
    v1::Task task = TaskOf(demanded);
    if (!task.qname().empty()) *lease.add_tasks() = std::move(task);
  }
  if (lease.tasks_size() == 0) return lease;
  leased_ += static_cast<std::uint64_t>(lease.tasks_size());
  leases_.Grant(poll.control, lease, now);
  if (edges_.on_leased) edges_.on_leased(poll.control);
  return lease;
}

void TaskDesk::AbortLocked(std::int64_t control, std::vector<Answer>* answers) {
  std::erase_if(waiting_, [&](Waiting& one) {
    if (one.poll.control != control) return false;
    answers->push_back(
        {std::move(one.done),
         absl::AbortedError("a newer query took this one's place")});
    return true;
  });
}

void TaskDesk::Ask(Poll poll, Done done) {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(mutex_);
    AbortLocked(poll.control, &answers);
    auto known =
        leases_.Find(poll.control, poll.query.lease_id(), edges_.now());
    if (closed_) {
      answers.push_back({std::move(done), absl::UnavailableError("stopping")});
    } else if (!known.ok()) {
      answers.push_back({std::move(done), known.status()});
    } else if (known->has_value()) {
      answers.push_back({std::move(done), **std::move(known)});
    } else {
      v1::Lease lease = TakeLocked(poll);
      if (lease.tasks_size() > 0 || poll.patience.count() <= 0) {
        answers.push_back({std::move(done), std::move(lease)});
      } else {
        const auto until = Clock::now() + poll.patience;
        waiting_.push_back({std::move(poll), std::move(done), until});
      }
    }
  }
  changed_.notify_all();
  Tell(std::move(answers));
}

void TaskDesk::Withdraw(std::int64_t control, const std::string& lease_id) {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [&](Waiting& one) {
      if (one.poll.control != control ||
          one.poll.query.lease_id() != lease_id) {
        return false;
      }
      answers.push_back({std::move(one.done), absl::CancelledError("gone")});
      return true;
    });
  }
  Tell(std::move(answers));
}

std::vector<TaskDesk::Answer> TaskDesk::ServeLocked() {
  std::vector<Answer> answers;
  const auto now = Clock::now();
  std::erase_if(waiting_, [&](Waiting& one) {
    v1::Lease lease = TakeLocked(one.poll);
    if (lease.tasks_size() == 0 && now < one.until) return false;
    answers.push_back({std::move(one.done), std::move(lease)});
    return true;
  });
  return answers;
}

void TaskDesk::Run() {
  std::unique_lock lock(mutex_);
  while (!closed_) {
    if (waiting_.empty()) {
      changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
      continue;
    }
    auto next = Clock::now() + kLookAgain;
    for (const Waiting& one : waiting_) next = std::min(next, one.until);
    changed_.wait_until(lock, next, [this] { return closed_ || grown_; });
    if (closed_) break;
    if (grown_) changed_.wait_for(lock, kSettle, [this] { return closed_; });
    grown_ = false;
    std::vector<Answer> answers = ServeLocked();
    lock.unlock();
    Tell(std::move(answers));
    lock.lock();
  }
}

void TaskDesk::Close() {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (Waiting& one : waiting_) {
      answers.push_back(
          {std::move(one.done), absl::UnavailableError("stopping")});
    }
    waiting_.clear();
  }
  changed_.notify_all();
  Tell(std::move(answers));
}

TaskDesk::Counts TaskDesk::counts() const {
  const std::lock_guard lock(mutex_);
  return {.names = demand_.names(),
          .waiting = demand_.waiting(),
          .refused = demand_.refused(),
          .leased = leased_};
}

}  // namespace taster::ingest
