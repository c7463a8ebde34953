// SPDX-License-Identifier: Apache-2.0
// Judges whole files: everything that a file holds is evidence for every line
// of it.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/exchange/record.h"
#include "collector/judge/reference.h"
#include "collector/judge/verdict.h"
#include "collector/learn/knowledge.h"
#include "collector/learn/pools.h"
#include "collector/offline/truth_table.h"

namespace taster::offline {

struct Judged {
  const exchange::Record& record;
  const judge::MeasurementVerdict& verdict;
};

struct LearnedIn {
  judge::Network network;
  learn::Learned learned;
};

// Collects records, learns from them, judges them. In that order.
class Casebook {
 public:
  // `reference`: pools, fingerprints and networks to start from.
  explicit Casebook(judge::Reference reference);

  // InvalidArgument: a probe's id that was there before.
  absl::Status Add(exchange::Record&& record);

  // Learns pools in each network, from evidence and controls alone.
  void Learn();
  // What Learn found, in the order of networks.
  const std::vector<LearnedIn>& learned() const { return learned_; }

  // Calls `each` for every probe's record, in the order in which they were
  // added.
  void Judge(const std::function<void(const Judged&)>& each) const;

  std::size_t size() const { return records_.size(); }

 private:
  using Contexts =
      absl::flat_hash_map<std::string,
                          std::shared_ptr<const judge::NameContext>>;

  judge::Case CaseOf(std::span<const std::size_t> set) const;

  judge::Reference reference_;
  TruthTable truth_;
  std::vector<exchange::Record> records_;
  absl::flat_hash_set<std::string> ids_;
  // Records of each set, in order of first appearance.
  std::vector<std::vector<std::size_t>> sets_;
  absl::flat_hash_map<std::string, std::size_t> set_index_;
  std::vector<LearnedIn> learned_;
  std::map<judge::Network, learn::ContextsByName> contexts_;
};

}  // namespace taster::offline
