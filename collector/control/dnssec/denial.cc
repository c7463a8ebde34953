// SPDX-License-Identifier: Apache-2.0
// NSEC: RFC 4035 section 5.4, RFC 6840 section 4; what both kinds share.
#include "collector/control/dnssec/denial.h"

#include <algorithm>

#include "collector/control/dnssec/name_order.h"
#include "proto/dns/constants.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/bytes_of.h"

namespace taster::control::dnssec {
namespace {

// The record is of a delegation's upper side: it says nothing of names below
// (RFC 6840 section 4.1).
bool IsDelegation(const TypeBitmap& types) {
  return types.Has(dns::kTypeNs) && !types.Has(dns::kTypeSoa);
}

bool SpeaksBelow(const Nsec& nsec, const dns::Name& name) {
  if (!name.IsWithin(nsec.owner)) return true;
  return !IsDelegation(nsec.types) && !nsec.types.Has(dns::kTypeDname);
}

// The nearest name that is there, by the neighbours that an NSEC names.
int EncloserLabels(const Nsec& nsec, const dns::Name& name) {
  return std::max(SharedLabels(nsec.owner, name),
                  SharedLabels(nsec.next, name));
}

Cut CutOf(const TypeBitmap& types) {
  if (types.Has(dns::kTypeDs) || types.Has(dns::kTypeSoa)) {
    return Cut::kNotProved;
  }
  return types.Has(dns::kTypeNs) ? Cut::kUnsigned : Cut::kNone;
}

}  // namespace

bool LacksType(const TypeBitmap& types, std::uint16_t type) {
  if (types.Has(type) || types.Has(dns::kTypeCname)) return false;
  return type == dns::kTypeDs ? !types.Has(dns::kTypeSoa)
                              : !IsDelegation(types);
}

bool Denials::Add(const Rrset& set) {
  if (set.type == dns::kTypeNsec) return AddNsec(set);
  if (set.type == dns::kTypeNsec3) return AddNsec3(set);
  return true;
}

bool Denials::AddNsec(const Rrset& set) {
  for (const std::string& rdata : set.rdata) {
    dns::RdataCursor cursor(net::BytesOf(rdata));
    const auto next = cursor.TakeName();
    const auto types =
        next ? TypeBitmap::Read(cursor.TakeRest()) : std::nullopt;
    if (!types || !next->IsWithin(zone_)) {
      why_ = "malformed NSEC";
      return false;
    }
    nsecs_.push_back({set.owner, *next, *types});
  }
  return true;
}

const Nsec* Denials::MatchNsec(const dns::Name& name) const {
  for (const Nsec& nsec : nsecs_) {
    if (nsec.owner == name) return &nsec;
  }
  return nullptr;
}

const Nsec* Denials::CoverNsec(const dns::Name& name) const {
  for (const Nsec& nsec : nsecs_) {
    if (CompareCanonically(nsec.owner, name) >= 0) continue;
    const bool is_last = CompareCanonically(nsec.next, nsec.owner) <= 0;
    if (!is_last && CompareCanonically(name, nsec.next) >= 0) continue;
    if (SpeaksBelow(nsec, name)) return &nsec;
  }
  return nullptr;
}

Absence Denials::DeniesType(const dns::Name& name, std::uint16_t type) {
  if (nsecs_.empty()) return TypeByNsec3(name, type);
  if (const Nsec* nsec = MatchNsec(name)) {
    return LacksType(nsec->types, type) ? Absence::kProved
                                        : Absence::kNotProved;
  }
  const Nsec* cover = CoverNsec(name);
  if (cover == nullptr) return Absence::kNotProved;
  // Names below it are there, so it is, without anything of its own.
  if (cover->next.IsWithin(name)) return Absence::kProved;
  const Nsec* wildcard =
      MatchNsec(WildcardUnder(Ancestor(name, EncloserLabels(*cover, name))));
  return wildcard != nullptr && LacksType(wildcard->types, type)
             ? Absence::kProved
             : Absence::kNotProved;
}

Absence Denials::DeniesName(const dns::Name& name) {
  if (nsecs_.empty()) return NameByNsec3(name);
  const Nsec* cover = CoverNsec(name);
  if (cover == nullptr || cover->next.IsWithin(name)) {
    return Absence::kNotProved;
  }
  const dns::Name wildcard =
      WildcardUnder(Ancestor(name, EncloserLabels(*cover, name)));
  return CoverNsec(wildcard) != nullptr ? Absence::kProved
                                        : Absence::kNotProved;
}

Absence Denials::DeniesNearer(const dns::Name& name, int labels) {
  if (nsecs_.empty()) {
    const Nsec3* cover = CoverNsec3(Ancestor(name, labels + 1));
    if (cover == nullptr) return Absence::kNotProved;
    return cover->opt_out ? Absence::kOptOut : Absence::kProved;
  }
  const Nsec* cover = CoverNsec(name);
  if (cover == nullptr || cover->next.IsWithin(name)) {
    return Absence::kNotProved;
  }
  return EncloserLabels(*cover, name) <= labels ? Absence::kProved
                                                : Absence::kNotProved;
}

Cut Denials::FindCut(const dns::Name& name) {
  if (!nsecs_.empty()) {
    if (const Nsec* nsec = MatchNsec(name)) return CutOf(nsec->types);
    return CoverNsec(name) != nullptr ? Cut::kNone : Cut::kNotProved;
  }
  if (const Nsec3* nsec3 = MatchNsec3(name)) return CutOf(nsec3->types);
  const auto encloser = FindEncloser(name);
  if (!encloser) return Cut::kNotProved;
  return encloser->next_closer->opt_out ? Cut::kUnsigned : Cut::kNone;
}

}  // namespace taster::control::dnssec
