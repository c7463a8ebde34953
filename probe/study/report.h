// SPDX-License-Identifier: Apache-2.0
// All that a study found, responder by responder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "probe/study/experiments.h"
#include "probe/study/number_series.h"
#include "probe/study/pool_order.h"
#include "probe/study/processes.h"

namespace taster::study {

// Replies to queries with RD=1 that have one fingerprint.
struct Responder {
  Fingerprint fingerprint;
  std::size_t replies = 0;
  std::uint16_t flags_rd1 = 0;
  std::optional<std::uint16_t> flags_rd0;  // nullopt: none such came.
  NumberSeries rr_ttl;
  NumberSeries ip_ttl;
  // A query with a higher IP TTL draws replies that arrive with a TTL as much
  // higher. nullopt: not known.
  std::optional<bool> ip_ttl_mirrored;
  bool case_kept = true;  // Always.
  bool has_opt = false;   // Ever.
  // By type asked: type of the first record.
  std::map<std::uint16_t, std::uint16_t> types;
  // Bytes of names on the wire; 0: nothing such was seen.
  std::size_t longest_answered = 0;
  std::size_t shortest_silent = 0;  // Of those longer than that.
  PoolOrder pool;
  Processes processes;
};

// One way of asking, and how many replies it drew from whom.
struct Cell {
  bool at_canary = true;
  std::uint16_t qtype = 0;
  bool recursion_desired = true;
  bool checking_disabled = false;
  bool edns = true;
  std::size_t asked = 0;
  std::map<std::size_t, std::size_t> replies;  // By index of the responder.
  std::size_t other_replies = 0;  // Of no responder, or unreadable.
};

struct Report {
  std::size_t asked = 0;
  std::size_t answered = 0;
  std::size_t walked = 0;  // Of those asked.
  // Replies to the control name at the canary: it is not silent, and the rest
  // says nothing of an injector.
  std::size_t control_replies = 0;
  std::vector<Cell> cells;            // Flags, then types.
  std::vector<Responder> responders;  // Most replies first.
};

// `observations` in the order of asking.
Report Summarise(std::span<const Observation> observations);

// Every responder that gave a fair share of the walk's replies is settled.
bool WalkIsSettled(std::span<const Observation> observations);

}  // namespace taster::study
