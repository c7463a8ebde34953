// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/mirror.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace taster::serve {
namespace {

namespace fs = std::filesystem;

constexpr char kList[] = ".taster-published";
constexpr char kNew[] = ".taster-new";

std::string ReadFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The part of a file that is compared.
std::string_view From(std::string_view content, std::string_view matters) {
  const std::size_t at = content.find(matters);
  return at == content.npos ? content : content.substr(at);
}

absl::Status Failure(const fs::path& path) {
  return absl::UnavailableError("write " + path.string() + ": " +
                                std::strerror(errno));
}

absl::Status Replace(const fs::path& path, std::string_view content) {
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  const fs::path fresh = path.parent_path() / kNew;
  std::ofstream stream(fresh, std::ios::binary | std::ios::trunc);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) return Failure(fresh);
  if (std::rename(fresh.c_str(), path.c_str()) != 0) return Failure(path);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Mirror> Mirror::Open(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) {
    return absl::PermissionDeniedError(directory.string() + ": " +
                                       error.message());
  }
  Mirror mirror;
  mirror.directory_ = directory;
  if (!fs::exists(directory / kList)) {
    if (!fs::is_empty(directory, error)) {
      return absl::FailedPreconditionError(
          directory.string() +
          " holds files that were not published from "
          "here; name an empty directory");
    }
    return mirror;
  }
  std::ifstream list(directory / kList);
  for (std::string line; std::getline(list, line);) {
    mirror.before_.insert(line);
  }
  return mirror;
}

absl::Status Mirror::Put(const std::string& path, std::string_view content,
                         std::string_view matters) {
  now_.insert(path);
  const fs::path place = directory_ / path;
  if (before_.contains(path) && fs::exists(place) &&
      From(ReadFile(place), matters) == From(content, matters)) {
    ++tally_.unchanged;
    return absl::OkStatus();
  }
  ++tally_.written;
  return Replace(place, content);
}

void Mirror::Keep(const std::string& path) {
  now_.insert(path);
  ++tally_.unchanged;
}

bool Mirror::Has(const std::string& path) const {
  return before_.contains(path) && fs::exists(directory_ / path);
}

std::string Mirror::Read(const std::string& path) const {
  return ReadFile(directory_ / path);
}

absl::Status Mirror::Finish() {
  std::string list;
  for (const std::string& path : now_) list += path + "\n";
  for (const std::string& path : before_) {
    if (now_.contains(path)) continue;
    std::error_code ignored;
    if (fs::remove(directory_ / path, ignored)) ++tally_.removed;
    // A directory that is not empty refuses.
    for (fs::path parent = fs::path(path).parent_path(); !parent.empty();
         parent = parent.parent_path()) {
      if (!fs::remove(directory_ / parent, ignored)) break;
    }
  }
  return Replace(directory_ / kList, list);
}

}  // namespace taster::serve
