// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "collector/serve/feed.h"
#include "collector/serve/json_text.h"
#include "collector/serve/query_string.h"

namespace taster::serve {
namespace {

// Columns of FeedStatement.
enum : std::size_t { kId, kDay, kKind, kDomain, kSummary };

// XML 1.0 section 2.2: control characters may not stand in it at all.
void AppendXml(std::string_view text, std::string* xml) {
  for (const char c : text) {
    switch (c) {
      case '<':
        *xml += "&lt;";
        break;
      case '>':
        *xml += "&gt;";
        break;
      case '&':
        *xml += "&amp;";
        break;
      case '"':
        *xml += "&quot;";
        break;
      default:
        if (static_cast<std::uint8_t>(c) >= 0x20 || c == '\n') *xml += c;
    }
  }
}

std::string Element(std::string_view name, std::string_view text) {
  std::string xml = "<" + std::string(name) + ">";
  AppendXml(text, &xml);
  return xml + "</" + std::string(name) + ">\n";
}

std::string Link(std::string_view relation, std::string_view type,
                 std::string_view address) {
  std::string xml = "<link rel=\"" + std::string(relation) + "\" type=\"" +
                    std::string(type) + "\" href=\"";
  AppendXml(address, &xml);
  return xml + "\"/>\n";
}

std::string Cell(const store::TextTable& rows, std::size_t row,
                 std::size_t column) {
  return std::string(rows.at(row, column).value_or(""));
}

std::string TitleOf(const FeedName& feed) {
  if (feed.of == FeedOf::kAll) return "Taster: DNS poisoning, events";
  std::string key = feed.key;
  if (feed.of == FeedOf::kNetwork) key += " AS" + feed.asn;
  return "Taster: " + key;
}

// The way from a feed to the root, where nobody said where that is.
std::string Base(const FeedName& feed, const std::string& root) {
  if (!root.empty()) return root;
  std::string way = "../";
  for (const char c : feed.Path()) {
    if (c == '/') way += "../";
  }
  return way;
}

std::string SelfPath(const FeedName& feed) {
  return "feeds/" + PercentEncoded(feed.Path()) +
         (feed.is_atom ? ".atom" : ".json");
}

std::string EventPath(const std::string& id) {
  return "event/" + PercentEncoded(id) + "/";
}

std::string SummaryOf(const store::TextTable& rows, std::size_t row) {
  std::string summary = Cell(rows, row, kSummary);
  if (!summary.empty()) return summary;
  return Cell(rows, row, kKind) + " " + Cell(rows, row, kDomain);
}

// An event is of a day: it has no time of its own.
std::string DayTime(const std::string& day) { return day + "T00:00:00Z"; }

}  // namespace

std::string AtomFeed(const FeedName& feed, const store::TextTable& rows,
                     const Release& release, const std::string& root) {
  const std::string base = Base(feed, root);
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
  xml += Element("title", TitleOf(feed));
  xml += Element("id", "urn:taster:feed:" + PercentEncoded(feed.Path()));
  xml += Element("updated", DayTime(rows.size() == 0 ? "1970-01-01"
                                                     : Cell(rows, 0, kDay)));
  xml += Element("rights", release.licence + ", " + release.attribution);
  xml += "<author>" + Element("name", "Taster") + "</author>\n";
  xml += Link("self", "application/atom+xml", base + SelfPath(feed));
  xml += Link("alternate", "text/html", base);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string id = Cell(rows, row, kId);
    const std::string day = DayTime(Cell(rows, row, kDay));
    xml += "<entry>\n" + Element("title", SummaryOf(rows, row));
    xml += Element("id", "urn:taster:event:" + PercentEncoded(id));
    xml += Element("updated", day) + Element("published", day);
    xml += Link("alternate", "text/html", base + EventPath(id));
    xml += "<category term=\"";
    AppendXml(Cell(rows, row, kKind), &xml);
    xml += "\"/>\n" + Element("summary", SummaryOf(rows, row)) + "</entry>\n";
  }
  return xml + "</feed>\n";
}

std::string JsonFeed(const FeedName& feed, const store::TextTable& rows,
                     const Release& release, const std::string& root) {
  const std::string base = Base(feed, root);
  const auto member = [](std::string_view name, std::string_view text) {
    std::string json;
    AppendJsonText(name, &json);
    json += ':';
    AppendJsonText(text, &json);
    return json;
  };
  std::string json =
      "{" + member("version", "https://jsonfeed.org/version/1.1") + "," +
      member("title", TitleOf(feed)) + "," + member("home_page_url", base) +
      "," + member("feed_url", base + SelfPath(feed)) + "," +
      member("description", release.licence + ", " + release.attribution) +
      ",\"items\":[";
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string id = Cell(rows, row, kId);
    json += row == 0 ? "\n{" : ",\n{";
    json += member("id", "urn:taster:event:" + PercentEncoded(id)) + "," +
            member("url", base + EventPath(id)) + "," +
            member("title", SummaryOf(rows, row)) + "," +
            member("content_text", SummaryOf(rows, row)) + "," +
            member("date_published", DayTime(Cell(rows, row, kDay))) +
            ",\"tags\":[";
    AppendJsonText(Cell(rows, row, kKind), &json);
    json += "]}";
  }
  return json + "]}\n";
}

}  // namespace taster::serve
