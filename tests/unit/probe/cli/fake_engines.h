// SPDX-License-Identifier: Apache-2.0
// Engines that answer by themselves, and count what was opened.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "probe/cli/edges.h"
#include "tests/unit/probe/uplink/test_collector.h"

namespace taster::cli {

// What a test counts and decides; outlives the edges made from it.
struct World {
  int captures_opened = 0;
  int uplinks_opened = 0;
  std::size_t asked = 0;
  // Windows stay open for this many turns of the engine.
  int turns_open = 2;
  // Which questions draw a reply; empty: all.
  std::function<bool(const capture::Question&)> answers;
  // What a reply says the address is; nullopt: a reply without answer.
  std::optional<net::IpAddress> address;
  // Questions that reached the engine of connections; those are served.
  std::vector<capture::Question> streamed;
  int streams_opened = 0;
  std::function<void(std::size_t)> on_check;
  // Called with each question that is asked.
  std::function<void(std::size_t)> on_ask;
  uplink::TestCollector* collector = nullptr;  // Null: out of reach.
  // The one lease that a collector gives, unless it fails each time.
  v1::Lease lease;
  absl::Status lease_failure;
  int sources_opened = 0;
};

Edges FakeEdges(World* world);

}  // namespace taster::cli
