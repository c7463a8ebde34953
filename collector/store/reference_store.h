// SPDX-License-Identifier: Apache-2.0
// What is known before anything is measured, and what controls have said:
// loaded whole, at start.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/judged_batch.h"
#include "proto/net/ip_address.h"

namespace taster::store {

using OptionalDay = std::optional<std::chrono::sys_days>;

// A row of forged_pool. An absent end is open; `until` is exclusive.
struct StoredPool {
  std::string pool_id;
  net::Family family = net::Family::kIpv4;
  bool ordered = false;  // An injector walks it by position.
  OptionalDay since;
  OptionalDay until;
  std::string source;
};

// A row of forged_address.
struct StoredForgedAddress {
  std::string pool_id;
  std::uint32_t position = 0;
  net::IpAddress address;
};

// A row of injector.
struct StoredInjector {
  std::string injector_id;
  std::string name;
  std::string country;  // ISO 3166 alpha-2.
  std::string source;
};

// A row of injector_fingerprint. An absent field is not compared; so are the
// pools when empty.
struct StoredFingerprint {
  std::string injector_id;
  OptionalDay since;
  OptionalDay until;
  std::optional<bool> aa;
  std::optional<bool> aa_iff_not_rd;
  std::optional<bool> rd_echoed;
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;
  std::optional<bool> owner_is_pointer;
  std::optional<std::uint32_t> rr_ttl;  // Seconds.
  std::vector<std::string> pools;
  std::string source;
};

// Of one moment. Pools and injectors by id, addresses by position.
struct StoredReference {
  std::vector<StoredPool> pools;
  std::vector<StoredForgedAddress> addresses;
  std::vector<StoredInjector> injectors;
  std::vector<StoredFingerprint> fingerprints;
};

// As taster_ingest or taster_judge.
absl::StatusOr<StoredReference> LoadReference(const std::string& connection);

// As taster_ingest or taster_judge. One row for each distinct answer and
// control, with the last time it was seen.
absl::StatusOr<std::vector<ControlRow>> LoadControlAnswers(
    const std::string& connection);

}  // namespace taster::store
