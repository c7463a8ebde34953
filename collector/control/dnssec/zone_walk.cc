// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/zone_walk.h"

#include <algorithm>
#include <utility>

#include "collector/control/dnssec/name_order.h"
#include "proto/dns/constants.h"
#include "proto/dns/presentation.h"

namespace taster::control::dnssec {
namespace {

Conclusion Secure() { return {Result::kSecure, ""}; }
Conclusion Bogus(std::string why) { return {Result::kBogus, std::move(why)}; }
Conclusion Unknown(std::string why) {
  return {Result::kUnvalidated, std::move(why)};
}

// The third and the fourth octet of a DS record's RDATA.
std::uint8_t AlgorithmOf(const std::string& ds) {
  return static_cast<std::uint8_t>(ds[2]);
}
std::uint8_t DigestOf(const std::string& ds) {
  return static_cast<std::uint8_t>(ds[3]);
}

// What can be followed of a zone's digests.
std::vector<std::string> Followable(const std::vector<std::string>& digests) {
  std::vector<std::string> known;
  std::ranges::copy_if(
      digests, std::back_inserter(known), [](const std::string& ds) {
        return ds.size() > 4 && IsAlgorithmKnown(AlgorithmOf(ds)) &&
               IsDigestKnown(DigestOf(ds));
      });
  return known;
}

}  // namespace

ZoneWalk::ZoneWalk(const Chain& chain, const TrustAnchors& anchors,
                   Verification* verification)
    : chain_(chain),
      anchors_(anchors),
      verification_(verification),
      links_(chain.size(), Unknown("not needed")) {}

void ZoneWalk::Note(const Link& link, const Conclusion& conclusion) {
  const auto at = static_cast<std::size_t>(&link - chain_.data());
  if (at < links_.size()) links_[at] = conclusion;
}

Conclusion ZoneWalk::ReadKeys(const dns::Name& zone,
                              const std::vector<std::string>& digests,
                              ZoneKeys* keys) {
  const Link* link = FindLink(chain_, zone, dns::kTypeDnskey);
  if (link == nullptr) return Unknown("no DNSKEY of " + zone.ToText());
  verification_->BeginLink();
  const Rrset* set = FindRrset(link->answer, zone, dns::kTypeDnskey);
  if (set == nullptr) {
    const Conclusion none = Unknown("no key in the DNSKEY of " + zone.ToText());
    Note(*link, none);
    return none;
  }
  ZoneKeys entry{zone, {}};
  keys->zone = zone;
  keys->keys.clear();
  for (const std::string& rdata : set->rdata) {
    const auto key = ReadKey(rdata);
    if (!key || !key->IsZoneKey()) continue;
    keys->keys.push_back(*key);
    if (std::ranges::any_of(digests, [&](const std::string& ds) {
          return IsDigestOf(ds, zone, *key);
        })) {
      entry.keys.push_back(*key);
    }
  }
  Conclusion conclusion =
      entry.keys.empty()
          ? Bogus("no key of " + zone.ToText() + " has a digest above it")
          : verification_->Verify(*set, entry, nullptr);
  Note(*link, conclusion);
  return conclusion;
}

Conclusion ZoneWalk::Gather(const Link& link, const ZoneKeys& keys,
                            Denials* denials) {
  bool any = false;
  for (const Rrset& set : link.authority) {
    if (set.type == dns::kTypeSoa) continue;
    int labels = 0;
    Conclusion verified = verification_->Verify(set, keys, &labels);
    if (!verified.is_secure()) return verified;
    // RFC 4035 section 5.4: of a wildcard, it is of another name.
    const bool wild = set.owner.wire()[0] == 1 && set.owner.wire()[1] == '*';
    if (labels + (wild ? 1 : 0) != CountLabels(set.owner)) {
      return Bogus("a denial was expanded from a wildcard");
    }
    if (!denials->Add(set)) return Unknown(denials->why());
    any = true;
  }
  return any ? Secure()
             : Bogus("nothing proves the absence of " +
                     dns::TypeToText(link.qtype) + " of " +
                     link.qname.ToText());
}

Conclusion ZoneWalk::ReadDelegation(const Link& ds, const ZoneKeys& parent,
                                    bool* delegated) {
  *delegated = false;
  if (const Rrset* set = FindRrset(ds.answer, ds.qname, dns::kTypeDs)) {
    *delegated = true;
    int labels = 0;
    Conclusion verified = verification_->Verify(*set, parent, &labels);
    if (verified.is_secure() && labels != CountLabels(ds.qname)) {
      return Bogus("DS of " + ds.qname.ToText() + " comes from a wildcard");
    }
    return verified;
  }
  // Where an alias stands no zone begins (RFC 1034 section 3.6.2).
  if (const Rrset* set = FindRrset(ds.answer, ds.qname, dns::kTypeCname)) {
    int labels = 0;
    Conclusion verified = verification_->Verify(*set, parent, &labels);
    if (verified.is_secure() && labels != CountLabels(ds.qname)) {
      return Unknown("DS of " + ds.qname.ToText() + " is a wildcard's alias");
    }
    return verified;
  }
  if (ds.rcode != dns::kRcodeNoError && ds.rcode != dns::kRcodeNxDomain) {
    return Unknown("DS of " + ds.qname.ToText() + ": " +
                   dns::RcodeToText(ds.rcode));
  }
  Denials denials(parent.zone);
  Conclusion gathered = Gather(ds, parent, &denials);
  if (!gathered.is_secure()) return gathered;
  switch (denials.FindCut(ds.qname)) {
    case Cut::kNone:
      return Secure();
    case Cut::kUnsigned:
      return {Result::kInsecure,
              "the zone " + ds.qname.ToText() + " is not signed"};
    case Cut::kNotProved:
      break;
  }
  return Bogus("nothing proves the absence of DS of " + ds.qname.ToText());
}

ZoneWalk::Step ZoneWalk::Enter(const Link& ds, const ZoneKeys& parent) {
  for (const auto& [name, step] : known_) {
    if (name == ds.qname) return step;
  }
  Step step;
  verification_->BeginLink();
  bool delegated = false;
  step.conclusion = ReadDelegation(ds, parent, &delegated);
  Note(ds, step.conclusion);
  if (step.conclusion.is_secure() && delegated) {
    const auto digests =
        Followable(FindRrset(ds.answer, ds.qname, dns::kTypeDs)->rdata);
    step.conclusion = digests.empty()
                          ? Unknown("no DS of " + ds.qname.ToText() +
                                    " has an algorithm that is known")
                          : ReadKeys(ds.qname, digests, &step.keys);
    step.entered = step.conclusion.is_secure();
  }
  known_.emplace_back(ds.qname, step);
  return step;
}

WalkEnd ZoneWalk::To(const dns::Name& name) {
  if (!root_known_) {
    root_ = ReadKeys(dns::Name(), anchors_, &root_keys_);
    root_known_ = true;
  }
  WalkEnd end{.conclusion = root_, .keys = root_keys_, .missing = {}};
  if (!end.conclusion.is_secure()) return end;
  for (int labels = 1; labels <= CountLabels(name); ++labels) {
    const dns::Name ancestor = Ancestor(name, labels);
    const Link* ds = FindLink(chain_, ancestor, dns::kTypeDs);
    if (ds == nullptr) {
      if (end.missing.empty()) end.missing = "DS of " + ancestor.ToText();
      continue;
    }
    Step step = Enter(*ds, end.keys);
    if (!step.conclusion.is_secure()) {
      // A zone between, that the chain does not show, may have signed it.
      if (step.conclusion.result == Result::kBogus && !end.missing.empty()) {
        step.conclusion = Unknown("no " + end.missing);
      }
      end.conclusion = step.conclusion;
      return end;
    }
    if (step.entered) end.keys = step.keys;
  }
  return end;
}

}  // namespace taster::control::dnssec
