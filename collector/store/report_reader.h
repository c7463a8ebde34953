// SPDX-License-Identifier: Apache-2.0
// What was found, per name, type and network: for `report`.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/batch_rows.h"
#include "proto/net/ip_address.h"

namespace taster::store {

// Both days count; days are those inside the batch ids (UTC).
struct ReportQuery {
  std::chrono::sys_days since{};
  std::chrono::sys_days until{};
  std::string qname{};  // Name::ToText(); empty: every name.
  bool with_consistent = false;
  std::size_t limit = 10'000;
};

// All questions for one name and type from one network, asked of whatever
// server; control names that stood beside others are not counted.
struct ReportRow {
  std::string qname;
  std::string qtype;      // "A", "TYPE4711".
  std::string country;    // "ZZ": the vantage point is not in the catalogue.
  std::uint32_t asn = 0;  // 0: not known.
  // The worst class of any measurement, in the order poisoned,
  // likely_poisoned, blocked, filtered, ambiguous, down, insufficient,
  // consistent; words as judge::ToString gives them.
  std::string verdict;
  std::vector<std::string> mechanisms;  // Sorted; of what is not consistent.
  std::vector<std::string> injectors;   // Sorted ids; empty: none attributed.
  // Sorted, distinct. Forged: of replies judged poisoned or likely so. Genuine:
  // of replies judged consistent. Control: what control probes saw, ever.
  std::vector<net::IpAddress> forged_addresses;
  std::vector<net::IpAddress> genuine_addresses;
  std::vector<net::IpAddress> control_addresses;
  // Of each measurement the first reply of that sort, and of those the median;
  // nullopt when there was none.
  std::optional<std::chrono::microseconds> forged_offset;
  std::optional<std::chrono::microseconds> genuine_offset;
  std::int64_t measurement_count = 0;
  std::int64_t poisoned_count = 0;  // Measurements poisoned or likely so.
  std::int64_t vantage_count = 0;   // Distinct probes.
  // A measurement that shows the verdict, of the last day that has one.
  BatchKey witness;
  std::uint32_t witness_ordinal = 0;
  // Where traces for this name put injectors: "4", or "3-5" where several hops
  // are left. Sorted as text; empty: not traced, or nothing found.
  std::vector<std::string> hops;
};

// As taster_analyst, through schema analysis. In the order of qname, qtype,
// country and asn. Reads the evidence of every day asked for; Unavailable when
// that takes longer than the role may.
absl::StatusOr<std::vector<ReportRow>> ReadReport(const std::string& connection,
                                                  const ReportQuery& query);

}  // namespace taster::store
