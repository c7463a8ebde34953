// SPDX-License-Identifier: Apache-2.0
// early_reply: it came back sooner than the server is away.
#include <algorithm>
#include <chrono>

#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/twins.h"

namespace taster::judge {
namespace {

using std::chrono::microseconds;

// An arrival that is not known is 0.
bool Applies(const Subject& subject) {
  return subject.asked.transport == Transport::kUdp &&
         subject.reply.arrival_offset > microseconds(0);
}

// The slowest reply beside it that says what controls say, if it took more than
// twice as long; else 0.
microseconds GenuineArrival(const Subject& subject) {
  microseconds slowest = 2 * subject.reply.arrival_offset;
  bool found = false;
  for (const Observation& other : subject.asked.replies) {
    if (&other == &subject.reply || other.arrival_offset <= slowest) continue;
    if (AgreementOf(subject, other) == Agreement::kNone) continue;
    slowest = other.arrival_offset;
    found = true;
  }
  return found ? slowest : microseconds(0);
}

// The soonest that a control name came back from there; 0 if none did.
microseconds ControlNameArrival(const Subject& subject) {
  microseconds soonest{0};
  for (const Asked& other : subject.set.asked) {
    if (other.role != QuestionRole::kControlName) continue;
    if (!WentTheSameWay(other, subject.asked)) continue;
    for (const Observation& reply : other.replies) {
      if (reply.fit != Fit::kMatches) continue;
      const bool sooner =
          soonest.count() == 0 || reply.arrival_offset < soonest;
      if (sooner) soonest = reply.arrival_offset;
    }
  }
  return soonest;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const microseconds expected =
      std::max(GenuineArrival(subject), ControlNameArrival(subject));
  if (2 * subject.reply.arrival_offset >= expected) return {};
  if (AgreementOf(subject, subject.reply) != Agreement::kNone) return {};
  return Evidence{std::to_string(subject.reply.arrival_offset.count()) + " us",
                  "Less than half of the " + std::to_string(expected.count()) +
                      " us that a true reply from there took."};
}

}  // namespace

constinit const Rule kEarlyReply{
    .id = "early_reply",
    .summary =
        "A reply in less than half the time that the server takes comes from "
        "something nearer, or from its cache.",
    .citation =
        "Duan et al., Hold-On: Protecting Against On-Path DNS Poisoning, SATIN "
        "2012 (https://www.icsi.berkeley.edu/icsi/node/5063)",
    .strength = Strength::kRanks,
    .kind = Kind::kWire,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
