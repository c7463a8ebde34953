// SPDX-License-Identifier: Apache-2.0
// What a control asks so that an answer can be proved by DNSSEC: the keys of
// every zone that the target may lie in, and their digests above.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "probe/plan/expand.h"
#include "probe/plan/pacer.h"
#include "probe/plan/plan_options.h"

namespace taster::plan {

// Of a target's name, from the root down: a zone deeper than that is not
// proved.
inline constexpr int kMaxProofLabels = 8;

// What was asked lately: com's keys are the same for every name below it.
class ProofLedger {
 public:
  static constexpr std::size_t kMostQuestions = 500'000;

  // `rest`: how long a question is not put again.
  explicit ProofLedger(std::chrono::seconds rest = std::chrono::hours(6),
                       std::size_t most = kMostQuestions)
      : rest_(rest), most_(most) {}

  // Whether it is due at `now`, which never goes backwards; if so, notes it.
  bool Take(const dns::Name& qname, std::uint16_t qtype, Instant now);

  std::size_t size() const { return asked_.size(); }

 private:
  void Forget();

  const std::chrono::seconds rest_;
  const std::size_t most_;
  absl::flat_hash_map<std::string, Instant> asked_;
  std::deque<std::pair<Instant, std::string>> order_;  // Oldest first.
};

// The most that a set of this plan can have.
std::size_t MostProofQuestions(const PlanOptions& options);

// DNSKEY and DS of the target's name and of every name above it, as far as
// `ledger` lets them be asked at `now`: with CD=1, of the plan's first
// resolver, over TCP, since keys often do not fit into a datagram. They follow
// from the target's labels alone: no answer decides what is asked.
std::vector<capture::Question> ProofQuestions(const PlanOptions& options,
                                              const QuestionSet& set,
                                              ProofLedger* ledger, Instant now);

}  // namespace taster::plan
