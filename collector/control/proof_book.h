// SPDX-License-Identifier: Apache-2.0
// Which names' answers are proved by DNSSEC, and for which days.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "collector/judge/control.h"
#include "collector/store/proof_store.h"

namespace taster::control {

// Thread-safe. A proof holds for the days on which its signatures do: what is
// judged of 2015 is not held against keys of 2026.
class ProofBook {
 public:
  // True iff it proves a day that was not proved before. Only secure proofs
  // teach.
  bool Learn(const store::ProofRow& row);

  // `control`, of that name and type, with `authenticated` set if its answers
  // were proved on this UTC day. nullptr stays nullptr.
  std::shared_ptr<const judge::Control> Authenticate(
      const std::string& qname, std::uint16_t qtype, std::chrono::sys_days day,
      std::shared_ptr<const judge::Control> control) const;

  // Names and types.
  std::size_t size() const;

 private:
  // Both days included.
  struct Days {
    std::chrono::sys_days first;
    std::chrono::sys_days last;
  };
  struct Proved {
    std::uint16_t qtype = 0;
    std::vector<Days> days{};  // Sorted; none touch.
    // The last control that was asked about, and its like.
    std::shared_ptr<const judge::Control> plain{};
    std::shared_ptr<const judge::Control> authenticated{};
  };

  mutable std::shared_mutex mutex_;
  mutable absl::flat_hash_map<std::string, std::vector<Proved>> names_;
};

}  // namespace taster::control
