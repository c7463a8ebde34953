// SPDX-License-Identifier: Apache-2.0
// Asks for each fact once.
#include "collector/judge/reply_facts.h"

#include <algorithm>

#include "collector/judge/translation.h"

namespace taster::judge {

ReplyFacts WorkOut(const Subject& subject) {
  const Subject bare{subject.set, subject.asked, subject.reply};
  ReplyFacts facts;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress& address = answer.address;
    AddressFacts& one = facts.addresses.emplace_back();
    one.address = address;
    one.returned = ControlReturned(bare, address);
    if (one.returned) continue;
    one.forgers = IsForgersAddress(bare, address);
    one.listed = IsListed(bare, address);
    one.hosting = HostingOf(bare, address);
    // Listed without the translation prefix around it, it is listed too.
    const net::IpAddress decoded = Decoded(bare.set, address);
    facts.address_listed = facts.address_listed || one.listed ||
                           (decoded != address && IsListed(bare, decoded));
  }
  const auto& listed = subject.set.reference->listed_aliases;
  if (listed.empty()) return facts;
  const auto& aliases = subject.reply.aliases;
  facts.alias_listed = std::any_of(
      aliases.begin(), aliases.end(),
      [&](const dns::Name& alias) { return listed.contains(alias.ToText()); });
  return facts;
}

}  // namespace taster::judge
