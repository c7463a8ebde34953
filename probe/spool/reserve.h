// SPDX-License-Identifier: Apache-2.0
// Disk space put by, so that a full disk cannot keep the spool from deleting.
#pragma once

#include <filesystem>

namespace taster::spool {

class Reserve {
 public:
  // Puts the space by if the disk has it.
  explicit Reserve(std::filesystem::path path);

  // Gives the space back to the disk. False when none was put by.
  bool Release();
  // Puts it by again, if the disk has it.
  void Restore();

 private:
  std::filesystem::path path_;
};

}  // namespace taster::spool
