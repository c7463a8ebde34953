// SPDX-License-Identifier: Apache-2.0
// Which commits may share a transaction.
#pragma once

#include <cstdint>

namespace taster::store {

// Batches of one shard group lie on one node, so that a commit of them never
// spans nodes. Plain PostgreSQL is one node: one group for all.
constexpr std::uint32_t ShardGroup(std::int64_t /*vantage_id*/) { return 0; }

}  // namespace taster::store
