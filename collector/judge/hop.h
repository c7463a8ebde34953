// SPDX-License-Identifier: Apache-2.0
// At which hop an injector sits, from a TTL-limited series.
//
// Hop h: the injector reads what travels between router h-1 and router h, on
// the link or where router h takes it in; hop 1 is the probe's own link, and
// the server is a hop like a router. A query reaches hop h if it left with an
// IP TTL of at least h, and expires at router h if it left with just that.
//
// Three things are used, and no others:
// - The lowest IP TTL k that drew a forged reply: h <= k, always. The steps
//   below that drew none, each asked several times, bound h from below, up to
//   what loss may have hidden.
// - An injector that copies the IP TTL it sees into its reply: the reply comes
//   with t = k - (h-1) - r after r routers on its way back, so k - t is the
//   same for all k. With r = h-1, h = (k-t)/2 + 1 (Triplet Censors, FOCI 2020:
//   replies only from 2h-1 on). Whether the way back is as long as the way out
//   is asked of the server: its distance against what its own replies lost. If
//   it is not, or nothing tells, or k - t is odd, all of 1..k-t+1 is left.
// - Where the server stands: what is nearer cannot be its reply, and no
//   injector lies beyond it.
//
// ICMP says nothing here, since anyone can forge it. That replies were forged
// is for rules to say: without their word, what comes from nearer than the
// server, or unlike its answers for the control name, counts. An injector that
// looks at IP TTLs before it chooses to answer can hide itself.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "collector/judge/hop_series.h"

namespace taster::judge {

// From `low` to `high`, both included.
struct HopRange {
  std::uint8_t low = 1;
  std::uint8_t high = 1;

  bool exact() const { return low == high; }
  friend bool operator==(const HopRange&, const HopRange&) = default;
};

enum class HopMethod : std::uint8_t {
  kFirstDrawn,  // The lowest IP TTL that drew a reply.
  kMirrored,    // The injector copies IP TTLs.
};

struct InjectorHop {
  HopMethod method = HopMethod::kFirstDrawn;
  HopRange hop;
  // The hop in that range that needs the fewest coincidences.
  std::uint8_t likely = 1;
  std::uint8_t look = 0;  // Of its replies.
  int drawn = 0;          // Queries that it answered.
};

struct TraceFinding {
  // nullopt: the server answered nothing, or only after forgeries did.
  std::optional<HopRange> server;
  // Whether the way back from the server is as long as the way out; nullopt:
  // nothing tells.
  std::optional<bool> symmetric;
  // One for each that can be told apart, the best known first, the nearest
  // first among those. Empty: nothing forged was seen.
  std::vector<InjectorHop> injectors;
};

// The order of `series` is of no consequence.
TraceFinding LocateInjectors(const std::vector<TraceTry>& series);

}  // namespace taster::judge
