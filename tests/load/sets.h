// SPDX-License-Identifier: Apache-2.0
// Question sets that one probe measures on one day.
#pragma once

#include <chrono>
#include <cstdint>

#include "taster/v1/measurement.pb.h"
#include "tests/load/world.h"

namespace taster::load {

// Measurements of a set of a volunteer's, of a control's, of a trace.
inline constexpr int kSetSize = 5;

// A vantage point of the load. `number`: counts all of them, from 0.
struct Prober {
  const Network* network;
  std::uint32_t number;
  bool is_control;
};

class Sets {
 public:
  // The first day of the load is `begin`.
  Sets(const World& world, std::chrono::sys_days begin)
      : world_(world), begin_(begin) {}

  // kSetSize measurements of target `target` on day `day`, set `set` of the
  // batch.
  void AddTarget(const Prober& prober, std::size_t target, int day,
                 std::uint32_t set, v1::Batch* batch) const;

  // Three queries a step for the target and for the control name. Nothing
  // where the network has no injector.
  void AddTrace(const Prober& prober, std::size_t target, int day,
                std::uint32_t set, v1::Batch* batch) const;

 private:
  struct Asking;
  v1::Measurement* Ask(const Asking& asking, const dns::Name& name,
                       v1::Batch* batch) const;
  void AddForgery(const Asking& asking, const dns::Name& name,
                  v1::Measurement* to) const;
  void AddTruth(const Asking& asking, const Target& target,
                v1::Measurement* to) const;
  void AddStep(const Asking& asking, int step, bool for_control,
               v1::Batch* batch) const;

  const World& world_;
  const std::chrono::sys_days begin_;
};

}  // namespace taster::load
