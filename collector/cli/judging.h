// SPDX-License-Identifier: Apache-2.0
// What commands that judge stored evidence load first: the same that `serve`
// judges with.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "collector/control/control_book.h"
#include "collector/judge/reference.h"
#include "collector/reference/networks.h"

namespace taster::cli {

// Immutable but for the book, which nobody grows.
struct Judging {
  reference::Networks networks;
  std::shared_ptr<const judge::Reference> base;  // Without what was learned.
  std::unique_ptr<control::ControlBook> book;    // Refers to `base`.
};

// `connection`: as taster_judge. `networks`: as LoadNetworks.
absl::StatusOr<Judging> LoadJudging(const std::string& connection,
                                    const std::filesystem::path& networks);

}  // namespace taster::cli
