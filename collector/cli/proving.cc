// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/proving.h"

#include <utility>

#include "collector/cli/clock.h"
#include "collector/cli/log.h"
#include "collector/control/dnssec/trust_anchor.h"

namespace taster::cli {
namespace {

using control::dnssec::Result;
using std::chrono::days;
using std::chrono::steady_clock;

// Keys older than that say little of today's.
constexpr days kKeysAge{2};
// Sets of these batch days are judged again when a name is proved.
constexpr days kJudgedAgain{2};
// From judging a batch until it is stored.
constexpr std::chrono::seconds kStoringTakes{2};

void LogFailure(const absl::Status& status) {
  LogLine("proof_failed").Add("error", std::string(status.message())).Warning();
}

}  // namespace

control::dnssec::ValidatorOptions OwnValidator(
    const std::filesystem::path& trust_anchor) {
  control::dnssec::ValidatorOptions options;
  options.command = {"/proc/self/exe", "validate-chain"};
  if (!trust_anchor.empty()) {
    options.command.push_back("--trust-anchor");
    options.command.push_back(std::filesystem::absolute(trust_anchor).string());
  }
  return options;
}

Proving::Proving(const std::string& connection,
                 const std::filesystem::path& trust_anchor,
                 std::set<std::int64_t> key_givers, control::ControlBook* book,
                 control::Rejudger* rejudger)
    : book_(book),
      rejudger_(rejudger),
      validator_(OwnValidator(trust_anchor)),
      prover_({.validate =
                   [this](const control::dnssec::Chain& chain,
                          control::dnssec::Seconds time) {
                     return validator_.Validate(chain, time);
                   },
               .put =
                   [connection](const std::vector<store::ProofRow>& rows) {
                     return store::PutProofs(connection, rows);
                   },
               .load =
                   [connection](const std::vector<store::ProofLink>& links) {
                     return store::LoadLinks(connection, links,
                                             Now() - kKeysAge);
                   },
               .key_givers = std::move(key_givers),
               .on_stored =
                   [this](const std::vector<store::ProofRow>& rows) {
                     OnStored(rows);
                   },
               .on_error = LogFailure}) {}

absl::StatusOr<std::unique_ptr<Proving>> Proving::Start(
    const std::string& connection, const std::filesystem::path& trust_anchor,
    control::ControlBook* book, control::Rejudger* rejudger) {
  const auto anchors = control::dnssec::LoadAnchors(trust_anchor);
  if (!anchors.ok()) return anchors.status();
  const auto proofs = store::LoadSecureProofs(connection);
  if (!proofs.ok()) return proofs.status();
  std::set<std::int64_t> key_givers;
  for (const store::ProofRow& proof : *proofs) {
    book->proofs().Learn(proof);
    key_givers.insert(proof.vantage_id);
  }
  return std::unique_ptr<Proving>(new Proving(
      connection, trust_anchor, std::move(key_givers), book, rejudger));
}

void Proving::OnStored(const std::vector<store::ProofRow>& rows) {
  std::vector<std::string> names;
  std::int64_t bogus = 0;
  for (const store::ProofRow& row : rows) {
    if (book_->proofs().Learn(row)) names.push_back(row.qname);
    if (static_cast<Result>(row.result) == Result::kBogus) ++bogus;
  }
  // Somebody forges on the way of a control, or a zone is broken.
  if (bogus > 0)
    LogLine("control_answers_bogus").Add("answers", bogus).Warning();
  if (names.empty()) return;
  rejudger_->Relearned(names, std::chrono::floor<days>(Now()) - kJudgedAgain);
  const std::lock_guard lock(mutex_);
  announced_.insert(announced_.end(), names.begin(), names.end());
  announced_at_ = steady_clock::now();
}

void Proving::AnnounceAgain() {
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex_);
    if (steady_clock::now() - announced_at_ < kStoringTakes) return;
    names = std::exchange(announced_, {});
  }
  if (names.empty()) return;
  rejudger_->Relearned(names, std::chrono::floor<days>(Now()) - kJudgedAgain);
}

void Proving::Take(const std::vector<control::WitnessedLink>& links) {
  AnnounceAgain();
  prover_.Take(links);
}

}  // namespace taster::cli
