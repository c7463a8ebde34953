// SPDX-License-Identifier: Apache-2.0
// Batches and spools that the tests of this room start from.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "probe/spool/spool.h"
#include "tests/unit/probe/scratch_directory.h"

namespace taster::spool {

inline constexpr std::chrono::sys_days kDay{std::chrono::days(20'000)};

inline SpooledBatch MakeBatch(const std::string& payload) {
  return {.id = envelope::BatchId::Make(kDay),
          .payload_hash = envelope::HashOf(payload),
          .payload = payload,
          .measurements = 3};
}

inline SpoolOptions OptionsIn(const ScratchDirectory& scratch) {
  return {.path = scratch.path() / "spool.db", .max_bytes = 4 << 20};
}

inline std::unique_ptr<Spool> MustOpen(const SpoolOptions& options) {
  auto spool = Spool::Open(options);
  EXPECT_TRUE(spool.ok()) << spool.status();
  return spool.ok() ? *std::move(spool) : nullptr;
}

}  // namespace taster::spool
