// SPDX-License-Identifier: Apache-2.0
// Checks rows against each other and assembles the reference.
#include "collector/reference/build_reference.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "collector/reference/digest.h"
#include "collector/reference/listed.h"

namespace taster::reference {
namespace {

using Pools = std::map<std::string, const PoolRow*>;
constexpr auto kAlways = std::chrono::sys_days::min();
constexpr auto kForever = std::chrono::sys_days::max();

absl::Status Contradiction(const std::string& what) {
  return absl::InvalidArgumentError("reference rows: " + what);
}

absl::Status CheckDays(const Days& days, const std::string& whose) {
  if (days.since && days.until && *days.since >= *days.until) {
    return Contradiction(whose + ": since is not before until");
  }
  return absl::OkStatus();
}

absl::StatusOr<Pools> IndexPools(const std::vector<PoolRow>& rows) {
  Pools pools;
  for (const PoolRow& row : rows) {
    if (row.pool_id.empty()) return Contradiction("a pool without an id");
    if (!pools.emplace(row.pool_id, &row).second) {
      return Contradiction("pool " + row.pool_id + " is listed twice");
    }
    if (auto days = CheckDays(row.days, "pool " + row.pool_id); !days.ok()) {
      return days;
    }
  }
  return pools;
}

absl::Status AddAddresses(const SeedRows& rows, const Pools& pools,
                          judge::Reference* reference) {
  std::set<std::pair<std::string, std::uint32_t>> positions;
  for (const AddressRow& row : rows.addresses) {
    const std::string name = row.address.ToString();
    const auto pool = pools.find(row.pool_id);
    if (pool == pools.end()) {
      return Contradiction(name + " is of an unknown pool " + row.pool_id);
    }
    if (row.address.family() != pool->second->family) {
      return Contradiction(name + " is not of the family of " + row.pool_id);
    }
    if (!positions.emplace(row.pool_id, row.position).second) {
      return Contradiction("pool " + row.pool_id + " has position " +
                           std::to_string(row.position) + " twice");
    }
    auto& members = reference->forged[row.address];
    for (const judge::ForgedAddress& member : members) {
      if (member.pool == row.pool_id) {
        return Contradiction(name + " stands twice in " + row.pool_id);
      }
    }
    const Days& days = pool->second->days;
    members.push_back({row.pool_id, days.since.value_or(kAlways),
                       days.until.value_or(kForever)});
  }
  return absl::OkStatus();
}

judge::InjectorFingerprint FingerprintOf(const FingerprintRow& row) {
  judge::InjectorFingerprint print;
  print.injector = row.injector_id;
  print.since = row.days.since.value_or(kAlways);
  print.until = row.days.until.value_or(kForever);
  print.aa = row.aa;
  print.aa_iff_not_rd = row.aa_iff_not_rd;
  print.rd_echoed = row.rd_echoed;
  print.dont_fragment = row.dont_fragment;
  print.ip_id_zero = row.ip_id_zero;
  print.owner_is_pointer = row.owner_is_pointer;
  print.rr_ttl = row.rr_ttl;
  print.pools = row.pools;
  return print;
}

absl::Status AddFingerprints(const SeedRows& rows, const Pools& pools,
                             judge::Reference* reference) {
  std::set<std::string> injectors;
  for (const InjectorRow& row : rows.injectors) {
    if (!injectors.insert(row.injector_id).second) {
      return Contradiction("injector " + row.injector_id + " is listed twice");
    }
  }
  for (const FingerprintRow& row : rows.fingerprints) {
    const std::string whose = "a fingerprint of " + row.injector_id;
    if (!injectors.contains(row.injector_id)) {
      return Contradiction(whose + ", which is not listed");
    }
    for (const std::string& pool : row.pools) {
      if (!pools.contains(pool)) {
        return Contradiction(whose + " names an unknown pool " + pool);
      }
    }
    if (auto days = CheckDays(row.days, whose); !days.ok()) return days;
    reference->injectors.push_back(FingerprintOf(row));
  }
  return absl::OkStatus();
}

// Injectors with pools work in their own countries.
void NotePooledCountries(judge::Reference* reference) {
  for (const judge::InjectorFingerprint& print : reference->injectors) {
    const auto home = reference->injector_country.find(print.injector);
    if (print.pools.empty() || home == reference->injector_country.end()) {
      continue;
    }
    reference->pooled_countries.insert(home->second);
  }
}

}  // namespace

absl::StatusOr<judge::Reference> BuildReference(
    const SeedRows& rows, std::vector<PrefixRow> prefixes) {
  const auto pools = IndexPools(rows.pools);
  if (!pools.ok()) return pools.status();
  judge::Reference reference;
  reference.forged.reserve(rows.addresses.size());
  if (auto added = AddAddresses(rows, *pools, &reference); !added.ok()) {
    return added;
  }
  if (auto added = AddFingerprints(rows, *pools, &reference); !added.ok()) {
    return added;
  }
  if (auto added = AddListed(rows, &reference); !added.ok()) return added;
  NotePooledCountries(&reference);
  reference.version = VersionOf(rows, prefixes);
  std::vector<judge::PrefixTable::Entry> entries;
  entries.reserve(prefixes.size());
  for (const PrefixRow& row : prefixes) entries.push_back(row.entry);
  reference.origin_as = judge::PrefixTable::Build(std::move(entries));
  return reference;
}

void AddNetworks(const Networks& networks, judge::Reference* reference) {
  if (networks.snapshot.empty()) return;
  reference->origin_as = networks.origin_as;
  reference->countries = networks.countries;
  // The digest is what a snapshot's name ends with.
  const std::size_t slash = networks.snapshot.rfind('/');
  reference->version += "+" + networks.snapshot.substr(slash + 1);
}

}  // namespace taster::reference
