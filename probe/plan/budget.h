// SPDX-License-Identifier: Apache-2.0
// What a round costs, before it starts.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "probe/plan/expand.h"

namespace taster::plan {

struct Budget {
  std::uint64_t sets = 0;
  std::uint64_t questions = 0;
  // At most; how many depends on what is answered.
  std::uint64_t checks = 0;
  // Of the traces that follow; at most, less where the server is near.
  std::uint64_t trace_questions = 0;
  // Sent: one a question over UDP; over a connection what it takes when all
  // goes well, roughly; with every check that there may be.
  std::uint64_t packets = 0;
  std::uint64_t bytes_sent = 0;  // With IP and UDP headers; likewise.
  // Of the slower of pace and the busiest server's limit, with the last
  // window, and of the traces; an estimate, since gaps are random.
  std::chrono::minutes duration{0};  // Rounded up.

  // What a round itself takes out of a day's cap; each trace takes its own.
  std::uint64_t asked() const { return questions + checks; }
};

// Bytes of one query on the wire, with IP and UDP headers.
std::uint64_t QueryBytes(const capture::Question& question);

Budget BudgetOf(const PlanOptions& options, std::span<const dns::Name> names);

}  // namespace taster::plan
