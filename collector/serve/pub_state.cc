// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/pub_state.h"

namespace taster::serve {
namespace {

constexpr auto kCatalogueAge = std::chrono::minutes(1);
constexpr auto kReleaseAge = std::chrono::seconds(1);

}  // namespace

absl::StatusOr<std::shared_ptr<const Catalogue>> PubState::GetCatalogue() {
  {
    const std::lock_guard lock(mutex_);
    if (catalogue_ != nullptr &&
        Clock::now() - catalogue_time_ < kCatalogueAge) {
      return catalogue_;
    }
  }
  const auto rows = pool_.Read(kCatalogueSql, {});
  if (!rows.ok()) return rows.status();
  auto catalogue = std::make_shared<const Catalogue>(Catalogue::From(*rows));
  const std::lock_guard lock(mutex_);
  catalogue_ = catalogue;
  catalogue_time_ = Clock::now();
  return catalogue;
}

absl::StatusOr<std::shared_ptr<const Release>> PubState::GetRelease() {
  {
    const std::lock_guard lock(mutex_);
    if (release_ != nullptr && Clock::now() - release_time_ < kReleaseAge) {
      return release_;
    }
  }
  const auto rows = pool_.Read(kReleaseSql, {});
  if (!rows.ok()) return rows.status();
  auto release = std::make_shared<const Release>(ReadRelease(*rows));
  const std::lock_guard lock(mutex_);
  release_ = release;
  release_time_ = Clock::now();
  return release;
}

}  // namespace taster::serve
