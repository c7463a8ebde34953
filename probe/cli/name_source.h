// SPDX-License-Identifier: Apache-2.0
// Names of a list of any length, one by one, in constant memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "probe/capture/owned_fd.h"
#include "probe/plan/target_name.h"
#include "proto/dns/name.h"

namespace taster::cli {

// Lines as those of a target list: one name each, '#' starts a comment. An
// entry is a line that is neither empty nor a comment.
class NameSource {
 public:
  enum class Next {
    kName,  // name() is the next one.
    kBad,   // The next entry cannot be asked for: why().
    kWait,  // Nothing has come yet; only of pipes and terminals.
    kEnd,
  };

  // `path` "-": standard input. DataLoss unless it is a regular file, a pipe
  // or a terminal that can be read.
  static absl::StatusOr<std::unique_ptr<NameSource>> Open(
      const std::string& path);

  // DataLoss when reading fails.
  absl::StatusOr<Next> Read();
  // As Read, without a look at the entry: kName for any.
  absl::StatusOr<Next> Skip();

  const dns::Name& name() const { return name_; }
  plan::BadName why() const { return why_; }
  // Entries read so far, and a mark of the first one's text: the same list has
  // the same mark. 0: none was read.
  std::uint64_t entries() const { return entries_; }
  std::uint64_t first_mark() const { return first_mark_; }
  // Bytes read, and of how many; 0: not known.
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t total_bytes() const { return total_bytes_; }

 private:
  explicit NameSource(capture::OwnedFd fd)
      : fd_(std::move(fd)), buffer_(kBuffer, '\0') {}

  // Reads more behind what is still unread. False: nothing has come.
  absl::StatusOr<bool> Fill();
  absl::StatusOr<Next> ReadLine(bool parse);
  // Takes the line that ends at `end` of the buffer. False: no entry.
  bool TakeLine(std::size_t end, bool parse);

  static constexpr std::size_t kBuffer = 1 << 16;

  capture::OwnedFd fd_;
  std::string buffer_;
  std::size_t begin_ = 0;  // Of what is unread,
  std::size_t end_ = 0;    // and its end.
  bool at_end_ = false;
  bool overlong_ = false;  // A line that the buffer could not hold goes on.
  dns::Name name_;
  plan::BadName why_ = plan::BadName::kNone;
  std::uint64_t entries_ = 0;
  std::uint64_t first_mark_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t total_bytes_ = 0;
};

}  // namespace taster::cli
