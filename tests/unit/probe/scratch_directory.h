// SPDX-License-Identifier: Apache-2.0
// A directory of mode 0700 that lives as long as a test.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace taster {

class ScratchDirectory {
 public:
  ScratchDirectory() {
    auto pattern =
        (std::filesystem::temp_directory_path() / "taster-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace taster
