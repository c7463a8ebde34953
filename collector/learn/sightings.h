// SPDX-License-Identifier: Apache-2.0
// What one network answered, for whichever names: the evidence that learning
// starts from.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "collector/judge/case.h"
#include "proto/net/ip_address.h"

namespace taster::learn {

// One address that one name drew.
struct Sighting {
  std::uint32_t name = 0;     // Index into Sightings::names().
  std::uint32_t address = 0;  // Index into Sightings::addresses().
  std::chrono::sys_days first_day;
  std::chrono::sys_days last_day;
};

// Everything that the probes of one network saw. Grows only; no verdict ever
// enters it.
class Sightings {
 public:
  // Every address that the question's matching replies hold, if it asked for a
  // target; decoded (::ffff:0:0/96).
  void Add(const judge::Asked& asked, std::chrono::sys_days day);
  // `address` is decoded by the caller.
  void Add(const std::string& qname, const net::IpAddress& address,
           std::chrono::sys_days day);

  // Name::ToText() form, in order of first appearance.
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<net::IpAddress>& addresses() const { return addresses_; }
  // One for each name and address that was seen together.
  const std::vector<Sighting>& all() const { return all_; }

 private:
  std::vector<std::string> names_;
  std::vector<net::IpAddress> addresses_;
  std::vector<Sighting> all_;
  absl::flat_hash_map<std::string, std::uint32_t> name_index_;
  absl::flat_hash_map<net::IpAddress, std::uint32_t> address_index_;
  absl::flat_hash_map<std::uint64_t, std::uint32_t> pair_index_;
};

}  // namespace taster::learn
