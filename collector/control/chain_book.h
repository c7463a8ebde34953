// SPDX-License-Identifier: Apache-2.0
// Keys of zones as controls saw them lately, of which chains are made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "collector/control/dnssec/chain.h"
#include "collector/control/witnessed_link.h"

namespace taster::control {

// A question for keys: a name and DS or DNSKEY.
struct KeyQuestion {
  dns::Name qname;
  std::uint16_t qtype = 0;
};

// The answer's names: its own, and those that aliases in it lead to, as far as
// they are followed.
std::vector<dns::Name> NamesIn(const dnssec::Link& answer);

// Not thread-safe. Keeps the last link of each question and control, in bounded
// memory: those that came first are forgotten.
class ChainBook {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

  explicit ChainBook(std::size_t most_bytes = kMostBytes)
      : most_bytes_(most_bytes) {}

  void Add(const WitnessedLink& key);
  // What another process stored, for every control that has none of its own.
  void AddStored(const dnssec::Link& link);

  // The answer, with every link of the zones around it and around the aliases
  // in it.
  dnssec::Chain ChainFor(const WitnessedLink& answer) const;
  // What is not known of those.
  std::vector<KeyQuestion> Missing(const WitnessedLink& answer) const;

  std::size_t bytes() const { return bytes_; }

 private:
  // "43 example.com." behind the control's number; 0: whoever's.
  using Key = std::pair<std::int64_t, std::string>;

  void Put(Key key, const dnssec::Link& link);
  const std::string* Find(std::int64_t vantage_id,
                          const KeyQuestion& question) const;

  const std::size_t most_bytes_;
  absl::flat_hash_map<Key, std::string> links_;  // As WriteLink has them.
  std::deque<Key> order_;                        // Oldest first.
  std::size_t bytes_ = 0;
};

}  // namespace taster::control
