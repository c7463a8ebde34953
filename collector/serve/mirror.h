// SPDX-License-Identifier: Apache-2.0
// A directory of published files, brought up to date with as few writes as
// possible.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::serve {

struct MirrorTally {
  std::size_t written = 0;
  std::size_t unchanged = 0;
  std::size_t removed = 0;
};

// Remembers in the file ".taster-published" what it wrote, and never touches
// anything else. Not thread-safe.
class Mirror {
 public:
  // FailedPrecondition for a directory that holds other files and no such
  // list: it is somebody else's.
  static absl::StatusOr<Mirror> Open(const std::filesystem::path& directory);

  // Puts `content` at `path` ("data/v1/latest.json"), by renaming a finished
  // file. From `matters` on (a text that `content` holds) old and new are
  // compared: what differs only before it is left as it is.
  absl::Status Put(const std::string& path, std::string_view content,
                   std::string_view matters = {});
  // What is there stays.
  void Keep(const std::string& path);
  bool Has(const std::string& path) const;
  // The content of a published file; empty: there is none.
  std::string Read(const std::string& path) const;

  // Removes what was published before and not put or kept since.
  absl::Status Finish();

  const MirrorTally& tally() const { return tally_; }
  const std::filesystem::path& directory() const { return directory_; }

 private:
  std::filesystem::path directory_;
  std::set<std::string> before_;
  std::set<std::string> now_;
  MirrorTally tally_;
};

}  // namespace taster::serve
