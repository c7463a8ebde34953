// SPDX-License-Identifier: Apache-2.0
#include "collector/offline/casebook.h"

#include <chrono>
#include <memory>
#include <utility>

#include "collector/learn/knowledge.h"
#include "collector/learn/sightings.h"

namespace taster::offline {
namespace {

std::chrono::sys_days DayOf(const exchange::Record& record) {
  return std::chrono::floor<std::chrono::days>(record.time);
}

}  // namespace

Casebook::Casebook(judge::Reference reference)
    : reference_(std::move(reference)), truth_(&reference_.origin_as) {}

absl::Status Casebook::Add(exchange::Record&& record) {
  if (record.role == exchange::Role::kControl) {
    truth_.Learn(record);
    return absl::OkStatus();
  }
  if (!ids_.insert(record.id).second) {
    return absl::InvalidArgumentError("the id " + record.id +
                                      " stands for another query as well");
  }
  const std::size_t index = records_.size();
  if (record.set.empty()) {
    sets_.push_back({index});
  } else {
    const auto [at, is_new] = set_index_.try_emplace(record.set, sets_.size());
    if (is_new) sets_.emplace_back();
    sets_[at->second].push_back(index);
  }
  records_.push_back(std::move(record));
  return absl::OkStatus();
}

void Casebook::Learn() {
  truth_.Settle();
  std::map<judge::Network, learn::Sightings> sightings;
  for (const exchange::Record& record : records_) {
    sightings[record.network].Add(record.asked, DayOf(record));
  }
  const learn::Truth truth = truth_.AsTruth();
  for (const auto& [network, seen] : sightings) {
    learned_.push_back({network, learn::LearnPools(seen, truth)});
    learn::AddTo(network, learned_.back().learned, &reference_);
  }
  for (const auto& [network, seen] : sightings) {
    contexts_[network] = learn::NameContexts(network, seen, truth, reference_);
  }
}

judge::Case Casebook::CaseOf(std::span<const std::size_t> set) const {
  const exchange::Record& first = records_[set.front()];
  judge::Case result;
  result.network = first.network;
  result.date = DayOf(first);
  result.reference = &reference_;
  const auto contexts = contexts_.find(first.network);
  for (const std::size_t index : set) {
    judge::Asked& asked = result.asked.emplace_back(records_[index].asked);
    asked.ordinal = static_cast<std::uint32_t>(result.asked.size() - 1);
    const std::string qname = asked.qname.ToText();
    asked.control = truth_.Find(qname, asked.qtype);
    asked.name_control = truth_.FindName(qname);
    if (contexts == contexts_.end()) continue;
    const auto context = contexts->second.find(qname);
    if (context != contexts->second.end()) asked.elsewhere = context->second;
  }
  return result;
}

void Casebook::Judge(const std::function<void(const Judged&)>& each) const {
  // A set may be scattered over the file: its verdicts wait for their turn.
  std::vector<judge::MeasurementVerdict> verdicts(records_.size());
  for (const auto& set : sets_) {
    judge::SetVerdict verdict = judge::Judge(CaseOf(set));
    for (std::size_t i = 0; i < set.size(); ++i) {
      verdicts[set[i]] = std::move(verdict.measurements[i]);
    }
  }
  for (std::size_t i = 0; i < records_.size(); ++i) {
    each({records_[i], verdicts[i]});
  }
}

}  // namespace taster::offline
