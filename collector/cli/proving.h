// SPDX-License-Identifier: Apache-2.0
// Proofs by DNSSEC beside a server: of what controls are answered, made as it
// comes in, kept, and believed.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/control/control_book.h"
#include "collector/control/dnssec/validator.h"
#include "collector/control/prover.h"
#include "collector/control/rejudger.h"

namespace taster::cli {

// A validator of this very program.
control::dnssec::ValidatorOptions OwnValidator(
    const std::filesystem::path& trust_anchor);

class Proving {
 public:
  // Loads what is proved into the book. `connection`: as taster_ingest. Book
  // and rejudger outlive it. InvalidArgument, NotFound: the trust anchor.
  static absl::StatusOr<std::unique_ptr<Proving>> Start(
      const std::string& connection, const std::filesystem::path& trust_anchor,
      control::ControlBook* book, control::Rejudger* rejudger);

  // Of a batch that is stored.
  void Take(const std::vector<control::WitnessedLink>& links);

 private:
  Proving(const std::string& connection,
          const std::filesystem::path& trust_anchor,
          std::set<std::int64_t> key_givers, control::ControlBook* book,
          control::Rejudger* rejudger);
  void OnStored(const std::vector<store::ProofRow>& rows);
  // Sets that were judged without a proof, but stored behind it, are found the
  // second time.
  void AnnounceAgain();

  using Instant = std::chrono::steady_clock::time_point;

  control::ControlBook* book_;
  control::Rejudger* rejudger_;
  control::dnssec::Validator validator_;
  std::mutex mutex_;
  std::vector<std::string> announced_;  // Guarded by it, and so is the next.
  Instant announced_at_{};
  control::Prover prover_;  // Last: its thread uses everything above.
};

}  // namespace taster::cli
