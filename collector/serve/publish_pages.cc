// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "collector/serve/document.h"
#include "collector/serve/publish_parts.h"

namespace taster::serve {
namespace {

// Documents rendered by one round of statements: more only need memory.
constexpr std::size_t kAtOnce = 100;
constexpr std::size_t kLongestName = 240;  // Of a file, with its ending.

// Keys of all pages of a kind, in columns.
std::string_view KeysSql(const PageKind& kind) {
  switch (kind.key) {
    case KeyKind::kNone:
      return "";
    case KeyKind::kDomain:
    case KeyKind::kShard:
      return "SELECT domain FROM pub.domain ORDER BY domain";
    case KeyKind::kNetwork:
      return "SELECT country, coalesce(asn, 0) FROM pub.network "
             "ORDER BY country, asn";
    case KeyKind::kCountry:
      return "SELECT country FROM pub.country ORDER BY country";
    case KeyKind::kAddress:
      return "SELECT address FROM pub.forged_address ORDER BY address";
    case KeyKind::kWitness:
      return "SELECT witness FROM pub.evidence ORDER BY witness";
    case KeyKind::kWord:
      return kind.name == "injector"
                 ? "SELECT injector_id FROM pub.injector ORDER BY injector_id"
                 : "SELECT event_id FROM pub.event ORDER BY event_id";
  }
  return "";
}

std::vector<std::string> ReadKey(const PageKind& kind,
                                 const store::TextTable& rows,
                                 std::size_t row) {
  std::vector<std::string> key;
  for (std::size_t i = 0; i < rows.columns().size(); ++i) {
    key.emplace_back(rows.at(row, i).value_or(""));
  }
  if (kind.key == KeyKind::kShard) key[0] = ShardOf(key[0]);
  return key;
}

bool FitsAPath(const PageName& page) {
  const auto parsed = ParsePageName(page.Path());
  return parsed && parsed->key == page.key && page.key[0] != "." &&
         page.key[0] != ".." && page.key[0].size() <= kLongestName;
}

}  // namespace

absl::StatusOr<std::vector<PageName>> ListPages(const PageKind& kind,
                                                store::PubReader& reader) {
  if (kind.key == KeyKind::kNone) return std::vector{PageName{&kind, {}}};
  const auto rows = reader.Read(std::string(KeysSql(kind)), {});
  if (!rows.ok()) return rows.status();
  std::vector<PageName> pages;
  std::set<std::vector<std::string>> seen;
  for (std::size_t row = 0; row < rows->size(); ++row) {
    PageName page{&kind, ReadKey(kind, *rows, row)};
    if (FitsAPath(page) && seen.insert(page.key).second) {
      pages.push_back(std::move(page));
    }
  }
  return pages;
}

absl::Status PublishPages(const Publication& publication, const PageKind& kind,
                          const std::vector<PageName>& pages) {
  for (std::size_t begin = 0; begin < pages.size(); begin += kAtOnce) {
    const std::size_t end = std::min(begin + kAtOnce, pages.size());
    const std::vector<PageName> some(
        pages.begin() + static_cast<std::ptrdiff_t>(begin),
        pages.begin() + static_cast<std::ptrdiff_t>(end));
    const auto documents =
        RenderDocuments(kind, some, publication.release, publication.reader);
    if (!documents.ok()) return documents.status();
    for (std::size_t i = 0; i < some.size(); ++i) {
      if ((*documents)[i].empty()) continue;
      const std::string path = some[i].Path();
      // Of a document that says the same as before, what it says of itself
      // stays as old as that is.
      absl::Status status = publication.mirror.Put(
          "data/v1/" + path + ".json", (*documents)[i], "\"sections\":");
      const std::string url = "/" + path + "/";
      if (status.ok() && publication.site != nullptr && IsPageUrl(url)) {
        status = publication.mirror.Put(path + "/index.html",
                                        publication.site->Shell(url));
      }
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace taster::serve
