// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "collector/serve/feed.h"
#include "collector/serve/publish_parts.h"

namespace taster::serve {
namespace {

constexpr std::size_t kMostEntries = 100;

// The columns of a feed first, then those that say whose feeds it is in.
constexpr char kEventsSql[] = R"sql(
SELECT event_id, day, kind, domain, summary, country, coalesce(asn, 0),
    address
FROM pub.event
ORDER BY day DESC, event_id DESC
)sql";
enum : std::size_t {
  kDomain = 3,
  kFeedColumns = 5,
  kCountry = 5,
  kAsn,
  kAddress
};

// Feed's path to the rows of its events.
using RowsOf = std::map<std::string, std::vector<std::size_t>>;

RowsOf Sort(const store::TextTable& events) {
  RowsOf rows;
  const auto add = [&](const std::string& path, std::size_t row) {
    std::vector<std::size_t>& listed = rows[path];
    if (listed.size() < kMostEntries) listed.push_back(row);
  };
  for (std::size_t row = 0; row < events.size(); ++row) {
    add("events", row);
    const auto text = [&](std::size_t column) {
      return std::string(events.at(row, column).value_or(""));
    };
    if (!text(kDomain).empty()) add("domain/" + text(kDomain), row);
    if (!text(kAddress).empty()) add("victim/" + text(kAddress), row);
    if (!text(kCountry).empty()) {
      add("network/" + text(kCountry), row);
      add("network/" + text(kCountry) + "/" + text(kAsn), row);
    }
  }
  return rows;
}

store::TextTable Part(const store::TextTable& events,
                      const std::vector<std::size_t>& rows) {
  std::vector<store::TableColumn> columns(
      events.columns().begin(), events.columns().begin() + kFeedColumns);
  store::TextTable part(std::move(columns));
  for (const std::size_t row : rows) {
    for (std::size_t i = 0; i < kFeedColumns; ++i) {
      part.Append(events.at(row, i));
    }
  }
  return part;
}

// "" for a page without a feed.
std::string FeedPathOf(const PageName& page) {
  switch (page.kind->key) {
    case KeyKind::kDomain:
    case KeyKind::kNetwork:
    case KeyKind::kCountry:
      return page.Path();
    case KeyKind::kAddress:
      return "victim/" + page.Key();
    default:
      return page.kind->name == "overview" ? "events" : "";
  }
}

}  // namespace

absl::Status PublishFeeds(const Publication& publication,
                          const std::vector<PageName>& pages) {
  const auto events = publication.reader.Read(kEventsSql, {});
  if (!events.ok()) return events.status();
  RowsOf rows = Sort(*events);
  for (const PageName& page : pages) {
    const std::string path = FeedPathOf(page);
    auto feed = ParseFeedName(path + ".atom");
    if (path.empty() || !feed) continue;
    const store::TextTable part = Part(*events, rows[path]);
    absl::Status status = publication.mirror.Put(
        "feeds/" + path + ".atom",
        AtomFeed(*feed, part, publication.release, publication.public_url));
    feed->is_atom = false;
    status.Update(publication.mirror.Put(
        "feeds/" + path + ".json",
        JsonFeed(*feed, part, publication.release, publication.public_url)));
    if (!status.ok()) return status;
  }
  publication.on_progress("feeds: " + std::to_string(rows.size()));
  return absl::OkStatus();
}

}  // namespace taster::serve
