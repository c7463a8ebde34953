// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/vantage_roll.h"

#include "collector/store/catalogue_store.h"
#include "collector/store/evidence_reader.h"

namespace taster::cli {
namespace {

constexpr auto kStale = std::chrono::minutes(1);
constexpr auto kLeastPause = std::chrono::seconds(1);

}  // namespace

absl::Status VantageRoll::Refresh() {
  const std::lock_guard lock(mutex_);
  return RefreshLocked();
}

absl::Status VantageRoll::RefreshLocked() {
  refreshed_ = Clock::now();
  const auto vantages = store::FindVantages(connection_);
  if (!vantages.ok()) return vantages.status();
  admitted_.clear();
  for (const store::Vantage& vantage : *vantages) {
    if (vantage.is_revoked) continue;
    const bool control = vantage.enrolment.role == store::VantageRole::kControl;
    admitted_[vantage.enrolment.key] = {
        .id = vantage.vantage_id,
        .role = control ? ingest::Role::kControl : ingest::Role::kProbe,
        .network =
            store::NetworkOf(vantage.enrolment.country, vantage.enrolment.asn)};
  }
  return absl::OkStatus();
}

std::optional<ingest::Vantage> VantageRoll::Find(
    const envelope::PublicKey& key) {
  const std::lock_guard lock(mutex_);
  const auto age = Clock::now() - refreshed_;
  auto found = admitted_.find(key);
  if (age > kStale || (found == admitted_.end() && age > kLeastPause)) {
    // An error leaves the last copy in force, and is logged by the writer,
    // which meets the same database.
    (void)RefreshLocked();
    found = admitted_.find(key);
  }
  if (found == admitted_.end()) return {};
  return found->second;
}

}  // namespace taster::cli
