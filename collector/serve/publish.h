// SPDX-License-Identifier: Apache-2.0
// Everything that Web answers, as files at the same paths: pages, documents,
// feeds, and exports by day.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "collector/serve/mirror.h"
#include "collector/serve/site.h"
#include "collector/store/reader_pool.h"

namespace taster::serve {

struct PublishEdges {
  store::ReaderPool* pool = nullptr;
  std::shared_ptr<const Site> site;  // nullptr: only data.
  std::string public_url;            // As WebOptions::public_url.
  bool check_floor = false;
  // What was done, one line each; may be empty.
  std::function<void(const std::string&)> on_progress;
};

// A floor that the k-anonymity of volunteers needs.
inline constexpr int kLeastFloor = 5;

// All documents are of one moment. PermissionDenied: `check_floor`, and the
// database publishes cells of fewer probes than kLeastFloor.
absl::StatusOr<MirrorTally> Publish(const std::filesystem::path& directory,
                                    const PublishEdges& edges);

}  // namespace taster::serve
