// SPDX-License-Identifier: Apache-2.0
// The questions of a study, and what came of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "probe/study/reply.h"
#include "proto/dns/name.h"
#include "proto/dns/query_builder.h"

namespace taster::study {

enum class Part : std::uint8_t {
  kControl,  // The control name: nobody may answer at a canary.
  kFlags,    // RD, CD and EDNS.
  kType,     // Query types.
  kIpTtl,    // Two IP TTLs, kIpTtlStep apart.
  kLength,   // Longer and longer names below the name.
  kWalk,     // The same question over and over, from one port.
  kFlow,     // The same question from many ports in turn.
};

inline constexpr std::uint8_t kLowIpTtl = 64;
inline constexpr std::uint8_t kIpTtlStep = 10;

struct Experiment {
  Part part = Part::kWalk;
  dns::Name qname;
  dns::QueryShape shape;
  std::optional<std::uint8_t> ip_ttl;  // nullopt: the system default.
};

// One question as it was asked, in the order of asking.
struct Observation {
  Experiment experiment;
  bool at_canary = true;       // Else at the server beside it.
  std::uint32_t ask = 0;       // Counts all questions of the study.
  std::uint16_t flow = 0;      // Source port.
  std::vector<Reply> replies;  // In order of arrival.
};

struct StudyNames {
  dns::Name name;
  dns::Name control_name;
  std::uint16_t qtype = 1;
};

// All but walk and flows: each question as often as it is to be asked.
std::vector<Experiment> ListExperiments(const StudyNames& names);

// The question of walk and flows.
Experiment WalkStep(const StudyNames& names, Part part);

// `name` below so many bytes of labels that its wire form has `bytes`;
// nullopt where no labels make that length.
std::optional<dns::Name> Lengthen(const dns::Name& name, std::size_t bytes);

}  // namespace taster::study
