// SPDX-License-Identifier: Apache-2.0
// The documents behind pages: which sections each has, and where the rows of a
// section come from.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace taster::serve {

// SQL over pub. $1 is the last day of the release, as text; @1 and @2 stand for
// the parts of the page's key, as text; <poisoned> for the classes that say so;
// <cell> for all columns of that view (page_columns.h). Without `sql` the
// section is made here.
struct Section {
  std::string_view name;
  std::string_view sql;
};

enum class KeyKind : std::uint8_t {
  kNone,
  kDomain,
  kCountry,
  kNetwork,  // CC/ASN
  kAddress,
  kWord,    // Injector, event.
  kShard,   // First two characters of names.
  kWitness  // <32 hex>-<ordinal>
};

struct PageKind {
  std::string_view name;
  KeyKind key = KeyKind::kNone;
  // Of a page with a key the first section is empty when there is no such
  // thing.
  std::span<const Section> sections;
};

// A page that is asked for. The kind outlives it.
struct PageName {
  const PageKind* kind = nullptr;
  std::vector<std::string> key;  // As many parts as the kind has.

  // "domain/example.com", "overview".
  std::string Path() const;
  // "example.com", "CN/4134", "".
  std::string Key() const;
};

// All kinds. Lives as long as the program.
std::span<const PageKind> PageKinds();

// From "domain/example.com". nullopt: there is no such kind of page, or the
// key is not in the one form in which it is written.
std::optional<PageName> ParsePageName(std::string_view path);

// Where ".../domain/XX" of the search index has a name: its first two
// characters, "c_" for a name of one, "__" beside [a-z0-9-].
std::string ShardOf(std::string_view domain);

}  // namespace taster::serve
