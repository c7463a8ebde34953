// SPDX-License-Identifier: Apache-2.0
// What many rules ask of one reply, worked out once.
#pragma once

#include "absl/container/inlined_vector.h"
#include "collector/judge/agreement.h"
#include "collector/judge/case.h"

namespace taster::judge {

// What agreement.h says of one answered address.
struct AddressFacts {
  net::IpAddress address;
  bool returned = false;  // If so, the rest is not worked out.
  bool forgers = false;
  bool listed = false;
  Hosting hosting = Hosting::kUnknown;
};

struct ReplyFacts {
  absl::InlinedVector<AddressFacts, 4> addresses;  // As the reply's.
  // One of the addresses, or one of the aliases, is; the latter be it
  // elsewhere.
  bool address_listed = false;
  bool alias_listed = false;
};

ReplyFacts WorkOut(const Subject& subject);

// The facts about an address of the subject's reply; nullptr when they were
// not worked out.
inline const AddressFacts* FindFacts(const Subject& subject,
                                     const net::IpAddress& address) {
  if (subject.facts == nullptr) return nullptr;
  for (const AddressFacts& facts : subject.facts->addresses) {
    if (facts.address == address) return &facts;
  }
  return nullptr;
}

}  // namespace taster::judge
