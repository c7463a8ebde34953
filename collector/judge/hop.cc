// SPDX-License-Identifier: Apache-2.0
// Finds the server, then what is not the server's, then where that comes from.
#include "collector/judge/hop.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "collector/judge/hop_bounds.h"

namespace taster::judge {
namespace {

// A copied IP TTL is believed when it fits at least 4 replies of 2 steps and
// half of the queries that could have drawn one. It is ruled out when so few
// would be chance (StepCounts::IsChance). In between anything goes.
constexpr int kLeastDrawn = 4;
constexpr int kLeastSteps = 2;

// What the server says of itself, by its replies for the control name.
struct Server {
  std::optional<HopRange> hop;
  int nearest = 1;  // It does not stand nearer than this.
  std::set<std::optional<std::uint8_t>> ip_ttls;
  std::set<bool> opts;

  bool IsLike(const TraceReply& reply) const {
    return ip_ttls.contains(reply.ip_ttl) && opts.contains(reply.has_opt);
  }
};

Server FindServer(const std::vector<TraceTry>& series) {
  Server server;
  StepCounts counts;
  for (const TraceTry& one : series) {
    if (!one.control_name) continue;
    bool drew = false;
    for (const TraceReply& reply : one.replies) {
      if (reply.origin == Origin::kForged) continue;
      drew = true;
      server.ip_ttls.insert(reply.ip_ttl);
      server.opts.insert(reply.has_opt);
    }
    counts.Add(one.query_ip_ttl, drew);
  }
  if (const auto first = counts.FirstDrawn()) {
    server.hop = counts.RangeUpTo(*first);
    server.nearest = server.hop->low;
  } else if (counts.TriesFrom(0) > 0) {
    server.nearest = counts.LeastIfSilent();
  }
  return server;
}

bool IsForged(const TraceReply& reply, std::uint8_t step,
              const Server& server) {
  if (reply.origin != Origin::kUnknown) {
    return reply.origin == Origin::kForged;
  }
  if (step < server.nearest) return true;
  return server.hop && !server.IsLike(reply);
}

// Initial values in use: 64, 128, 255. nullopt: none can be told.
std::optional<int> RoutersPassed(const std::optional<std::uint8_t>& ip_ttl) {
  if (!ip_ttl || *ip_ttl <= 32) return {};
  return (*ip_ttl <= 64 ? 64 : *ip_ttl <= 128 ? 128 : 255) - *ip_ttl;
}

std::optional<bool> IsSymmetric(const Server& server) {
  if (!server.hop || !server.hop->exact() || server.ip_ttls.size() != 1) {
    return {};
  }
  const auto passed = RoutersPassed(*server.ip_ttls.begin());
  if (!passed) return {};
  return *passed == server.hop->low - 1;
}

// The forged replies of one look: (step, IP TTL at arrival) of each query.
struct Group {
  struct Drawn {
    std::uint8_t step = 0;
    std::vector<std::optional<std::uint8_t>> ip_ttls;
  };
  std::uint8_t look = 0;
  std::vector<Drawn> tries;  // All for the target; many drew nothing.
};

// How far a copied TTL fell on its way; nullopt: it is no copy.
std::optional<int> FallOf(std::uint8_t step,
                          const std::optional<std::uint8_t>& ip_ttl) {
  if (!ip_ttl || *ip_ttl > step) return {};
  return step - *ip_ttl;
}

StepCounts CountFall(const Group& group, int fall) {
  StepCounts counts;
  for (const auto& drawn : group.tries) {
    if (drawn.step <= fall) continue;
    counts.Add(drawn.step, std::ranges::any_of(drawn.ip_ttls, [&](auto ttl) {
                 return FallOf(drawn.step, ttl) == fall;
               }));
  }
  return counts;
}

bool IsCopied(const StepCounts& counts) {
  const int drawn = counts.DrawnFrom(0);
  return drawn >= kLeastDrawn && counts.StepsDrawn() >= kLeastSteps &&
         2 * drawn >= counts.TriesFrom(0);
}

class Locator {
 public:
  Locator(const Server& server, TraceFinding* finding)
      : server_(server), finding_(finding) {}

  void Locate(Group group) {
    for (const int fall : TakeCopies(&group)) AddMirrored(group.look, fall);
    AddFirstDrawn(group);
  }

 private:
  // The falls of injectors that copy; their replies leave the group.
  std::set<int> TakeCopies(Group* group) {
    std::set<int> seen;
    for (const auto& drawn : group->tries) {
      for (const auto& ttl : drawn.ip_ttls) {
        if (const auto fall = FallOf(drawn.step, ttl)) seen.insert(*fall);
      }
    }
    std::set<int> copied;
    for (const int fall : seen) {
      const StepCounts counts = CountFall(*group, fall);
      if (!IsCopied(counts)) continue;
      copied.insert(fall);
      drawn_[fall] = counts.DrawnFrom(0);
    }
    for (auto& drawn : group->tries) {
      std::erase_if(drawn.ip_ttls, [&](const auto& ttl) {
        const auto fall = FallOf(drawn.step, ttl);
        return fall && copied.contains(*fall);
      });
    }
    return copied;
  }

  void AddMirrored(std::uint8_t look, int fall) {
    InjectorHop found{.method = HopMethod::kMirrored,
                      .hop = UpTo(fall + 1),
                      .look = look,
                      .drawn = drawn_[fall]};
    const auto half = static_cast<std::uint8_t>(fall / 2 + 1);
    if (finding_->symmetric == true && fall % 2 == 0 &&
        half <= found.hop.high) {
      found.hop.low = found.hop.high = half;
    }
    found.likely = std::min(half, found.hop.high);
    finding_->injectors.push_back(found);
  }

  void AddFirstDrawn(const Group& group) {
    StepCounts counts;
    for (const auto& drawn : group.tries) {
      counts.Add(drawn.step, !drawn.ip_ttls.empty());
    }
    const auto first = counts.FirstDrawn();
    if (!first) return;
    InjectorHop found{
        .hop = UpTo(*first), .look = group.look, .drawn = counts.DrawnFrom(0)};
    const HopRange range = counts.RangeUpTo(*first);
    // A step that drew one reply in all may be anything.
    if (found.drawn > 1 && !MayBeCopied(group, *first) &&
        range.low <= found.hop.high) {
      found.hop.low = range.low;
    }
    found.likely = found.hop.high;
    finding_->injectors.push_back(found);
  }

  // Whether the first reply may come from an injector that copies IP TTLs,
  // which stands nearer than its first reply says.
  static bool MayBeCopied(const Group& group, std::uint8_t first) {
    for (const auto& drawn : group.tries) {
      if (drawn.step != first) continue;
      for (const auto& ttl : drawn.ip_ttls) {
        if (!ttl) return true;
        const auto fall = FallOf(first, ttl);
        if (fall && !CountFall(group, *fall).IsChance()) return true;
      }
    }
    return false;
  }

  HopRange UpTo(int hop) const {
    const int most = server_.hop ? server_.hop->high : 255;
    return {1, static_cast<std::uint8_t>(std::min({hop, most, 255}))};
  }

  const Server& server_;
  TraceFinding* finding_;
  std::map<int, int> drawn_;  // By fall.
};

std::vector<Group> GroupByLook(const std::vector<TraceTry>& series,
                               const Server& server) {
  std::map<std::uint8_t, Group> groups;
  for (const TraceTry& one : series) {
    if (one.control_name) continue;
    for (const TraceReply& reply : one.replies) {
      if (IsForged(reply, one.query_ip_ttl, server)) {
        groups[reply.look].look = reply.look;
      }
    }
  }
  std::vector<Group> all;
  for (auto& [look, group] : groups) {
    for (const TraceTry& one : series) {
      if (one.control_name) continue;
      Group::Drawn drawn{.step = one.query_ip_ttl, .ip_ttls = {}};
      for (const TraceReply& reply : one.replies) {
        if (reply.look == look && IsForged(reply, drawn.step, server)) {
          drawn.ip_ttls.push_back(reply.ip_ttl);
        }
      }
      group.tries.push_back(std::move(drawn));
    }
    all.push_back(std::move(group));
  }
  return all;
}

}  // namespace

TraceFinding LocateInjectors(const std::vector<TraceTry>& series) {
  const Server server = FindServer(series);
  TraceFinding finding{
      .server = server.hop, .symmetric = IsSymmetric(server), .injectors = {}};
  Locator locator(server, &finding);
  for (Group& group : GroupByLook(series, server)) {
    locator.Locate(std::move(group));
  }
  std::ranges::sort(finding.injectors, {}, [](const InjectorHop& found) {
    return std::tuple(found.hop.high - found.hop.low, found.hop.high,
                      found.look);
  });
  return finding;
}

}  // namespace taster::judge
