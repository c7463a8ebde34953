// SPDX-License-Identifier: Apache-2.0
// What is known before anything was measured: forged pools, injectors'
// fingerprints, who announces which prefix. Loaded elsewhere; immutable here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "collector/judge/mechanism.h"
#include "collector/judge/prefix_table.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// An address that an injector is known to answer with.
struct ForgedAddress {
  std::string pool;  // Permanent id, e.g. "gfw-main-a".
  // Days on which it was seen forged; until is exclusive.
  std::chrono::sys_days since = std::chrono::sys_days::min();
  std::chrono::sys_days until = std::chrono::sys_days::max();
};

// An address that was learned to be forged, from evidence and controls alone.
struct LearnedAddress {
  std::string pool;         // "learned-" and what the pool is made of.
  std::string country;      // Applies to networks there; empty: to those whose
                            // country is not known.
  std::uint32_t names = 0;  // Registrable domains that drew it.
  // The pool's first day, and the day behind its last.
  std::chrono::sys_days since = std::chrono::sys_days::min();
  std::chrono::sys_days until = std::chrono::sys_days::max();
};

// One address that many unrelated names drew, without being one of a pool: a
// sinkhole, a block page or a proxy.
struct SharedAddress {
  std::string country;
  std::uint32_t names = 0;   // Registrable domains that drew it.
  std::uint32_t forged = 0;  // Those of them that drew forged pools too.
};

// An answer that somebody other than the name's owner is known to give.
struct ListedAnswer {
  std::string list;  // Permanent id of the row.
  // kResolverLying: a block page; kOnPathInjection: an injector's sinkhole;
  // kSecurityProduct, kSafeSearch, kNxdomainRewritten.
  Mechanism mechanism = Mechanism::kResolverLying;
  std::string injector;                // Who gives it; empty: not named.
  std::vector<std::string> countries;  // Where; empty: anywhere.
  std::chrono::sys_days since = std::chrono::sys_days::min();
  std::chrono::sys_days until = std::chrono::sys_days::max();
};

// How an injector's replies look. A field that is absent is not compared.
struct InjectorFingerprint {
  std::string injector;  // Permanent id: "gfw-1".
  std::chrono::sys_days since = std::chrono::sys_days::min();
  std::chrono::sys_days until = std::chrono::sys_days::max();
  std::optional<bool> aa;
  // Whether AA follows the inverse of the query's RD (GFW-3: 0x8400 to RD=0).
  std::optional<bool> aa_iff_not_rd;
  // True: the reply's RD equals the query's. False: RD is set whatever the
  // query had, which shows only where the query had it clear.
  std::optional<bool> rd_echoed;
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;
  std::optional<bool> owner_is_pointer;
  std::optional<std::uint32_t> rr_ttl;  // Seconds.
  // Pools it draws from; an answered address must be in one of them. Empty
  // means not compared.
  std::vector<std::string> pools;
};

// Immutable once built; may be read from many threads.
struct Reference {
  absl::flat_hash_map<net::IpAddress, std::vector<ForgedAddress>> forged;
  std::vector<InjectorFingerprint> injectors;
  // Where an injector stands: ISO 3166 alpha-2 by injector id.
  absl::flat_hash_map<std::string, std::string> injector_country;
  absl::flat_hash_map<net::IpAddress, std::vector<LearnedAddress>> learned;
  absl::flat_hash_map<net::IpAddress, std::vector<SharedAddress>> shared;
  // Countries whose networks draw from a forged pool, known or learned.
  absl::flat_hash_set<std::string> pooled_countries;
  absl::flat_hash_map<net::IpAddress, std::vector<ListedAnswer>> listed;
  // By Name::ToText() of the alias target.
  absl::flat_hash_map<std::string, std::vector<ListedAnswer>> listed_aliases;
  // Public resolvers, and the country whose network they answer from for users
  // there: ISO 3166 alpha-2; "ZZ" for anycast without a home.
  absl::flat_hash_map<net::IpAddress, std::string> resolver_country;
  PrefixTable origin_as;
  // Where addresses are registered: two letters as a number, the first in the
  // high byte. Empty where no such table was given.
  PrefixTable countries;
  std::string version;  // Names the snapshot, e.g. "2026-11-22/3f9c".

  // A forged pool that `address` belonged to on `day`; nullptr if none. An
  // address may stand in several; `forged` has them all.
  const ForgedAddress* FindForged(const net::IpAddress& address,
                                  std::chrono::sys_days day) const;
  // A learned pool's entry for networks in `country`; nullptr if none.
  const LearnedAddress* FindLearned(const net::IpAddress& address,
                                    std::string_view country,
                                    std::chrono::sys_days day) const;
  const SharedAddress* FindShared(const net::IpAddress& address,
                                  std::string_view country) const;
};

// What a table of countries, as Reference's, says of an address: ISO 3166
// alpha-2; empty: not known.
std::string CountryIn(const PrefixTable& countries,
                      const net::IpAddress& address);

}  // namespace taster::judge
