// SPDX-License-Identifier: Apache-2.0
// What the control records of a file say, by name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "collector/exchange/record.h"
#include "collector/judge/control.h"
#include "collector/judge/prefix_table.h"
#include "collector/learn/truth.h"

namespace taster::offline {

class TruthTable {
 public:
  // `origin_as` must outlive the table.
  explicit TruthTable(const judge::PrefixTable* origin_as)
      : origin_as_(origin_as) {}

  // Takes the replies of a control in. Failures, replies that contradict one
  // another, and answers that only a filter or a forger gives, teach nothing.
  void Learn(const exchange::Record& record);
  // Call once, after the last Learn and before what follows.
  void Settle();

  // nullptr when no control answered. Valid as long as the table.
  std::shared_ptr<const judge::Control> Find(const std::string& qname,
                                             std::uint16_t qtype) const;
  std::shared_ptr<const judge::Control> FindName(
      const std::string& qname) const;

  // For learning; refers to this table.
  learn::Truth AsTruth() const;

 private:
  struct Entry {
    std::uint16_t qtype = 0;
    std::shared_ptr<judge::Control> control;
  };
  struct Name {
    std::vector<Entry> types;  // A name has few.
    std::shared_ptr<judge::Control> whole;
  };
  void Add(const exchange::Record& record, const judge::Observation& reply);

  const judge::PrefixTable* origin_as_;
  absl::flat_hash_map<std::string, Name> names_;
  absl::flat_hash_map<net::IpAddress, std::uint32_t> returned_for_;
};

}  // namespace taster::offline
