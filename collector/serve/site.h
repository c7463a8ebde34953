// SPDX-License-Identifier: Apache-2.0
// The built pages: one shell for every page, and the assets it wants.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace taster::serve {

struct SiteFile {
  std::string type;  // Of its content, by its name's end.
  std::string content;
  std::string etag;
};

// Read once, held in memory: no request ever reaches the file system.
class Site {
 public:
  // `directory` has index.html, 404.html and assets/. NotFound without
  // index.html; InvalidArgument when it is larger than 64 MiB in all. Links are
  // passed over.
  static absl::StatusOr<Site> Load(const std::filesystem::path& directory);

  // "/assets/app-1a2b.js"; nullptr: none.
  const SiteFile* Find(std::string_view path) const;
  // Every file but index.html and 404.html, by path.
  const std::map<std::string, SiteFile, std::less<>>& files() const {
    return files_;
  }
  // The shell for `path`, with @ROOT@ replaced by the way from there to the
  // root.
  std::string Shell(std::string_view path) const;
  std::string NotFoundShell(std::string_view path) const;

 private:
  std::string index_;
  std::string not_found_;
  std::map<std::string, SiteFile, std::less<>> files_;
};

// "./" for "/", "../../" for "/domain/example.com/".
std::string WayToRoot(std::string_view path);

// Whether the shell stands at `path`: "/", "/domain/example.com/", "/data/".
// It need not be known whether there is anything under that name.
bool IsPageUrl(std::string_view path);

}  // namespace taster::serve
