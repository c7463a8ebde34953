// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/candidates.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace taster::learn {
namespace {

// With two, two names that moved to the same new host look like a forgery.
// See README.md.
constexpr std::uint32_t kDomains = 3;
// A true address of somebody's names is drawn elsewhere too, by a few names
// that were moved; a forged one by names in plenty.
constexpr std::uint32_t kReturnWeight = 4;
constexpr int kOtherMembers = 3;
constexpr int kMostRounds = 16;

class Finder {
 public:
  Finder(const Sightings& sightings, const Strangers& strangers)
      : all_(sightings.all()), strangers_(strangers) {
    const std::size_t addresses = sightings.addresses().size();
    found_.shared.resize(addresses);
    found_.pooled.resize(addresses);
    found_.poisoned.resize(sightings.names().size());
  }

  Candidates Find() {
    for (std::uint32_t i = 0; i < found_.shared.size(); ++i) {
      found_.shared[i] = strangers_.may_be_shared[i] && IsShared(i);
      found_.pooled[i] = found_.shared[i] && strangers_.may_be_pooled[i];
    }
    for (int round = 0; round < kMostRounds && Prune(); ++round) {
    }
    MarkPoisoned();
    for (int round = 0; round < kMostRounds && Expand(); ++round) {
      MarkPoisoned();
    }
    return std::move(found_);
  }

 private:
  // At least kDomains names, pairwise without a common owner.
  bool AreUnrelated(std::vector<std::uint32_t> names) const {
    // Names of few owners first: they leave most room for others.
    std::ranges::sort(names, {}, [&](std::uint32_t name) {
      return std::pair(strangers_.owners_of_name[name].size(), name);
    });
    absl::flat_hash_set<std::uint32_t> domains;
    absl::flat_hash_set<std::uint32_t> owners;
    for (const std::uint32_t name : names) {
      const auto& own = strangers_.owners_of_name[name];
      if (own.empty() || domains.contains(strangers_.registrable[name]) ||
          std::ranges::any_of(
              own, [&](std::uint32_t as) { return owners.contains(as); })) {
        continue;
      }
      domains.insert(strangers_.registrable[name]);
      owners.insert(own.begin(), own.end());
      if (domains.size() >= kDomains) return true;
    }
    return false;
  }

  bool IsShared(std::uint32_t address) const {
    std::vector<std::uint32_t> names;
    absl::flat_hash_set<std::uint32_t> domains;
    for (const std::uint32_t i : strangers_.of_address[address]) {
      if (strangers_.standing[i] != Standing::kStrange) continue;
      names.push_back(all_[i].name);
      domains.insert(strangers_.registrable[all_[i].name]);
    }
    return domains.size() >= kDomains &&
           strangers_.returned[address] * kReturnWeight <= domains.size() &&
           AreUnrelated(std::move(names));
  }

  // True iff the name draws kOtherMembers members, `but` not counted, of two
  // owners at least.
  bool DrawsSeveral(std::uint32_t name, std::uint32_t but) const {
    int members = 0;
    std::optional<std::uint32_t> owner;
    bool unrelated = false;
    for (const std::uint32_t i : strangers_.of_name[name]) {
      const std::uint32_t address = all_[i].address;
      if (address == but || !found_.pooled[address] ||
          strangers_.standing[i] == Standing::kGenuine) {
        continue;
      }
      ++members;
      const std::uint32_t as = strangers_.owner[address];
      if (owner && (as != *owner || as == 0)) unrelated = true;
      if (!owner) owner = as;
      if (unrelated && members >= kOtherMembers) return true;
    }
    return false;
  }

  // Takes out members whose names mostly draw no others; true iff any.
  bool Prune() {
    std::vector<std::uint32_t> out;
    for (std::uint32_t address = 0; address < found_.pooled.size(); ++address) {
      if (!found_.pooled[address]) continue;
      std::size_t names = 0;
      std::size_t several = 0;
      for (const std::uint32_t i : strangers_.of_address[address]) {
        if (strangers_.standing[i] != Standing::kStrange) continue;
        ++names;
        if (DrawsSeveral(all_[i].name, address)) ++several;
      }
      if (several * 2 <= names) out.push_back(address);
    }
    for (const std::uint32_t address : out) found_.pooled[address] = false;
    return !out.empty();
  }

  void MarkPoisoned() {
    constexpr std::uint32_t kNone = ~std::uint32_t{0};
    for (std::uint32_t name = 0; name < found_.poisoned.size(); ++name) {
      found_.poisoned[name] = DrawsSeveral(name, kNone);
    }
  }

  // Only names of the pool drew it, two domains at least.
  bool IsDrawnByPoisonedOnly(std::uint32_t address) const {
    absl::flat_hash_set<std::uint32_t> domains;
    for (const std::uint32_t i : strangers_.of_address[address]) {
      if (strangers_.standing[i] == Standing::kGenuine ||
          !found_.poisoned[all_[i].name]) {
        return false;
      }
      domains.insert(strangers_.registrable[all_[i].name]);
    }
    return domains.size() + 1 >= kDomains;
  }

  bool Expand() {
    std::vector<std::uint32_t> in;
    for (std::uint32_t address = 0; address < found_.pooled.size(); ++address) {
      if (!found_.pooled[address] && strangers_.may_be_pooled[address] &&
          strangers_.returned[address] == 0 && !found_.shared[address] &&
          IsDrawnByPoisonedOnly(address)) {
        in.push_back(address);
      }
    }
    for (const std::uint32_t address : in) found_.pooled[address] = true;
    return !in.empty();
  }

  const std::vector<Sighting>& all_;
  const Strangers& strangers_;
  Candidates found_;
};

}  // namespace

Candidates FindCandidates(const Sightings& sightings,
                          const Strangers& strangers) {
  return Finder(sightings, strangers).Find();
}

}  // namespace taster::learn
