// SPDX-License-Identifier: Apache-2.0
// Keeps a second process away from the spool, and keeps a second count of what
// went in and out, so that damage can be counted exactly.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::spool {

// Batches ever recorded and ever let go. After a power cut these may lag
// behind the database, never lead it.
struct Tally {
  std::uint64_t recorded = 0;
  std::uint64_t released = 0;
};

class LockFile {
 public:
  // Takes the lock for the life of the object. Unavailable ("in use by pid
  // N") when another process has it.
  static absl::StatusOr<LockFile> Take(const std::filesystem::path& path);
  ~LockFile();
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&&) = delete;

  // What the last owner wrote; zeros when unreadable.
  const Tally& found() const { return found_; }
  // Not made durable by itself: it is a hint, not evidence.
  void Write(const Tally& tally);

 private:
  explicit LockFile(int fd) : fd_(fd) {}
  int fd_;
  Tally found_;
};

}  // namespace taster::spool
