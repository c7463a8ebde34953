// SPDX-License-Identifier: Apache-2.0
// The rows that a reference is built from: of the seed files, or of the tables
// of the same names.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/judge/prefix_table.h"
#include "proto/net/ip_address.h"

namespace taster::reference {

// A day range; an absent end is open. `until` is exclusive.
struct Days {
  std::optional<std::chrono::sys_days> since;
  std::optional<std::chrono::sys_days> until;

  friend bool operator==(const Days&, const Days&) = default;
};

struct PoolRow {
  std::string pool_id;
  net::Family family = net::Family::kIpv4;
  bool ordered = false;  // An injector walks it by position.
  Days days;
  std::string source;
};

struct AddressRow {
  std::string pool_id;
  std::uint32_t position = 0;
  net::IpAddress address;
};

struct InjectorRow {
  std::string injector_id;
  std::string name;
  std::string country;  // ISO 3166 alpha-2; empty: a product of no country.
  std::string source;
};

// An absent field is not compared; so are the pools when empty.
struct FingerprintRow {
  std::string injector_id;
  Days days;
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

// An answer that somebody other than the name's owner is known to give.
struct ListedRow {
  std::string answer;  // An address, or "cname:" and an alias's target.
  std::string list_id;
  std::string mechanism;    // judge::ToString of it.
  std::string injector_id;  // Empty: not named.
  std::vector<std::string> countries;
  Days days;
  std::string source;
};

struct ResolverRow {
  net::IpAddress address;
  std::string operated_by;
  std::string country;  // ISO 3166 alpha-2; "ZZ": anycast without a home.
  std::string source;
};

struct SeedRows {
  std::vector<PoolRow> pools;
  std::vector<AddressRow> addresses;
  std::vector<InjectorRow> injectors;
  std::vector<FingerprintRow> fingerprints;
  std::vector<ListedRow> listed;
  std::vector<ResolverRow> resolvers;
};

// Which AS announces a prefix, and from where if that is known.
struct PrefixRow {
  judge::PrefixTable::Entry entry;
  std::string country;  // ISO 3166 alpha-2; empty: not known.
};

}  // namespace taster::reference
