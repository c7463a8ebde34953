// SPDX-License-Identifier: Apache-2.0
// A buffer over a descriptor; lines are looked at where they lie.
#include "probe/cli/name_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace taster::cli {
namespace {

std::string_view Trim(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const auto first = line.find_first_not_of(" \t\r");
  if (first == line.npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

// FNV-1a: any hash will do, as long as it is the same tomorrow.
std::uint64_t MarkOf(std::string_view text) {
  std::uint64_t mark = 0xCBF29CE484222325u;
  for (const char c : text) {
    mark = (mark ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  return mark;
}

absl::Status Unreadable(const std::string& path, const std::string& why) {
  return absl::DataLossError(path + ": " + why);
}

}  // namespace

absl::StatusOr<std::unique_ptr<NameSource>> NameSource::Open(
    const std::string& path) {
  const int opened =
      path == "-"
          ? ::dup(STDIN_FILENO)
          : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (opened < 0) return Unreadable(path, std::strerror(errno));
  capture::OwnedFd fd(opened);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) {
    return Unreadable(path, std::strerror(errno));
  }
  const bool terminal = S_ISCHR(status.st_mode) && ::isatty(fd.get()) != 0;
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode) &&
      !S_ISSOCK(status.st_mode) && !terminal) {
    return Unreadable(path, "is neither a file nor a pipe");
  }
  std::unique_ptr<NameSource> source(new NameSource(std::move(fd)));
  if (S_ISREG(status.st_mode)) {
    source->total_bytes_ = static_cast<std::uint64_t>(status.st_size);
  }
  return source;
}

absl::StatusOr<bool> NameSource::Fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  pollfd ready{.fd = fd_.get(), .events = POLLIN, .revents = 0};
  if (::poll(&ready, 1, 0) == 0) return false;
  const auto got = ::read(fd_.get(), buffer_.data() + end_, kBuffer - end_);
  if (got < 0) {
    if (errno == EINTR || errno == EAGAIN) return false;
    return absl::DataLossError(std::string("read names: ") +
                               std::strerror(errno));
  }
  end_ += static_cast<std::size_t>(got);
  bytes_ += static_cast<std::uint64_t>(got);
  at_end_ = got == 0;
  return true;
}

bool NameSource::TakeLine(std::size_t end, bool parse) {
  const std::string_view line(buffer_.data() + begin_, end - begin_);
  begin_ = std::min(end + 1, end_);
  const bool rest = std::exchange(overlong_, false);
  const auto entry = Trim(line);
  if (!rest && entry.empty()) return false;
  if (++entries_ == 1) first_mark_ = MarkOf(entry);
  why_ = parse ? plan::BadName::kMalformed : plan::BadName::kNone;
  if (rest || !parse) return true;
  auto name = plan::ReadTargetName(entry, &why_);
  if (name) name_ = *std::move(name);
  return true;
}

absl::StatusOr<NameSource::Next> NameSource::Read() { return ReadLine(true); }

absl::StatusOr<NameSource::Next> NameSource::Skip() { return ReadLine(false); }

absl::StatusOr<NameSource::Next> NameSource::ReadLine(bool parse) {
  for (;;) {
    const auto* found = static_cast<const char*>(
        std::memchr(buffer_.data() + begin_, '\n', end_ - begin_));
    if (found != nullptr || (at_end_ && (begin_ < end_ || overlong_))) {
      const auto end = found != nullptr
                           ? static_cast<std::size_t>(found - buffer_.data())
                           : end_;
      if (!TakeLine(end, parse)) continue;
      return why_ == plan::BadName::kNone ? Next::kName : Next::kBad;
    }
    if (at_end_) return Next::kEnd;
    if (end_ - begin_ == kBuffer) {
      // No name is so long: what it is does not matter any more.
      overlong_ = true;
      begin_ = end_;
    }
    const auto filled = Fill();
    if (!filled.ok()) return filled.status();
    if (!*filled) return Next::kWait;
  }
}

}  // namespace taster::cli
