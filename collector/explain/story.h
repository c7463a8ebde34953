// SPDX-License-Identifier: Apache-2.0
// One measurement as a page that can be quoted and checked: what was asked,
// what came, what free networks say, what follows and from which evidence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "collector/judge/case.h"
#include "collector/judge/verdict.h"

namespace taster::explain {

// References outlive the value.
struct Told {
  const judge::Case& set;
  const judge::SetVerdict& verdict;  // Of that set.
  std::size_t index = 0;             // Of the measurement within the set.
  std::string when;                  // "2026-11-22 10:11:12 UTC".
  // Who an AS is; may be empty, and may answer with nothing.
  std::function<std::string_view(std::uint32_t)> owner;
};

// Paragraphs of at most 78 columns, plain UTF-8. Names and addresses are those
// of the evidence; nothing is said that the verdict does not rest on.
std::string Story(const Told& told);

}  // namespace taster::explain
