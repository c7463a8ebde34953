// SPDX-License-Identifier: Apache-2.0
// Proves what controls were answered, as their batches come in.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/control/chain_book.h"
#include "collector/control/dnssec/proof.h"
#include "collector/control/witnessed_link.h"
#include "collector/store/proof_store.h"

namespace taster::control {

// All are called from the prover's thread, and must outlive it.
struct ProverEdges {
  // dnssec::Validator::Validate.
  std::function<dnssec::Proof(const dnssec::Chain&, dnssec::Seconds)> validate;
  // store::PutProofs.
  std::function<absl::Status(const std::vector<store::ProofRow>&)> put;
  // store::LoadLinks: keys that this process has not seen.
  std::function<absl::StatusOr<std::vector<store::ProofLink>>(
      const std::vector<store::ProofLink>&)>
      load;
  // Controls that gave keys to an earlier process.
  std::set<std::int64_t> key_givers{};
  // Rows that are stored now.
  std::function<void(const std::vector<store::ProofRow>&)> on_stored;
  std::function<void(const absl::Status&)> on_error;
};

struct ProverCounts {
  std::uint64_t secure = 0;
  std::uint64_t insecure = 0;
  std::uint64_t bogus = 0;  // Somebody forges on a control's way, or a zone is
                            // broken.
  std::uint64_t unvalidated = 0;
  std::uint64_t dropped = 0;  // Answers that nobody had time for.
};

// Owns one thread. Answers of controls that never gave a key are left alone.
// Each control's answer for a name and type is proved once a
// day; one whose keys have not come yet is tried again when they do.
class Prover {
 public:
  static constexpr std::size_t kMostWaiting = 50'000;

  explicit Prover(ProverEdges edges, std::chrono::milliseconds settle =
                                         std::chrono::milliseconds(200));
  ~Prover();
  Prover(const Prover&) = delete;
  Prover& operator=(const Prover&) = delete;

  // Of a batch that is stored.
  void Take(std::vector<WitnessedLink> links);
  // Waits until nothing is left to do; false when `patience` ran out before.
  bool AwaitIdle(std::chrono::milliseconds patience);
  ProverCounts counts() const;

 private:
  // Control, name and type.
  using Target = std::tuple<std::int64_t, std::string, std::uint16_t>;
  struct Waiting {
    // Of several resolvers, or at several times: one may be forged.
    std::vector<WitnessedLink> answers{};
    bool is_due = true;
  };

  void Run();
  // Sorts what came into keys and answers; false: closed.
  bool Sort();
  void Await(WitnessedLink answer);
  void WakeWaiting(const std::set<std::string>& zones);
  std::vector<store::ProofRow> ProveDue();
  // The best of its answers.
  store::ProofRow Prove(const Waiting& waiting, bool* is_missing);
  store::ProofRow Prove(const WitnessedLink& answer, bool* is_missing);
  // Keys that are due and that this process has not seen may be stored.
  void LoadMissing();
  void Count(const store::ProofRow& row);
  bool IsProvedToday(const Target& target, std::chrono::sys_days day) const;

  const ProverEdges edges_;
  const std::chrono::milliseconds settle_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<WitnessedLink> incoming_;  // These four guarded by mutex_.
  bool busy_ = false;
  bool closed_ = false;
  ProverCounts counts_;
  // Only the thread.
  ChainBook book_;
  std::set<std::int64_t> key_givers_;
  std::set<std::string> looked_for_;  // Questions that were put to the store,
  std::chrono::steady_clock::time_point looked_since_{};  // from then on.
  std::map<Target, Waiting> waiting_;
  std::map<Target, std::chrono::sys_days> proved_;
  std::thread thread_;  // Last: it uses everything above.
};

}  // namespace taster::control
