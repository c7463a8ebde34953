// SPDX-License-Identifier: Apache-2.0
#include "collector/store/writer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "collector/judge/verdict.h"
#include "collector/store/commit_group.h"
#include "collector/store/encoded_batch.h"
#include "collector/store/ingest_session.h"
#include "collector/store/shard_group.h"

namespace taster::store {
namespace {

constexpr int kMaxTries = 5;

// A batch that waits. One that could not be encoded waits too, so that every
// callback comes from the same thread, in order.
struct Queued {
  absl::StatusOr<EncodedBatch> batch;
  Writer::Done done;
};
using Group = std::vector<Queued>;

void FailAll(Group* group, const absl::Status& status) {
  for (Queued& queued : *group) queued.done(status);
}

// Nothing was stored and nothing but this batch is to blame.
bool BlamesData(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kInternal:
      return true;
    default:
      return false;
  }
}

class GroupWriter final : public Writer {
 public:
  GroupWriter(WriterOptions options, IngestSession session)
      : options_(std::move(options)),
        session_(std::move(session)),
        ruleset_id_(session_.ruleset_id()),
        thread_([this] { Run(); }) {}

  ~GroupWriter() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  bool Submit(JudgedBatch batch, Done done) override {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ || waiting_ >= options_.max_queued_batches) return false;
      ++waiting_;
    }
    const std::uint32_t shard_group = ShardGroup(batch.vantage_id);
    // In the caller's thread: encoding spreads over the cores, writing cannot.
    Queued queued{Encode(std::move(batch), ruleset_id_.load()),
                  std::move(done)};
    {
      const std::lock_guard lock(mutex_);
      queues_[shard_group].push_back(std::move(queued));
    }
    changed_.notify_one();
    return true;
  }

 private:
  void Run();
  bool AwaitConnection();
  void Write(Group group);
  void WriteEach(Group group);
  absl::StatusOr<std::vector<PutResult>> CommitWithRetries(
      std::span<const EncodedBatch* const> batches);
  Group Cut(std::size_t row_limit);
  bool HasQueued() const;

  const WriterOptions options_;
  IngestSession session_;  // Only the thread touches it after construction.
  std::atomic<std::int64_t> ruleset_id_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint32_t, std::deque<Queued>> queues_;  // By shard group.
  std::size_t waiting_ = 0;  // Queued, or being encoded.
  bool stopping_ = false;

  std::thread thread_;  // Last: it uses everything above.
};

bool GroupWriter::HasQueued() const {
  for (const auto& [group, queue] : queues_) {
    if (!queue.empty()) return true;
  }
  return false;
}

// REQUIRES: the lock, and HasQueued.
Group GroupWriter::Cut(std::size_t row_limit) {
  auto queue = queues_.begin();
  while (queue->second.empty()) ++queue;
  Group group;
  for (std::size_t rows = 0; rows < row_limit && !queue->second.empty();) {
    Queued& front = queue->second.front();
    if (front.batch.ok()) {
      rows += static_cast<std::size_t>(front.batch->tables.rows());
    }
    group.push_back(std::move(front));
    queue->second.pop_front();
    --waiting_;
  }
  return group;
}

// True when connected. After a failure everything that waits is given back:
// who sent it keeps it and comes again.
bool GroupWriter::AwaitConnection() {
  if (session_.get() != nullptr) return true;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, session_.backoff(), [this] { return stopping_; });
  lock.unlock();
  const absl::Status status = session_.Connect();
  if (status.ok()) {
    ruleset_id_ = session_.ruleset_id();
    return true;
  }
  lock.lock();
  while (HasQueued()) {
    Group group = Cut(SIZE_MAX);
    lock.unlock();
    FailAll(&group, status);
    lock.lock();
  }
  return false;
}

void GroupWriter::Run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(
          lock, [this] { return HasQueued() || (stopping_ && waiting_ == 0); });
      if (!HasQueued()) return;
    }
    if (!AwaitConnection()) continue;
    std::unique_lock lock(mutex_);
    Group group = Cut(options_.rows_per_commit);
    lock.unlock();
    Write(std::move(group));
  }
}

absl::StatusOr<std::vector<PutResult>> GroupWriter::CommitWithRetries(
    std::span<const EncodedBatch* const> batches) {
  absl::StatusOr<std::vector<PutResult>> results =
      absl::UnavailableError("not connected");
  for (int tries = 0; tries < kMaxTries; ++tries) {
    // A connection that died while idle is noticed only now. COMMIT was not
    // sent, so the same again is safe.
    if (session_.get() == nullptr && !session_.Connect().ok()) return results;
    results = CommitGroup(batches, session_.get());
    if (session_.get()->is_lost()) session_.Drop();
    const bool worth_another = absl::IsAborted(results.status()) ||
                               (absl::IsUnavailable(results.status()) &&
                                session_.get() == nullptr && tries == 0);
    if (!worth_another) return results;
  }
  return absl::UnavailableError(std::string(results.status().message()));
}

void GroupWriter::Write(Group group) {
  Group encoded;
  std::vector<const EncodedBatch*> batches;
  encoded.reserve(group.size());
  for (Queued& queued : group) {
    if (!queued.batch.ok()) {
      queued.done(queued.batch.status());
      continue;
    }
    encoded.push_back(std::move(queued));
    batches.push_back(&*encoded.back().batch);
  }
  if (encoded.empty()) return;
  const absl::StatusOr<std::vector<PutResult>> results =
      CommitWithRetries(batches);
  if (results.ok()) {
    for (std::size_t i = 0; i < encoded.size(); ++i) {
      encoded[i].done((*results)[i]);
    }
  } else if (BlamesData(results.status()) && encoded.size() > 1) {
    WriteEach(std::move(encoded));
  } else {
    FailAll(&encoded, results.status());
  }
}

// One batch spoils a common transaction for all: alone, only for itself.
void GroupWriter::WriteEach(Group group) {
  for (Queued& queued : group) {
    Group single;
    single.push_back(std::move(queued));
    Write(std::move(single));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Writer>> Writer::Start(WriterOptions options) {
  const std::string ruleset = options.ruleset.empty()
                                  ? std::string(judge::RulesetVersion())
                                  : options.ruleset;
  IngestSession session(options.connection, ruleset);
  absl::Status status = session.Connect();
  if (!status.ok()) return status;
  return std::make_unique<GroupWriter>(std::move(options), std::move(session));
}

}  // namespace taster::store
