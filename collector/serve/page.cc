// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/page.h"

#include <algorithm>

#include "collector/serve/filter_value.h"
#include "collector/serve/page_sections.h"
#include "proto/net/ip_address.h"

namespace taster::serve {
namespace {

constexpr std::size_t kLongestDomain = 1024;  // Escapes take four characters.
constexpr std::size_t kLongestWord = 128;
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz0123456789-";

bool IsAll(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == text.npos;
}

bool IsCountry(std::string_view text) {
  return text.size() == 2 && IsAll(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

bool IsAsn(std::string_view text) {
  return text.size() <= 10 && IsAll(text, "0123456789") &&
         (text == "0" || text[0] != '0');
}

bool IsWitness(std::string_view text) {
  return text.size() > 33 && text.size() <= 43 &&
         IsAll(text.substr(0, 32), "0123456789abcdef") && text[32] == '-' &&
         IsAll(text.substr(33), "0123456789");
}

bool IsShard(std::string_view text) {
  if (text == "__") return true;
  return text.size() == 2 && kLower.find(text[0]) != kLower.npos &&
         (text[1] == '_' || kLower.find(text[1]) != kLower.npos);
}

bool IsWord(std::string_view text) {
  return text.size() <= kLongestWord &&
         IsAll(text,
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
               "0123456789-_.:");
}

bool IsDomain(std::string_view text) {
  return !text.empty() && text.size() <= kLongestDomain &&
         text.find('/') == text.npos && CanonicalDomain(text) == text;
}

bool IsAddress(std::string_view text) {
  const auto address = net::IpAddress::Parse(text);
  return address && address->ToString() == text;
}

std::optional<std::vector<std::string>> ParseKey(KeyKind kind,
                                                 std::string_view text) {
  const std::size_t slash = text.find('/');
  bool is_key = false;
  switch (kind) {
    case KeyKind::kNone:
      return std::nullopt;
    case KeyKind::kNetwork:
      if (slash == text.npos || !IsCountry(text.substr(0, slash)) ||
          !IsAsn(text.substr(slash + 1))) {
        return std::nullopt;
      }
      return std::vector{std::string(text.substr(0, slash)),
                         std::string(text.substr(slash + 1))};
    case KeyKind::kDomain:
      is_key = IsDomain(text);
      break;
    case KeyKind::kCountry:
      is_key = IsCountry(text);
      break;
    case KeyKind::kAddress:
      is_key = IsAddress(text);
      break;
    case KeyKind::kWord:
      is_key = IsWord(text);
      break;
    case KeyKind::kShard:
      is_key = IsShard(text);
      break;
    case KeyKind::kWitness:
      is_key = IsWitness(text);
  }
  if (!is_key) return std::nullopt;
  return std::vector{std::string(text)};
}

}  // namespace

std::span<const PageKind> PageKinds() {
  static const PageKind kKinds[] = {
      {"overview", KeyKind::kNone, OverviewSections()},
      {"domain", KeyKind::kDomain, DomainSections()},
      {"network", KeyKind::kNetwork, NetworkSections()},
      {"network", KeyKind::kCountry, CountrySections()},
      {"address", KeyKind::kAddress, AddressSections()},
      {"injector", KeyKind::kWord, InjectorSections()},
      {"event", KeyKind::kWord, EventSections()},
      {"evidence", KeyKind::kWitness, EvidenceSections()},
      {"victims", KeyKind::kNone, VictimsSections()},
      {"injectors", KeyKind::kNone, InjectorsSections()},
      {"networks", KeyKind::kNone, NetworksSections()},
      {"controls", KeyKind::kNone, ControlsSections()},
      {"coverage", KeyKind::kNone, CoverageSections()},
      {"events", KeyKind::kNone, EventsSections()},
      {"search", KeyKind::kShard, SearchSections()},
      {"latest", KeyKind::kNone, LatestSections()},
      {"method", KeyKind::kNone, MethodSections()},
  };
  return kKinds;
}

std::string PageName::Key() const {
  std::string text;
  for (const std::string& part : key) {
    if (!text.empty()) text += '/';
    text += part;
  }
  return text;
}

std::string PageName::Path() const {
  const std::string text = Key();
  return std::string(kind->name) + (text.empty() ? "" : "/") + text;
}

std::optional<PageName> ParsePageName(std::string_view path) {
  const std::size_t slash = path.find('/');
  const std::string_view name = path.substr(0, slash);
  for (const PageKind& kind : PageKinds()) {
    if (kind.name != name) continue;
    if (slash == path.npos) {
      if (kind.key == KeyKind::kNone) return PageName{&kind, {}};
      continue;
    }
    if (auto key = ParseKey(kind.key, path.substr(slash + 1))) {
      return PageName{&kind, *std::move(key)};
    }
  }
  return std::nullopt;
}

std::string ShardOf(std::string_view domain) {
  const auto plain = [&](std::size_t i) {
    return i < domain.size() && kLower.find(domain[i]) != kLower.npos;
  };
  if (domain.size() == 1 && plain(0)) return std::string(domain) + "_";
  if (!plain(0) || !plain(1)) return "__";
  return std::string(domain.substr(0, 2));
}

}  // namespace taster::serve
