// SPDX-License-Identifier: Apache-2.0
// Holds a reply against what the free Internet says. Addresses are decoded
// (::ffff:0:0/96, 64:ff9b::/96) before they are compared.
//
// A name's control is everything that the case holds for its name, whatever
// the type: an address or owner that is right for one type of a name is not
// held against it under another.
#pragma once

#include <cstdint>

#include "collector/judge/case.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// True iff controls said anything about this name and type.
bool ControlSpeaks(const Asked& asked);

// True iff a control saw `address` for the subject's name, of any type.
bool ControlReturned(const Subject& subject, const net::IpAddress& address);

// Whether the name may be served from where `address` is.
enum class Hosting : std::uint8_t {
  kOwn,      // Its origin AS serves the name.
  kForeign,  // It has an origin AS, which the name's control never used.
  kUnknown,  // No origin AS is known: that is not "another AS".
};
Hosting HostingOf(const Subject& subject, const net::IpAddress& address);

// How a reply's content stands to the control of exactly its name and type.
enum class Agreement : std::uint8_t {
  kNone,   // Differs, or cannot be compared.
  kOwner,  // Every address is the control's or of an AS of the control's; no
           // address that is not the control's own is a known forgery.
  kExact,  // Every address, or the absence of any, is what controls saw.
};
// `reply` must be one of `subject.asked`'s, not always the subject's own.
Agreement AgreementOf(const Subject& subject, const Observation& reply);

// True iff the reply says something about the name: addresses, aliases, that
// there are none, or that the name does not exist. An error code, or a
// truncated reply without an answer, says nothing.
bool IsUsable(const Observation& reply);

}  // namespace taster::judge
