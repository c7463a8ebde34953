// SPDX-License-Identifier: Apache-2.0
#include "collector/reference/listed.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "proto/dns/name.h"

namespace taster::reference {
namespace {

constexpr std::string_view kAlias = "cname:";

constexpr std::array kMechanisms = {
    judge::Mechanism::kOnPathInjection, judge::Mechanism::kResolverLying,
    judge::Mechanism::kSafeSearch, judge::Mechanism::kSecurityProduct,
    judge::Mechanism::kNxdomainRewritten};

absl::Status Contradiction(const std::string& what) {
  return absl::InvalidArgumentError("reference rows: " + what);
}

absl::Status Check(const ListedRow& row,
                   const std::set<std::string>& injectors) {
  const std::string whose = row.answer + " of list " + row.list_id;
  if (row.list_id.empty()) return Contradiction(whose + ": no list");
  if (!ParseAnswer(row.answer)) return Contradiction(whose + ": no answer");
  const auto mechanism = ParseMechanism(row.mechanism);
  if (!mechanism) return Contradiction(whose + ": no mechanism of a list");
  if (!row.injector_id.empty() && !injectors.contains(row.injector_id)) {
    return Contradiction(whose + " names an unknown injector " +
                         row.injector_id);
  }
  if (!std::ranges::all_of(row.countries, IsCountry)) {
    return Contradiction(whose + ": not a country code");
  }
  if (*mechanism == judge::Mechanism::kOnPathInjection &&
      row.countries.empty()) {
    return Contradiction(whose + ": an injection without a country");
  }
  if (row.days.since && row.days.until && *row.days.since >= *row.days.until) {
    return Contradiction(whose + ": since is not before until");
  }
  return absl::OkStatus();
}

judge::ListedAnswer ListedOf(const ListedRow& row) {
  return {.list = row.list_id,
          .mechanism = *ParseMechanism(row.mechanism),
          .injector = row.injector_id,
          .countries = row.countries,
          .since = row.days.since.value_or(std::chrono::sys_days::min()),
          .until = row.days.until.value_or(std::chrono::sys_days::max())};
}

absl::Status AddAnswers(const SeedRows& rows, judge::Reference* reference) {
  std::set<std::string> injectors;
  for (const InjectorRow& row : rows.injectors) {
    injectors.insert(row.injector_id);
  }
  std::set<std::pair<Answer, std::string>> known;
  for (const ListedRow& row : rows.listed) {
    if (auto sound = Check(row, injectors); !sound.ok()) return sound;
    const Answer answer = *ParseAnswer(row.answer);
    if (!known.emplace(answer, row.list_id).second) {
      return Contradiction(row.answer + " stands twice in " + row.list_id);
    }
    if (const auto* address = std::get_if<net::IpAddress>(&answer)) {
      reference->listed[*address].push_back(ListedOf(row));
    } else {
      reference->listed_aliases[std::get<std::string>(answer)].push_back(
          ListedOf(row));
    }
  }
  return absl::OkStatus();
}

absl::Status AddResolvers(const SeedRows& rows, judge::Reference* reference) {
  for (const ResolverRow& row : rows.resolvers) {
    const std::string name = "resolver " + row.address.ToString();
    if (!IsCountry(row.country)) {
      return Contradiction(name + ": not a country code");
    }
    if (!reference->resolver_country.emplace(row.address, row.country).second) {
      return Contradiction(name + " is listed twice");
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::optional<Answer> ParseAnswer(std::string_view text) {
  if (const auto address = net::IpAddress::Parse(text)) {
    return address->Unmapped();
  }
  if (!text.starts_with(kAlias) || !text.ends_with('.')) return {};
  const auto name = dns::Name::Parse(text.substr(kAlias.size()));
  if (!name) return {};
  return name->ToText();
}

std::optional<judge::Mechanism> ParseMechanism(std::string_view text) {
  for (const judge::Mechanism mechanism : kMechanisms) {
    if (judge::ToString(mechanism) == text) return mechanism;
  }
  return {};
}

bool IsCountry(std::string_view text) {
  return text.size() == 2 &&
         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

absl::Status AddListed(const SeedRows& rows, judge::Reference* reference) {
  for (const InjectorRow& row : rows.injectors) {
    if (row.country.empty()) continue;
    if (!IsCountry(row.country)) {
      return Contradiction("injector " + row.injector_id +
                           ": not a country code");
    }
    reference->injector_country[row.injector_id] = row.country;
  }
  if (auto added = AddAnswers(rows, reference); !added.ok()) return added;
  return AddResolvers(rows, reference);
}

}  // namespace taster::reference
