// SPDX-License-Identifier: Apache-2.0
// What a trace saw, step by step, and how it is shown.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "probe/plan/trace_options.h"
#include "proto/net/ip_address.h"

namespace taster::cli {

// One response, matching its question.
struct LadderReply {
  std::chrono::microseconds offset{0};  // Since its query was sent.
  std::optional<std::uint8_t> ip_ttl;
};

// What one name drew at one step.
struct LadderSide {
  int asked = 0;
  int answered = 0;  // Of those asked.
  std::vector<LadderReply> replies;
};

struct LadderStep {
  std::set<net::IpAddress> routers;  // That may be named.
  int withheld = 0;                  // ICMP errors of others.
  LadderSide target;
  LadderSide control;
};

struct Ladder {
  plan::TraceOptions what;
  std::uint16_t source_port = 0;  // Of every query; 0: none was sent.
  std::map<std::uint8_t, LadderStep> steps;  // By IP TTL of the query.
};

// How a ladder may be drawn.
struct LadderStyle {
  bool colour = false;
  bool utf8 = false;
};

// For standard output: colour on a terminal that wants it, UTF-8 where the
// locale has it.
LadderStyle LadderStyleOfOutput();

// Lines for people. Shows evidence; says nothing of what it means.
std::string DrawLadder(const Ladder& ladder, const LadderStyle& style);

// One JSON object in one line.
std::string LadderJson(const Ladder& ladder);

}  // namespace taster::cli
