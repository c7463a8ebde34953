// SPDX-License-Identifier: Apache-2.0
// What was learned from evidence, stored: pools, shared addresses, victims.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/judge/network.h"
#include "collector/store/judged_batch.h"
#include "proto/net/ip_address.h"

namespace taster::store {

// First and last day on which something was seen, both included.
struct Span {
  std::chrono::sys_days first;
  std::chrono::sys_days last;
  friend bool operator==(const Span&, const Span&) = default;
};

struct LearnedPoolRow {
  std::string pool;  // As learn::PoolId; a revoked one's ends with its day.
  judge::Network network;
  net::Family family = net::Family::kIpv4;
  Span days;
  std::uint32_t names = 0;  // That draw from it.
  Time learned_time;
  bool is_revoked = false;
  friend bool operator==(const LearnedPoolRow&,
                         const LearnedPoolRow&) = default;
};

struct LearnedAddressRow {
  std::string pool;
  net::IpAddress address;
  std::uint32_t owner = 0;  // Origin AS; 0: nobody's, or not known.
  Span days;
  std::vector<std::string> names;  // That drew it; sorted.
  std::uint32_t registrable = 0;   // Registrable domains among them.
  friend bool operator==(const LearnedAddressRow&,
                         const LearnedAddressRow&) = default;
};

struct SharedAddressRow {
  judge::Network network;
  net::IpAddress address;
  Span days;
  std::uint32_t registrable = 0;  // Registrable domains that drew it,
  std::uint32_t forged = 0;       // those of them that drew a pool too.
  friend bool operator==(const SharedAddressRow&,
                         const SharedAddressRow&) = default;
};

// Somebody's address that injectors send other people's clients to.
struct VictimRow {
  net::IpAddress address;
  std::uint32_t owner = 0;
  std::string owner_name;   // Empty: not known.
  std::string country;      // Of the address; empty: not known.
  std::uint32_t names = 0;  // That were answered with it.
  std::vector<std::string> sample_names;
  std::vector<std::string> networks;  // "CN/4134"; where it was seen.
  Span days;
  std::optional<std::string> served{};  // nullopt: nobody looked.
  friend bool operator==(const VictimRow&, const VictimRow&) = default;
};

struct LearnedRows {
  std::vector<LearnedPoolRow> pools;
  std::vector<LearnedAddressRow> addresses;
  std::vector<SharedAddressRow> shared;
  std::vector<VictimRow> victims;
  friend bool operator==(const LearnedRows&, const LearnedRows&) = default;
};

// As taster_judge or taster_ingest. Everything, the revoked too, in the order
// of keys; of one moment.
absl::StatusOr<LearnedRows> LoadLearned(const std::string& connection);

// As taster_judge. One transaction, one replacer at a time: what is not
// revoked is replaced, but for the time when a pool was first learned and what
// a victim was found to serve. Revoked rows in `rows` are left out.
absl::Status ReplaceLearned(const std::string& connection,
                            const LearnedRows& rows);

// As taster_judge. Sets a pool aside under a name of its own, "POOL@TIME", so
// that the next one of its rank is not taken for it; gives that name. NotFound
// when there is no such pool in use.
absl::StatusOr<std::string> RevokePool(const std::string& connection,
                                       const std::string& pool, Time now);

// As taster_judge. Forgets that a pool was revoked: evidence that still shows
// it teaches it again. NotFound when no such pool was revoked.
absl::Status RestorePool(const std::string& connection,
                         const std::string& pool);

}  // namespace taster::store
