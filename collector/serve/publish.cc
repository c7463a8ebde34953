// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/publish.h"

#include <charconv>

#include "collector/serve/openapi.h"
#include "collector/serve/publish_parts.h"

namespace taster::serve {
namespace {

absl::Status CheckFloor(const Release& release) {
  int floor = 0;
  std::from_chars(release.floor.data(),
                  release.floor.data() + release.floor.size(), floor);
  if (floor >= kLeastFloor) return absl::OkStatus();
  return absl::PermissionDeniedError(
      "--floor-check: cells of " + release.floor +
      " probes are published; raise the floor to 5 first");
}

absl::Status PublishSite(const Publication& publication) {
  if (publication.site == nullptr) return absl::OkStatus();
  Mirror& mirror = publication.mirror;
  for (const auto& [path, file] : publication.site->files()) {
    if (auto status = mirror.Put(path.substr(1), file.content); !status.ok()) {
      return status;
    }
  }
  for (const char* path : {"/", "/data/"}) {
    const absl::Status status =
        mirror.Put(std::string(path).substr(1) + "index.html",
                   publication.site->Shell(path));
    if (!status.ok()) return status;
  }
  return mirror.Put("404.html", publication.site->NotFoundShell("/"));
}

absl::Status PublishCatalogue(const Publication& publication,
                              const Catalogue& catalogue) {
  const absl::Status status =
      publication.mirror.Put("api/v1/index.json", ViewsJson(catalogue));
  if (!status.ok()) return status;
  const View* cell = catalogue.Find("cell");
  if (cell == nullptr) return absl::OkStatus();
  return PublishExports(publication, *cell);
}

absl::Status PublishAll(const Publication& publication) {
  std::vector<PageName> with_feeds;
  for (const PageKind& kind : PageKinds()) {
    const auto pages = ListPages(kind, publication.reader);
    if (!pages.ok()) return pages.status();
    if (auto status = PublishPages(publication, kind, *pages); !status.ok()) {
      return status;
    }
    with_feeds.insert(with_feeds.end(), pages->begin(), pages->end());
    publication.on_progress(std::string(kind.name) + ": " +
                            std::to_string(pages->size()) + " pages");
  }
  if (auto status = PublishFeeds(publication, with_feeds); !status.ok()) {
    return status;
  }
  if (auto status = PublishSite(publication); !status.ok()) return status;
  const auto rows = publication.reader.Read(kCatalogueSql, {});
  if (!rows.ok()) return rows.status();
  return PublishCatalogue(publication, Catalogue::From(*rows));
}

}  // namespace

absl::StatusOr<MirrorTally> Publish(const std::filesystem::path& directory,
                                    const PublishEdges& edges) {
  auto mirror = Mirror::Open(directory);
  if (!mirror.ok()) return mirror.status();
  const auto say = [&edges](const std::string& line) {
    if (edges.on_progress) edges.on_progress(line);
  };
  const absl::Status status = edges.pool->With([&](store::PubReader& reader) {
    return reader.Snapshot([&]() -> absl::Status {
      const auto rows = reader.Read(kReleaseSql, {});
      if (!rows.ok()) return rows.status();
      const Release release = ReadRelease(*rows);
      if (edges.check_floor) {
        if (auto checked = CheckFloor(release); !checked.ok()) return checked;
      }
      return PublishAll({.reader = reader,
                         .mirror = *mirror,
                         .release = release,
                         .site = edges.site.get(),
                         .public_url = edges.public_url,
                         .on_progress = say});
    });
  });
  if (!status.ok()) return status;
  if (auto finished = mirror->Finish(); !finished.ok()) return finished;
  return mirror->tally();
}

}  // namespace taster::serve
