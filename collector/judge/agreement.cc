// SPDX-License-Identifier: Apache-2.0
// Compares replies with controls.
#include "collector/judge/agreement.h"

#include <algorithm>

#include "collector/judge/dispute.h"
#include "collector/judge/reply_facts.h"
#include "collector/judge/special_purpose.h"
#include "collector/judge/translation.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

// A forged type-65 answer carries addresses, so one without hints is compared
// like an empty one.
bool IsServiceType(std::uint16_t type) {
  return type == dns::kTypeSvcb || type == dns::kTypeHttps;
}

constexpr std::uint16_t kTypeAny = 255;  // RFC 1035 section 3.2.3.

bool AsksForAddresses(std::uint16_t qtype) {
  return qtype == dns::kTypeA || qtype == dns::kTypeAaaa || qtype == kTypeAny ||
         IsServiceType(qtype);
}

// Few addresses are compared faster one by one than by halves.
constexpr std::size_t kFew = 8;

bool Holds(const Control& control, const net::IpAddress& address) {
  if (control.addresses.size() <= kFew) {
    return std::find(control.addresses.begin(), control.addresses.end(),
                     address) != control.addresses.end();
  }
  return std::binary_search(control.addresses.begin(), control.addresses.end(),
                            address);
}

// True iff `visit` returns true for some control of the subject's name. It may
// see others as well: comparing names costs more than most visits.
template <typename Visit>
bool AnyControlOfName(const Subject& subject, Visit visit) {
  const Control* own = subject.asked.control.get();
  if (own != nullptr && visit(*own)) return true;
  const Control* whole = subject.asked.name_control.get();
  if (whole != nullptr) return whole != own && visit(*whole);
  for (const Asked& other : subject.set.asked) {
    const Control* control = other.control.get();
    if (control == nullptr || control == own) continue;
    if (visit(*control) && other.qname == subject.asked.qname) return true;
  }
  return false;
}

// An answer that names no address, where an address was asked for.
bool AgreesOnAbsence(const Asked& asked, const Observation& reply) {
  const Control& control = *asked.control;
  const bool is_nxdomain = reply.rcode == dns::kRcodeNxDomain;
  if (IsAbsenceDisputed(control, is_nxdomain)) return false;
  if (is_nxdomain) return control.saw_nxdomain;
  if (reply.is_nodata() || !reply.aliases.empty()) return control.saw_nodata;
  return IsServiceType(asked.qtype) && control.addresses.empty() &&
         !control.saw_nxdomain;
}

bool Speaks(const Control& control) {
  return !control.addresses.empty() || control.saw_nodata ||
         control.saw_nxdomain || control.vantages > 0;
}

bool TellsOfName(const Control& control) {
  const auto& addresses = control.addresses;
  return Speaks(control) &&
         (addresses.empty() ||
          !std::all_of(addresses.begin(), addresses.end(), IsNull));
}

}  // namespace

bool ControlSpeaks(const Asked& asked) {
  return asked.control != nullptr && Speaks(*asked.control);
}

bool NameControlSpeaks(const Subject& subject) {
  return AnyControlOfName(subject, TellsOfName);
}

bool ControlReturned(const Subject& subject, const net::IpAddress& address) {
  if (const auto* facts = FindFacts(subject, address)) return facts->returned;
  const net::IpAddress decoded = Decoded(subject.set, address);
  const bool differs = decoded != address;
  return AnyControlOfName(subject, [&](const Control& control) {
    return Holds(control, decoded) || (differs && Holds(control, address));
  });
}

Hosting HostingOf(const Subject& subject, const net::IpAddress& address) {
  const AddressFacts* facts = FindFacts(subject, address);
  if (facts != nullptr && !facts->returned) return facts->hosting;
  const auto origin =
      subject.set.reference->origin_as.Find(Decoded(subject.set, address));
  if (!origin) return Hosting::kUnknown;
  const bool own = AnyControlOfName(subject, [&](const Control& control) {
    return std::binary_search(control.origin_as.begin(),
                              control.origin_as.end(), *origin);
  });
  if (own) return Hosting::kOwn;
  // Addresses whose owners are all unknown may be owned by this one.
  const bool owners_known = AnyControlOfName(
      subject,
      [](const Control& control) { return !control.origin_as.empty(); });
  const bool has_addresses = AnyControlOfName(
      subject,
      [](const Control& control) { return !control.addresses.empty(); });
  return owners_known || !has_addresses ? Hosting::kForeign : Hosting::kUnknown;
}

Agreement AgreementOf(const Subject& subject, const Observation& reply) {
  const Asked& asked = subject.asked;
  if (!ControlSpeaks(asked) || !AsksForAddresses(asked.qtype)) {
    return Agreement::kNone;
  }
  if (!IsUsable(reply) || reply.defect != 0) return Agreement::kNone;
  if (reply.addresses.empty()) {
    return AgreesOnAbsence(asked, reply) ? Agreement::kExact : Agreement::kNone;
  }
  if (reply.rcode != dns::kRcodeNoError) return Agreement::kNone;
  Agreement agreement = Agreement::kExact;
  for (const AnsweredAddress& answer : reply.addresses) {
    if (asked.qtype != kTypeAny && answer.type != asked.qtype) {
      return Agreement::kNone;
    }
    if (Holds(*asked.control, answer.address)) {
      if (!IsDisputed(subject.set, *asked.control, answer.address)) continue;
      return Agreement::kNone;
    }
    const net::IpAddress decoded = Decoded(subject.set, answer.address);
    if (decoded != answer.address && ControlReturned(subject, decoded)) {
      continue;
    }
    if (IsForgersAddress(subject, decoded) || IsListed(subject, decoded) ||
        HostingOf(subject, decoded) != Hosting::kOwn) {
      return Agreement::kNone;
    }
    agreement = Agreement::kOwner;
  }
  return agreement;
}

bool IsUsable(const Observation& reply) {
  if (reply.fit != Fit::kMatches) return false;
  if (!reply.addresses.empty() || !reply.aliases.empty()) return true;
  if (reply.rcode == dns::kRcodeNxDomain) return true;
  return reply.rcode == dns::kRcodeNoError && !reply.Has(dns::kFlagTc);
}

}  // namespace taster::judge
