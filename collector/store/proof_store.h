// SPDX-License-Identifier: Apache-2.0
// What controls' answers are proved by, stored: chains of DNSSEC.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

// From when until when every signature of a chain is valid, both included.
struct Validity {
  Time from;
  Time until;
  friend bool operator==(const Validity&, const Validity&) = default;
};

// One response of a chain, in canonical form.
struct ProofLink {
  std::string qname;  // Name::ToText().
  std::uint16_t qtype = 0;
  std::string message;  // At most 16,384 bytes.
  friend bool operator==(const ProofLink&, const ProofLink&) = default;
};

// What is proved of a name's type, by the answer that one control got.
struct ProofRow {
  std::string qname;  // Name::ToText().
  std::uint16_t qtype = 0;
  std::int64_t vantage_id = 0;
  Time measure_time;
  std::uint8_t result = 4;  // control::dnssec::Result
  std::string reason;
  std::optional<Validity> validity;  // Iff secure or insecure.
  std::vector<ProofLink> links;      // The answer first; 1 to 64.
  friend bool operator==(const ProofRow&, const ProofRow&) = default;
};

// As taster_ingest. One transaction. Of a day's proofs by one control the one
// with the lowest result stays, and of those the first.
absl::Status PutProofs(const std::string& connection,
                       const std::vector<ProofRow>& rows);

// As taster_judge or taster_ingest. The secure ones of all names, without their
// links.
absl::StatusOr<std::vector<ProofRow>> LoadSecureProofs(
    const std::string& connection);

// Of one name and type, with links: those that were measured on that day or
// were valid on it; by control and day.
absl::StatusOr<std::vector<ProofRow>> LoadProofs(const std::string& connection,
                                                 const std::string& qname,
                                                 std::uint16_t qtype,
                                                 std::chrono::sys_days day);

// As taster_ingest. The last known link for each of these questions, of those
// that were seen at `since` or later; without what is not known.
absl::StatusOr<std::vector<ProofLink>> LoadLinks(
    const std::string& connection, const std::vector<ProofLink>& questions,
    Time since);

}  // namespace taster::store
