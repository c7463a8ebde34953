// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/site.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "collector/serve/exchange.h"
#include "collector/serve/page.h"

namespace taster::serve {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{64} << 20;

struct Ending {
  std::string_view text;
  std::string_view type;
};
constexpr Ending kEndings[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
};

std::string TypeOf(std::string_view path) {
  for (const Ending& ending : kEndings) {
    if (path.ends_with(ending.text)) return std::string(ending.type);
  }
  return "application/octet-stream";
}

std::string WithRoot(std::string shell, std::string_view path) {
  constexpr std::string_view kMark = "@ROOT@";
  const std::string way = WayToRoot(path);
  for (std::size_t at = shell.find(kMark); at != shell.npos;
       at = shell.find(kMark, at + way.size())) {
    shell.replace(at, kMark.size(), way);
  }
  return shell;
}

}  // namespace

absl::StatusOr<Site> Site::Load(const fs::path& directory) {
  Site site;
  std::size_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator each(directory, error), end;
       !error && each != end; each.increment(error)) {
    if (each->is_symlink(error) || !each->is_regular_file(error)) continue;
    std::ifstream stream(each->path(), std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(stream), {}};
    bytes += content.size();
    if (bytes > kMostBytes) {
      return absl::InvalidArgumentError("--site: more than 64 MiB");
    }
    const std::string path =
        "/" + each->path().lexically_relative(directory).generic_string();
    if (path == "/index.html") {
      site.index_ = std::move(content);
    } else if (path == "/404.html") {
      site.not_found_ = std::move(content);
    } else {
      std::string etag = EtagOf(content);
      site.files_[path] = {TypeOf(path), std::move(content), std::move(etag)};
    }
  }
  if (error) return absl::NotFoundError("--site: " + error.message());
  if (site.index_.empty()) {
    return absl::NotFoundError("--site: no index.html in " +
                               directory.string());
  }
  if (site.not_found_.empty()) site.not_found_ = site.index_;
  return site;
}

const SiteFile* Site::Find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::string Site::Shell(std::string_view path) const {
  return WithRoot(index_, path);
}

std::string Site::NotFoundShell(std::string_view path) const {
  return WithRoot(not_found_, path);
}

std::string WayToRoot(std::string_view path) {
  const auto depth = std::count(path.begin(), path.end(), '/') - 1;
  if (depth <= 0) return "./";
  std::string way;
  for (auto i = depth; i > 0; --i) way += "../";
  return way;
}

bool IsPageUrl(std::string_view path) {
  if (path == "/" || path == "/data/") return true;
  if (!path.starts_with('/') || !path.ends_with('/')) return false;
  const auto page = ParsePageName(path.substr(1, path.size() - 2));
  return page && page->kind->name != "overview" &&
         page->kind->name != "search" && page->kind->name != "latest";
}

}  // namespace taster::serve
