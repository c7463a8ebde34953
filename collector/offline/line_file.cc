// SPDX-License-Identifier: Apache-2.0
// The only zlib user.
#include "collector/offline/line_file.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/status/status.h"

namespace taster::offline {
namespace {

constexpr unsigned kChunk = 1U << 18;

struct Close {
  void operator()(gzFile_s* file) const { gzclose_r(file); }
};

class Lines {
 public:
  Lines(std::string path, gzFile_s* file, std::size_t longest)
      : path_(std::move(path)),
        file_(file),
        longest_(longest),
        chunk_(kChunk) {}

  absl::StatusOr<bool> Next(std::string* line) {
    line->clear();
    while (true) {
      if (at_ == end_) {
        const auto filled = Fill();
        if (!filled.ok()) return filled.status();
        if (!*filled) return !line->empty();
      }
      const char* const begin = chunk_.data() + at_;
      const auto* const stop =
          static_cast<const char*>(std::memchr(begin, '\n', end_ - at_));
      const std::size_t size =
          stop != nullptr ? static_cast<std::size_t>(stop - begin) : end_ - at_;
      line->append(begin, std::min(size, longest_ + 1 - line->size()));
      at_ += size + (stop != nullptr ? 1 : 0);
      if (stop != nullptr) return true;
    }
  }

 private:
  absl::StatusOr<bool> Fill() {
    const int read = gzread(file_.get(), chunk_.data(), kChunk);
    int code = Z_OK;
    const char* const message = gzerror(file_.get(), &code);
    // The end of a file whose last compressed block is cut off.
    if (read < 0 || code == Z_BUF_ERROR) {
      return absl::DataLossError(
          path_ + ": " +
          (code == Z_BUF_ERROR ? "compressed data ends too early" : message));
    }
    at_ = 0;
    end_ = static_cast<std::size_t>(read);
    return read > 0;
  }

  std::string path_;
  std::unique_ptr<gzFile_s, Close> file_;
  std::size_t longest_;
  std::vector<char> chunk_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

absl::StatusOr<exchange::LineSource> OpenLines(const std::string& path,
                                               std::size_t longest) {
  gzFile_s* const file = path == "-" ? gzdopen(dup(STDIN_FILENO), "rb")
                                     : gzopen(path.c_str(), "rb");
  const std::string name = path == "-" ? "standard input" : path;
  if (file == nullptr) return absl::NotFoundError("cannot open " + name);
  gzbuffer(file, kChunk);
  const auto lines = std::make_shared<Lines>(name, file, longest);
  return [lines](std::string* line) { return lines->Next(line); };
}

}  // namespace taster::offline
