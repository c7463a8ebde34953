// SPDX-License-Identifier: Apache-2.0
// RFC 4035 section 5, RFC 5155 section 8, RFC 6840.
#include "collector/control/dnssec/validate.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "collector/control/dnssec/denial.h"
#include "collector/control/dnssec/name_order.h"
#include "collector/control/dnssec/verification.h"
#include "collector/control/dnssec/zone_walk.h"
#include "proto/dns/constants.h"
#include "proto/dns/presentation.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/bytes_of.h"

namespace taster::control::dnssec {
namespace {

Conclusion Secure() { return {Result::kSecure, ""}; }
Conclusion Bogus(std::string why) { return {Result::kBogus, std::move(why)}; }
Conclusion Unknown(std::string why) {
  return {Result::kUnvalidated, std::move(why)};
}

int Weight(Result result) {
  switch (result) {
    case Result::kSecure:
      return 0;
    case Result::kInsecure:
      return 1;
    case Result::kUnvalidated:
      return 2;
    case Result::kBogus:
      break;
  }
  return 3;
}

// The whole is as good as its worst part (RFC 4035 section 5.5).
Conclusion Worse(Conclusion left, Conclusion right) {
  return Weight(left.result) >= Weight(right.result) ? left : right;
}

class AnswerCheck {
 public:
  AnswerCheck(const Chain& chain, ZoneWalk* walk, Verification* verification)
      : answer_(chain.front()), walk_(walk), verification_(verification) {}

  Conclusion Check() {
    if (answer_.rcode != dns::kRcodeNoError &&
        answer_.rcode != dns::kRcodeNxDomain) {
      return Unknown("the answer is " + dns::RcodeToText(answer_.rcode));
    }
    Conclusion all = Secure();
    dns::Name name = answer_.qname;
    std::vector<dns::Name> seen = {name};
    while (true) {
      if (const Rrset* set = FindRrset(answer_.answer, name, answer_.qtype)) {
        return Worse(std::move(all), CheckSet(*set));
      }
      const Rrset* alias = FindAlias(name);
      if (alias == nullptr) return Worse(std::move(all), CheckAbsence(name));
      const auto target = TargetOf(*alias, name);
      if (!target) {
        return Unknown("the alias " + alias->owner.ToText() + " leads nowhere");
      }
      all = Worse(std::move(all), CheckSet(*alias));
      if (std::ranges::count(seen, *target) > 0) {
        return Unknown("aliases lead back to " + target->ToText());
      }
      if (seen.size() > kMaxAliases) {
        return Unknown("more than " + std::to_string(kMaxAliases) + " aliases");
      }
      seen.push_back(*target);
      name = *target;
    }
  }

 private:
  // The CNAME of the name, or the DNAME above it: the CNAME that follows from
  // that is not signed (RFC 6672 section 5.3.1). nullptr: neither.
  const Rrset* FindAlias(const dns::Name& name) const {
    for (const Rrset& set : answer_.answer) {
      if (set.type == dns::kTypeDname && name.IsWithin(set.owner) &&
          name != set.owner) {
        return &set;
      }
    }
    return FindRrset(answer_.answer, name, dns::kTypeCname);
  }

  // Where it leads `name`. nullopt: to no name, or to two.
  static std::optional<dns::Name> TargetOf(const Rrset& alias,
                                           const dns::Name& name) {
    if (alias.rdata.size() != 1) return std::nullopt;
    const auto target =
        dns::RdataCursor(net::BytesOf(alias.rdata.front())).TakeName();
    if (!target || alias.type == dns::kTypeCname) return target;
    const auto kept =
        name.wire().first(name.wire().size() - alias.owner.wire().size());
    std::vector<std::uint8_t> wire(kept.begin(), kept.end());
    wire.insert(wire.end(), target->wire().begin(), target->wire().end());
    return dns::Name::FromWire(wire);
  }

  // Keys of the zone that says it signed `set`. Not secure: why there are none.
  Conclusion KeysFor(const Rrset& set, ZoneKeys* keys) {
    const bool is_signed = !set.signatures.empty();
    const dns::Name signer =
        is_signed ? set.signatures.front().signer : set.owner;
    if (!set.owner.IsWithin(signer)) {
      return Bogus("the " + dns::TypeToText(set.type) + " of " +
                   set.owner.ToText() + " is signed by a stranger, " +
                   signer.ToText());
    }
    WalkEnd end = walk_->To(signer);
    verification_->BeginLink();
    if (!end.conclusion.is_secure()) return end.conclusion;
    const bool arrived = is_signed && end.keys.zone == signer;
    if (!arrived && !end.missing.empty()) return Unknown("no " + end.missing);
    if (!is_signed) {
      return Bogus("the " + dns::TypeToText(set.type) + " of " +
                   set.owner.ToText() + " is not signed, but its zone " +
                   end.keys.zone.ToText() + " is");
    }
    if (!arrived) return Bogus(signer.ToText() + " is no zone, but signs");
    *keys = std::move(end.keys);
    return Secure();
  }

  Conclusion CheckSet(const Rrset& set) {
    ZoneKeys keys;
    Conclusion found = KeysFor(set, &keys);
    if (!found.is_secure()) return found;
    int labels = 0;
    Conclusion verified = verification_->Verify(set, keys, &labels);
    if (!verified.is_secure()) return verified;
    const bool wild = set.owner.wire()[0] == 1 && set.owner.wire()[1] == '*';
    if (labels + (wild ? 1 : 0) >= CountLabels(set.owner)) return verified;
    // RFC 4035 section 5.3.4.
    Denials denials(keys.zone);
    Conclusion gathered = walk_->Gather(answer_, keys, &denials);
    if (!gathered.is_secure()) return gathered;
    return Of(denials.DeniesNearer(set.owner, labels), set.owner);
  }

  // That the name at the end of the aliases has nothing of the type.
  Conclusion CheckAbsence(const dns::Name& name) {
    const auto denial =
        std::ranges::find_if(answer_.authority, [](const Rrset& set) {
          return set.type != dns::kTypeSoa && !set.signatures.empty();
        });
    if (denial == answer_.authority.end()) {
      ZoneKeys none;
      return KeysFor({.owner = name, .type = answer_.qtype}, &none);
    }
    ZoneKeys keys;
    Conclusion found = KeysFor(*denial, &keys);
    if (!found.is_secure()) return found;
    if (!name.IsWithin(keys.zone)) {
      return Bogus(keys.zone.ToText() + " denies what it does not hold");
    }
    Denials denials(keys.zone);
    Conclusion gathered = walk_->Gather(answer_, keys, &denials);
    if (!gathered.is_secure()) return gathered;
    return Of(answer_.rcode == dns::kRcodeNxDomain
                  ? denials.DeniesName(name)
                  : denials.DeniesType(name, answer_.qtype),
              name);
  }

  static Conclusion Of(Absence absence, const dns::Name& name) {
    switch (absence) {
      case Absence::kProved:
        return Secure();
      case Absence::kOptOut:
        return {Result::kInsecure,
                "a zone that is not signed may hold " + name.ToText()};
      case Absence::kNotProved:
        break;
    }
    return Bogus("the denials do not deny " + name.ToText());
  }

  const Link& answer_;
  ZoneWalk* walk_;
  Verification* verification_;
};

}  // namespace

Proof Validate(const Chain& chain, Seconds time, const TrustAnchors& anchors) {
  if (chain.empty()) return Unvalidated("there is no chain", 0);
  Verification verification(time);
  ZoneWalk walk(chain, anchors, &verification);
  AnswerCheck check(chain, &walk, &verification);
  Proof proof{.conclusion = check.Check()};
  walk.Note(chain.front(), proof.conclusion);
  proof.links = walk.links();
  proof.signature_checks = verification.checks();
  const bool proved = proof.conclusion.result == Result::kSecure ||
                      proof.conclusion.result == Result::kInsecure;
  if (proved) {
    proof.valid_from = verification.valid_from();
    proof.valid_until = verification.valid_until();
  }
  return proof;
}

}  // namespace taster::control::dnssec
