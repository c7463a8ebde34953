// SPDX-License-Identifier: Apache-2.0
// The text, version 3.
#include "probe/consent/text.h"

namespace taster::consent {
namespace {

constexpr std::string_view kText =
    R"(Taster: what you agree to (version 3)

WHAT THIS PROGRAM DOES
It asks DNS servers for the addresses of the names on your target list and of
a harmless control name, and keeps every answer that comes back, so that forged
answers can be shown to the world with proof.

WHAT IS SENT, AND TO WHOM
- Ordinary DNS questions, one name each, to the resolvers of your own system,
  to the public resolvers that your configuration names, and to silent
  addresses that run no DNS. Some of these names may be forbidden where you
  live. `taster-probe dry-run` lists every question before you start.
- The same questions over connections (TCP, DNS over TLS, DNS over HTTPS), where
  your configuration names resolvers for that. The resolver's name is asked for
  too, and stands readable at the start of such a connection. Where encrypted
  DNS is forbidden or rare, that alone may draw attention.
- Only when you call `taster-probe trace`: the same question many times, with
  lifetimes so short that it ends on the way, to find where a forged answer
  comes from. Routers near you are left out of what is recorded.
- Only if you agree to that too (`taster-probe consent accept --checks`) and
  your configuration has `checks`: connections to the addresses that were
  answered, at most four a name and one of the control name, to see whether the
  service is there and whose certificate it shows. Where an answer is forged,
  these are hosts of strangers, anywhere. The name that was asked for stands
  readable at the start of such a connection, as when you visit it. A web server
  is asked once for its front page; with a mail server only the first words are
  exchanged, no mail and no password. Nobody but the holder of a valid
  certificate for the name is asked for anything. Private addresses, and your
  own network's where this machine knows it, are never tried.
- To the collector that your configuration names: the questions, the answers,
  their times, and a public key that stands for this probe in this network.
  Your own public address is masked in the answers before they are sent,
  wherever this machine can know it. The collector sees the address that you
  connect from, but does not store it.

WHO CAN SEE IT
- Your network operator sees the DNS questions. So does anybody on their way.
  This program does not hide them. IT IS NOT AN ANONYMITY TOOL.
- With checks, they also see connections to the answered addresses, under the
  names on your list, and those hosts see the address that you come from.
- Your operator can also see that this machine talks to the collector.

WHAT IS PUBLISHED, AND HOW COARSE
Names, answers, dates, the country and the network number (AS) that you
configured, and how many probes saw the same. Never your address, your name or
this machine. If few people measure in your network, the publication alone may
hint at you.

THE RISK
Asking for forbidden names, or helping to measure censorship, may be against
the law or draw attention where you live. Nobody can judge that for you. If you
are not sure, do not agree. Never run this on a machine or in a network that is
not yours without its owner's permission.

HOW TO STOP AND DELETE
Stop the program (Ctrl-C, or stop its service) and remove its state directory:
that deletes this consent, the key and all that waits to be sent. What was
published before cannot be taken back; it does not name you.

Nothing is sent before you agree.
)";

}  // namespace

std::string_view Text() { return kText; }

envelope::Hash TextHash() { return envelope::HashOf(kText); }

}  // namespace taster::consent
