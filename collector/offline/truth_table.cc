// SPDX-License-Identifier: Apache-2.0
#include "collector/offline/truth_table.h"

#include <algorithm>

#include "collector/judge/special_purpose.h"
#include "collector/reference/registrable_domain.h"
#include "proto/dns/constants.h"

namespace taster::offline {
namespace {

// A control that answers so is filtered or lied to itself.
bool IsNoAnswer(const net::IpAddress& address) {
  return judge::IsNull(address) ||
         judge::kTeredoWithoutServer.Contains(address);
}

bool Teaches(const judge::Observation& reply) {
  if (reply.fit != judge::Fit::kMatches || reply.defect != 0) return false;
  if (reply.rcode == dns::kRcodeNxDomain) return true;
  return reply.rcode == dns::kRcodeNoError &&
         std::ranges::none_of(reply.addresses, [](const auto& answer) {
           return IsNoAnswer(answer.address);
         });
}

template <typename T>
void SortDistinct(std::vector<T>* values) {
  std::ranges::sort(*values);
  values->erase(std::ranges::unique(*values).begin(), values->end());
}

void Add(const judge::Observation& reply, judge::Control* control) {
  control->vantages = std::max(control->vantages, 1U);
  if (reply.rcode == dns::kRcodeNxDomain) control->saw_nxdomain = true;
  if (reply.rcode == dns::kRcodeNoError && reply.addresses.empty()) {
    control->saw_nodata = true;
  }
  for (const judge::AnsweredAddress& answer : reply.addresses) {
    control->addresses.push_back(answer.address);
  }
  if (reply.rr_ttl) {
    control->highest_ttl =
        std::max(control->highest_ttl.value_or(0), *reply.rr_ttl);
  }
}

void Settle(const judge::PrefixTable& origin_as, judge::Control* control) {
  SortDistinct(&control->addresses);
  for (const net::IpAddress& address : control->addresses) {
    if (const auto as = origin_as.Find(address.Unmapped())) {
      control->origin_as.push_back(*as);
    }
  }
  SortDistinct(&control->origin_as);
}

}  // namespace

void TruthTable::Learn(const exchange::Record& record) {
  const auto& replies = record.asked.replies;
  const auto first = std::ranges::find_if(replies, Teaches);
  if (first == replies.end()) return;
  // Two that share nothing: one of them is forged, and nobody knows which.
  for (const judge::Observation& reply : replies) {
    if (!Teaches(reply)) continue;
    const bool common =
        reply.addresses.empty() == first->addresses.empty() &&
        (reply.addresses.empty() ||
         std::ranges::any_of(reply.addresses, [&](const auto& answer) {
           return std::ranges::any_of(first->addresses, [&](const auto& other) {
             return other.address == answer.address;
           });
         }));
    if (!common) return;
  }
  Name& name = names_[record.asked.qname.ToText()];
  const auto at =
      std::ranges::find(name.types, record.asked.qtype, &Entry::qtype);
  Entry& entry = at != name.types.end() ? *at : name.types.emplace_back();
  if (!entry.control) {
    entry.qtype = record.asked.qtype;
    entry.control = std::make_shared<judge::Control>();
  }
  for (const judge::Observation& reply : replies) {
    if (Teaches(reply)) offline::Add(reply, entry.control.get());
  }
}

void TruthTable::Settle() {
  absl::flat_hash_set<std::pair<net::IpAddress, std::string>> returned;
  for (auto& [text, name] : names_) {
    name.whole = std::make_shared<judge::Control>();
    for (Entry& entry : name.types) {
      offline::Settle(*origin_as_, entry.control.get());
      judge::Control& whole = *name.whole;
      whole.vantages = std::max(whole.vantages, entry.control->vantages);
      whole.saw_nodata |= entry.control->saw_nodata;
      whole.saw_nxdomain |= entry.control->saw_nxdomain;
      whole.addresses.insert(whole.addresses.end(),
                             entry.control->addresses.begin(),
                             entry.control->addresses.end());
    }
    offline::Settle(*origin_as_, name.whole.get());
    const std::string domain = reference::RegistrableDomainOf(text);
    for (const net::IpAddress& address : name.whole->addresses) {
      if (returned.emplace(address, domain).second) ++returned_for_[address];
    }
  }
}

std::shared_ptr<const judge::Control> TruthTable::Find(
    const std::string& qname, std::uint16_t qtype) const {
  const auto name = names_.find(qname);
  if (name == names_.end()) return nullptr;
  const auto at = std::ranges::find(name->second.types, qtype, &Entry::qtype);
  return at == name->second.types.end() ? nullptr : at->control;
}

std::shared_ptr<const judge::Control> TruthTable::FindName(
    const std::string& qname) const {
  const auto name = names_.find(qname);
  return name == names_.end() ? nullptr : name->second.whole;
}

learn::Truth TruthTable::AsTruth() const {
  return {
      .control = [this](const std::string& qname) -> const judge::Control* {
        const auto name = names_.find(qname);
        return name == names_.end() ? nullptr : name->second.whole.get();
      },
      .returned_for =
          [this](const net::IpAddress& address) {
            const auto at = returned_for_.find(address);
            return at == returned_for_.end() ? 0U : at->second;
          },
      .registrable = reference::RegistrableDomainOf,
      .origin_as = origin_as_,
  };
}

}  // namespace taster::offline
