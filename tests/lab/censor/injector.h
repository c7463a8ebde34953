// SPDX-License-Identifier: Apache-2.0
// Names of the simulated injectors and of the groups of names they forge.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace taster::lab {

enum class Injector : std::uint8_t { kGfw1, kGfw2, kGfw3, kStatic };

// Which injectors answer for a name, and from which pools. Groups as measured
// in China in September 2024.
enum class Group : std::uint8_t {
  kMainBoth,    // Injectors 2 and 3; AAAA from both.
  kMainTeredo,  // Injectors 2 and 3; AAAA from injector 2 alone.
  kMainFace,    // Injector 3 alone.
  kP20,         // Injector 2, its slice of twenty addresses.
  kLegacy,      // Injector 2, addresses known since before 2012.
  kS10,         // Injector 2, ten addresses outside the main pool.
  kDrop,        // The query is swallowed; nobody answers.
};

constexpr std::string_view NameOf(Injector injector) {
  switch (injector) {
    case Injector::kGfw1:
      return "gfw-1";
    case Injector::kGfw2:
      return "gfw-2";
    case Injector::kGfw3:
      return "gfw-3";
    case Injector::kStatic:
      return "static";
  }
  return "";
}

// nullopt: no such group.
constexpr std::optional<Group> GroupNamed(std::string_view name) {
  if (name == "main_both") return Group::kMainBoth;
  if (name == "main_teredo") return Group::kMainTeredo;
  if (name == "main_face") return Group::kMainFace;
  if (name == "p20") return Group::kP20;
  if (name == "legacy") return Group::kLegacy;
  if (name == "s10") return Group::kS10;
  if (name == "drop") return Group::kDrop;
  return std::nullopt;
}

// The groups with pools of their own, served by injector 2 alone.
constexpr bool IsSmall(Group group) {
  return group == Group::kP20 || group == Group::kLegacy ||
         group == Group::kS10;
}

}  // namespace taster::lab
