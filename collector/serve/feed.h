// SPDX-License-Identifier: Apache-2.0
// Events as Atom (RFC 4287) and JSON Feed 1.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collector/serve/release.h"
#include "collector/serve/select.h"
#include "collector/store/text_table.h"

namespace taster::serve {

enum class FeedOf : std::uint8_t { kAll, kDomain, kNetwork, kCountry, kVictim };

struct FeedName {
  FeedOf of = FeedOf::kAll;
  std::string key{};    // A domain, a country or an address.
  std::string asn{};    // Only of a network.
  bool is_atom = true;  // Else JSON Feed.

  // "domain/example.com", "events".
  std::string Path() const;
};

// From "events.atom", "domain/example.com.json", "network/CN/4134.atom",
// "victim/192.0.2.1.json". nullopt: there is no such feed.
std::optional<FeedName> ParseFeedName(std::string_view path);

// The latest 100 events of it.
Statement FeedStatement(const FeedName& feed);

// `rows` are of FeedStatement's statement, or have the same columns. `root` as
// WebOptions::public_url.
std::string AtomFeed(const FeedName& feed, const store::TextTable& rows,
                     const Release& release, const std::string& root);
std::string JsonFeed(const FeedName& feed, const store::TextTable& rows,
                     const Release& release, const std::string& root);

}  // namespace taster::serve
