// SPDX-License-Identifier: Apache-2.0
// The parts of a publication. Each reads what it needs and puts its files.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/serve/catalogue.h"
#include "collector/serve/mirror.h"
#include "collector/serve/page.h"
#include "collector/serve/release.h"
#include "collector/serve/site.h"
#include "collector/store/pub_reader.h"

namespace taster::serve {

struct Publication {
  store::PubReader& reader;  // In a snapshot.
  Mirror& mirror;
  const Release& release;
  const Site* site = nullptr;
  const std::string& public_url;
  std::function<void(const std::string&)> on_progress;
};

// Every page of a kind that there is something for. A key that cannot stand in
// a path is left out.
absl::StatusOr<std::vector<PageName>> ListPages(const PageKind& kind,
                                                store::PubReader& reader);

// Documents of `pages` and their shells.
absl::Status PublishPages(const Publication& publication, const PageKind& kind,
                          const std::vector<PageName>& pages);

// Feeds of all, and of each page that has one.
absl::Status PublishFeeds(const Publication& publication,
                          const std::vector<PageName>& pages);

// export/DAY/cell.csv.gz, cell.jsonl.gz, SHA256SUMS and datapackage.json of
// every day, and export/index.json. A day that has not been rolled up again
// since is kept.
absl::Status PublishExports(const Publication& publication, const View& cell);

}  // namespace taster::serve
