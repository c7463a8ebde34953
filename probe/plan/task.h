// SPDX-License-Identifier: Apache-2.0
// What a collector asks a control to look at, and what of it is done.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "probe/plan/expand.h"
#include "probe/plan/plan_options.h"
#include "proto/dns/name.h"
#include "proto/net/ip_address.h"
#include "proto/net/ip_prefix.h"
#include "taster/v1/tasking.pb.h"

namespace taster::plan {

struct Task {
  dns::Name qname;
  std::vector<std::uint16_t> types;      // At least one.
  std::vector<net::IpPrefix> subnets;    // Whom to ask for as well.
  std::vector<net::IpAddress> to_check;  // Beside what is answered here.

  friend bool operator==(const Task&, const Task&) = default;
};

inline constexpr std::size_t kMaxTaskTypes = 3;
inline constexpr std::size_t kMaxTaskSubnets = 3;
inline constexpr std::size_t kMaxTaskChecks = 8;

// A collector's word is as hostile as anybody's: nullopt for a name that no
// target list may hold. Left out: types other than A, AAAA and HTTPS; prefixes
// that are malformed, too long, or (outside a laboratory) reserved; addresses
// that are none; and what is beyond the limits above.
std::optional<Task> AdmitTask(const PlanOptions& options, const v1::Task& task);

// The questions of a task, shuffled: the plan's own set for the name, with the
// task's types and without canaries; and for each prefix the same types again
// at the plan's recursive resolvers over UDP, as far as a set has room.
QuestionSet ExpandTask(const PlanOptions& options, const Task& task,
                       std::uint32_t index, Rng& rng);

// How many tasks a control can do within `time`, 1 to 500: as many as it can
// ask for at its own pace.
std::uint32_t TasksWithin(const PlanOptions& options,
                          std::chrono::seconds time);

}  // namespace taster::plan
