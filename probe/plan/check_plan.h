// SPDX-License-Identifier: Apache-2.0
// Which of the addresses that were answered are tried as a client would.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "probe/plan/check_ledger.h"
#include "probe/plan/expand.h"

namespace taster::plan {

// Who gave an address, in the order in which they are heard: over TLS or HTTPS,
// where nobody on the way can answer; a resolver; a silent host, whose answers
// are forged.
enum class Answerer : std::uint8_t { kEncrypted, kResolver, kCanary };

struct AnsweredAddress {
  net::IpAddress address;
  Answerer answerer = Answerer::kResolver;
};

// What came for one set.
struct SetAnswers {
  std::uint32_t set = 0;
  dns::Name target;
  std::vector<AnsweredAddress> target_addresses;
  std::vector<AnsweredAddress> control_addresses;
};

// Distinct addresses of a set, beside one of the control name.
inline constexpr std::size_t kMaxCheckedAddresses = 4;

// The most checks that a set of this plan can have.
std::size_t MostChecks(const PlanOptions& options);

// Answers are hostile: none may lead a probe to machines near it.
class CheckPlan {
 public:
  // `own`: this machine's public addresses; no address of their networks (/24,
  // /48) is tried, nor a reserved one, unless the plan is of a laboratory.
  CheckPlan(const PlanOptions& options, std::vector<net::IpAddress> own);

  // The checks of a set, shuffled: every port of the plan (mail's only where
  // the name serves mail) at each address that is chosen, as far as `ledger`,
  // which notes those, lets them be tried at `now`. Those who answered take
  // turns, so that a name with many addresses does not hide a forged one.
  std::vector<capture::Question> Choose(const SetAnswers& answers,
                                        CheckLedger* ledger, Instant now,
                                        Rng& rng) const;

 private:
  bool MayBeTried(const net::IpAddress& address, const dns::Name& name) const;
  void Add(const SetAnswers& answers, capture::QuestionRole role,
           const net::IpAddress& address,
           std::vector<capture::Question>* checks) const;

  const PlanOptions options_;
  const std::vector<net::IpAddress> own_;
};

}  // namespace taster::plan
