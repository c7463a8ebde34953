// SPDX-License-Identifier: Apache-2.0
// What free networks know, by lines.
#include <algorithm>

#include "proto/dns/presentation.h"
#include "tests/unit/collector/judge/known_text.h"

namespace taster::judge {
namespace {

template <typename List>
void SortDistinct(List* list) {
  std::ranges::sort(*list);
  const auto rest = std::ranges::unique(*list);
  list->erase(rest.begin(), rest.end());
}

// Fills in who announces the control's addresses.
void Own(const Reference& reference, Control* control) {
  SortDistinct(&control->addresses);
  for (const net::IpAddress& address : control->addresses) {
    const auto asn = reference.origin_as.Find(address);
    if (asn) control->origin_as.push_back(*asn);
  }
  SortDistinct(&control->origin_as);
}

void Join(const Control& one, Control* all) {
  all->addresses.insert(all->addresses.end(), one.addresses.begin(),
                        one.addresses.end());
  all->saw_nodata |= one.saw_nodata;
  all->saw_nxdomain |= one.saw_nxdomain;
  all->vantages = std::max(all->vantages, one.vantages);
  all->authenticated |= one.authenticated;
  if (one.highest_ttl) {
    all->highest_ttl = std::max(all->highest_ttl.value_or(0), *one.highest_ttl);
  }
}

}  // namespace

bool KnownText::TakeControl(const WordList& words) {
  if (words.size() < 4) return false;
  const auto qname = dns::Name::Parse(words[1]);
  if (!qname) return false;
  auto control = std::make_shared<Control>();
  control->saw_nodata = Holds(words, "nodata");
  control->saw_nxdomain = Holds(words, "nxdomain");
  control->authenticated = Holds(words, "secure");
  control->vantages = NumberOf(words, "vantages", 1);
  if (!ValueOf(words, "ttl").empty()) {
    control->highest_ttl = NumberOf(words, "ttl", 0);
  }
  for (std::size_t i = 3; i < words.size(); ++i) {
    if (const auto address = net::IpAddress::Parse(words[i]))
      control->addresses.push_back(*address);
  }
  controls_[{*qname, dns::TypeFromText(words[2])}] = std::move(control);
  return true;
}

bool KnownText::TakeServed(const WordList& words) {
  if (words.size() < 4) return false;
  const auto name = dns::Name::Parse(words[1]);
  const auto address = net::IpAddress::Parse(words[2]);
  if (!name || !address) return false;
  FreeCheck& check = checks_[*name].emplace_back();
  check.address = *address;
  check.port = static_cast<std::uint16_t>(std::stoul(words[3]));
  check.served = !Holds(words, "unserved");
  const std::string status = ValueOf(words, "status");
  if (!status.empty())
    check.http_status = static_cast<std::uint16_t>(std::stoul(status));
  check.redirect_domain = ValueOf(words, "redirect");
  return true;
}

void KnownText::JoinControls(const Reference& reference) {
  for (const auto& [key, control] : controls_) {
    auto& whole = name_controls_[key.first];
    if (whole == nullptr) whole = std::make_shared<Control>();
    Join(*control, whole.get());
  }
  for (const auto& [name, checks] : checks_) {
    auto& whole = name_controls_[name];
    if (whole == nullptr) whole = std::make_shared<Control>();
    whole->checks = checks;
    SortDistinct(&whole->checks);
  }
  for (auto& [key, control] : controls_) Own(reference, control.get());
  for (auto& [key, control] : name_controls_) Own(reference, control.get());
}

}  // namespace taster::judge
