// SPDX-License-Identifier: Apache-2.0
// What a name's answers are proved by, so that anybody can validate it again.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "collector/control/dnssec/proof.h"
#include "collector/control/dnssec/trust_anchor.h"
#include "collector/store/proof_store.h"

namespace taster::cli {

// A stored proof, and what a validator says of its chain today, as of the time
// of measuring.
struct RevisedProof {
  store::ProofRow stored;
  control::dnssec::Proof now;
};

struct ProofsOfName {
  std::string qname;  // Name::ToText().
  std::uint16_t qtype = 0;
  std::chrono::sys_days day;
  control::dnssec::TrustAnchors anchors;
  std::vector<RevisedProof> proofs;
};

// A master file (RFC 1035 section 5) with every record of every chain; what is
// said of them stands in comments, and so does what `delv` takes as the root's
// key.
std::string DnssecPage(const ProofsOfName& name);

// The same facts: one JSON object with "format": "taster-dnssec/1". "chain" is
// hex of DNS messages, each behind its length in two bytes; the first is the
// answer.
std::string DnssecJson(const ProofsOfName& name);

// Validates every chain again, in a process of its own.
std::vector<RevisedProof> Revise(std::vector<store::ProofRow> rows,
                                 const std::filesystem::path& trust_anchor);

}  // namespace taster::cli
