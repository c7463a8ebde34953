// SPDX-License-Identifier: Apache-2.0
// Holds a reply against what the free Internet says. Addresses are decoded
// (see translation.h) before they are compared.
//
// A name's control is everything that the case holds for its name, whatever
// the type: an address or owner that is right for one type of a name is not
// held against it under another.
#pragma once

#include <cstdint>
#include <string>

#include "collector/judge/case.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// True iff controls said anything about this name and type.
bool ControlSpeaks(const Asked& asked);

// The same of the name, whatever the type. A control that saw nothing but the
// null address asked a filter, or a name that is nowhere: it does not tell
// where the name is served.
bool NameControlSpeaks(const Subject& subject);

// True iff a control saw `address` for the subject's name, of any type.
bool ControlReturned(const Subject& subject, const net::IpAddress& address);

// Whether the name may be served from where `address` is.
enum class Hosting : std::uint8_t {
  kOwn,      // Its origin AS serves the name.
  kForeign,  // It has an origin AS, which the name's control never used.
  kUnknown,  // No origin AS is known: that is not "another AS".
};
Hosting HostingOf(const Subject& subject, const net::IpAddress& address);

// True iff the name drew at least three forged addresses of at least two
// unrelated owners in this network, besides those of the subject's reply: then
// another pool member is no coincidence, whoever its owner is.
bool NameDrawsForgeries(const Subject& subject);

// True iff the address is one that injectors answer with, known or learned for
// the subject's network, or lies in 2001::/96.
bool IsForgersAddress(const Subject& subject, const net::IpAddress& address);

// True iff a forger's address cannot be the name's own: no control saw it for
// this name, and its owner does not serve the name, or the name draws other
// forgeries. The pools hold live hosts, of Meta above all.
bool CannotBeGenuine(const Subject& subject, const net::IpAddress& address);

// True iff the address is a listed answer, of whatever mechanism, that holds
// for the network and the day.
bool IsListed(const Subject& subject, const net::IpAddress& address);

// The first address or alias of the reply that is a listed answer with this
// mechanism, holds for the network and the day, and was returned by no control
// for this name. `answer` is nullptr if there is none.
struct ListedMatch {
  const ListedAnswer* answer = nullptr;
  std::string subject;  // The address or alias, as text.
};
ListedMatch FindListed(const Subject& subject, Mechanism mechanism);

// How a reply's content stands to the control of exactly its name and type.
enum class Agreement : std::uint8_t {
  kNone,   // Differs, or cannot be compared.
  kOwner,  // Every address is the control's or of an AS of the control's; no
           // address that is not the control's own is a forger's.
  kExact,  // Every address, or the absence of any, is what controls saw.
};
// `reply` must be one of `subject.asked`'s, not always the subject's own.
Agreement AgreementOf(const Subject& subject, const Observation& reply);

// True iff the reply says something about the name: addresses, aliases, that
// there are none, or that the name does not exist. An error code, or a
// truncated reply without an answer, says nothing.
bool IsUsable(const Observation& reply);

}  // namespace taster::judge
