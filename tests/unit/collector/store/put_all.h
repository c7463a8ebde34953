// SPDX-License-Identifier: Apache-2.0
// Writes batches and waits: for tests of what reads them.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <vector>

#include "collector/store/writer.h"

namespace taster::store {

// Every batch must be new and become stored.
inline void PutAll(const std::string& connection,
                   std::vector<JudgedBatch> batches) {
  auto writer = Writer::Start({.connection = connection, .ruleset = {}});
  ASSERT_TRUE(writer.ok()) << writer.status();
  for (JudgedBatch& batch : batches) {
    std::promise<absl::StatusOr<PutResult>> promise;
    ASSERT_TRUE((*writer)->Submit(
        std::move(batch), [&promise](absl::StatusOr<PutResult> outcome) {
          promise.set_value(std::move(outcome));
        }));
    const absl::StatusOr<PutResult> outcome = promise.get_future().get();
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    ASSERT_EQ(*outcome, PutResult::kStored);
  }
}

}  // namespace taster::store
