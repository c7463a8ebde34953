// SPDX-License-Identifier: Apache-2.0
// Who announces an address, who that is, and which country it belongs to.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "collector/judge/prefix_table.h"
#include "collector/reference/client_subnets.h"
#include "proto/net/ip_address.h"

namespace taster::reference {

// Where tables came from.
struct Provenance {
  std::string source;  // "@ip-location-db/asn 2.3.2026061719", a file's name.
  std::chrono::sys_days taken{};  // The day that the data is of.
  // BLAKE2b-256 over the files' BLAKE2b-256, in the order read.
  std::array<std::uint8_t, 32> digest{};
};

// Immutable once read; may be read from many threads. Empty tables know
// nothing of any address.
struct Networks {
  judge::PrefixTable origin_as;
  // The numbers are CountryNumber's.
  judge::PrefixTable countries;
  // By AS number; as the source writes it, UTF-8 without control characters.
  absl::flat_hash_map<std::uint32_t, std::string> owners;
  ClientSubnets subnets;
  Provenance provenance;
  // Names source, day and content, for whatever is derived from these tables:
  // "prefixes.tsv/2026-06-17/0a1b2c3d4e5f". Empty when nothing was read.
  std::string snapshot;
  // Stretches that a table gives to two owners; nobody is known to own them.
  std::size_t disputes = 0;

  // Empty: not known. Valid as long as this object.
  std::string_view OwnerOf(std::uint32_t asn) const;
  // A prefix that this AS announces; nullopt: none is known.
  std::optional<net::IpPrefix> ClientSubnetOf(std::uint32_t asn) const;
  // ISO 3166 alpha-2, upper case; empty: not known.
  std::string CountryOf(const net::IpAddress& address) const;
};

// A number for two upper-case letters; 0, "not known", for "ZZ" and for
// anything else.
std::uint32_t CountryNumber(std::string_view code);

// What `snapshot` says of a provenance.
std::string SnapshotOf(const Provenance& provenance);

}  // namespace taster::reference
