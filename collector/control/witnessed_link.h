// SPDX-License-Identifier: Apache-2.0
// What of a control's measurements can be part of a proof.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/control/dnssec/link.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

struct WitnessedLink {
  std::int64_t vantage_id = 0;
  store::Time time;
  // An answer that is to be proved; else DS or DNSKEY of a zone.
  bool is_answer = false;
  dnssec::Link link;
};

// Of a batch of a control's: answers of resolvers to questions for targets and
// for keys, where they came whole and can be read from end to end.
std::vector<WitnessedLink> FindLinks(const store::JudgedBatch& batch);

}  // namespace taster::control
