// SPDX-License-Identifier: Apache-2.0
// Which queries for work are admitted, and what was leased to whom.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/judged_batch.h"
#include "taster/v1/tasking.pb.h"

namespace taster::ingest {

inline constexpr std::uint32_t kMaxTasks = 500;
inline constexpr std::chrono::seconds kMaxWait{10};
// Between the two clocks. A query that was held back for longer is nobody's
// wish any more.
inline constexpr std::chrono::minutes kMaxSkew{10};

// InvalidArgument for what is no query; FailedPrecondition for one of another
// time.
absl::Status CheckTaskQuery(const v1::TaskQuery& query, store::Time now);

// Per control; has no clock, and is not thread-safe.
class Leases {
 public:
  // Names that one control may have at once: a hostile one keeps no more from
  // being asked for, and an honest one asks for no more in a lease's time.
  static constexpr std::size_t kMostLeased = 3000;
  // Queries that one control may make at once, and for each second after it.
  static constexpr double kBurst = 10;
  static constexpr double kQueriesASecond = 2;

  // A lease of this id that was granted and has not ended; nullopt: there is
  // none. ResourceExhausted when there are too many queries.
  absl::StatusOr<std::optional<v1::Lease>> Find(std::int64_t control,
                                                const std::string& lease_id,
                                                store::Time now);
  // How many names `control` may be leased now.
  std::size_t Room(std::int64_t control, store::Time now);
  // Remembers it until it ends.
  void Grant(std::int64_t control, const v1::Lease& lease, store::Time now);

 private:
  struct Granted {
    store::Time until;
    std::size_t tasks = 0;
  };
  struct Account {
    double allowance = kBurst;
    std::optional<store::Time> asked;
    std::deque<Granted> granted;
    v1::Lease last;
    store::Time last_until;
  };

  absl::flat_hash_map<std::int64_t, Account> accounts_;
};

}  // namespace taster::ingest
