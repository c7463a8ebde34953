// SPDX-License-Identifier: Apache-2.0
// Writes down what the engine witnesses, set by set, batch by batch.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "probe/capture/question.h"
#include "probe/capture/witness.h"
#include "probe/record/batch_builder.h"
#include "probe/spool/spool.h"

namespace taster::record {

struct RecorderOptions {
  std::string software;     // "taster-probe/0.1.0"
  std::string target_list;  // "local"
  std::chrono::milliseconds window{5000};
  // Addresses that would tell who the volunteer is.
  std::vector<net::IpAddress> own_addresses;
  std::chrono::milliseconds batch_age{10'000};
};

struct RecorderCounts {
  std::uint64_t recorded = 0;    // Measurements that are durable.
  std::uint64_t answered = 0;    // Of those asked: with a matching response.
  std::uint64_t unrecorded = 0;  // Closed, but the spool had no room yet.
  std::uint64_t never_sent = 0;  // Cancelled before they left.
  std::uint64_t trimmed = 0;     // Responses cut or dropped so that sets fit.
  std::uint64_t masked = 0;      // Places masked.
};

// One thread: the one that runs the engines. A set is recorded whole, once all
// its questions are closed.
class Recorder final : public capture::Witness {
 public:
  // `spool` must outlive the recorder.
  Recorder(spool::Spool* spool, RecorderOptions options);

  // The token under which to ask this question, the next of its set. Sets are
  // begun in order; question.set tells which.
  capture::Token Expect(const capture::Question& question);
  // The engine had no room for the question that Expect was last called for;
  // it will be expected again.
  void Withdraw(capture::Token token);
  // No more questions of this set will come.
  void EndSet(std::uint32_t set);

  void OnSent(capture::Token token, const capture::Sent& sent) override;
  void OnArrived(capture::Token token,
                 const capture::Arrived& arrived) override;
  void OnIcmp(capture::Token token, const capture::IcmpArrived& icmp) override;
  void OnStream(capture::Token token,
                const capture::StreamFacts& facts) override;
  void OnClosed(capture::Token token, capture::Outcome outcome,
                std::uint32_t uncounted) override;

  // Closes a batch that is old, and records what has been closed.
  // ResourceExhausted: the spool is full, ask no more for now; nothing is
  // lost meanwhile. Other errors: the spool failed.
  absl::Status Tick(std::chrono::steady_clock::time_point now);
  // Closes the last batch too. REQUIRES: no query is open.
  absl::Status Flush();

  const RecorderCounts& counts() const { return counts_; }

 private:
  struct Open {
    capture::Question question;
    std::uint32_t place = 0;  // Within the set, in the order asked.
    bool sent = false;
    Kept kept;
  };
  struct OpenSet {
    std::map<std::uint32_t, Kept> closed;  // By place.
    std::uint32_t asked = 0;
    std::uint32_t open = 0;
    bool ended = false;
  };

  void Describe(const capture::Question& question, v1::Measurement* to);
  void DescribeUnsent(Open* open);
  void FinishIfComplete(std::uint32_t set);
  void CloseBatch();
  absl::Status RecordClosed();

  spool::Spool* spool_;
  const RecorderOptions options_;
  capture::Token next_token_ = 0;
  std::unordered_map<capture::Token, Open> open_;
  std::map<std::uint32_t, OpenSet> sets_;
  BatchBuilder builder_;
  std::deque<spool::SpooledBatch> closed_;
  RecorderCounts counts_;
};

}  // namespace taster::record
