// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/feed.h"

#include "collector/serve/page.h"

namespace taster::serve {
namespace {

// The same keys as pages have.
std::optional<FeedName> FromPage(std::string_view path) {
  if (path == "events") return FeedName{.of = FeedOf::kAll};
  std::string asked(path);
  constexpr std::string_view kVictim = "victim/";
  const bool is_victim = path.starts_with(kVictim);
  if (is_victim) {
    asked = "address/" + std::string(path.substr(kVictim.size()));
  }
  const auto page = ParsePageName(asked);
  if (!page) return std::nullopt;
  switch (page->kind->key) {
    case KeyKind::kDomain:
      return FeedName{.of = FeedOf::kDomain, .key = page->key[0]};
    case KeyKind::kCountry:
      return FeedName{.of = FeedOf::kCountry, .key = page->key[0]};
    case KeyKind::kNetwork:
      return FeedName{
          .of = FeedOf::kNetwork, .key = page->key[0], .asn = page->key[1]};
    case KeyKind::kAddress:
      if (!is_victim) return std::nullopt;
      return FeedName{.of = FeedOf::kVictim, .key = page->key[0]};
    default:
      return std::nullopt;
  }
}

std::string_view ConditionOf(FeedOf of) {
  switch (of) {
    case FeedOf::kAll:
      return "true";
    case FeedOf::kDomain:
      return "domain = $1";
    case FeedOf::kNetwork:
      return "country = $1 AND coalesce(asn, 0) = $2::bigint";
    case FeedOf::kCountry:
      return "country = $1";
    case FeedOf::kVictim:
      return "address = $1::inet";
  }
  return "false";
}

}  // namespace

std::string FeedName::Path() const {
  switch (of) {
    case FeedOf::kAll:
      return "events";
    case FeedOf::kDomain:
      return "domain/" + key;
    case FeedOf::kNetwork:
      return "network/" + key + "/" + asn;
    case FeedOf::kCountry:
      return "network/" + key;
    case FeedOf::kVictim:
      return "victim/" + key;
  }
  return "";
}

std::optional<FeedName> ParseFeedName(std::string_view path) {
  const bool is_atom = path.ends_with(".atom");
  if (!is_atom && !path.ends_with(".json")) return std::nullopt;
  path.remove_suffix(5);
  auto feed = FromPage(path);
  if (feed) feed->is_atom = is_atom;
  return feed;
}

Statement FeedStatement(const FeedName& feed) {
  Statement statement;
  statement.sql =
      "SELECT event_id, day, kind, domain, summary FROM pub.event WHERE ";
  statement.sql += ConditionOf(feed.of);
  statement.sql += " ORDER BY day DESC, event_id DESC LIMIT 100";
  if (feed.of != FeedOf::kAll) statement.parameters.emplace_back(feed.key);
  if (feed.of == FeedOf::kNetwork) statement.parameters.emplace_back(feed.asn);
  return statement;
}

}  // namespace taster::serve
