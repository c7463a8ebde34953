// SPDX-License-Identifier: Apache-2.0
// A question to one view, and how it is read from a request.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "collector/serve/catalogue.h"
#include "collector/serve/filter.h"
#include "collector/serve/problem.h"
#include "proto/envelope/sign.h"

namespace taster::serve {

enum class Format : std::uint8_t { kJson, kCsv, kJsonLines };

struct ViewQuery {
  const View* view = nullptr;
  std::vector<Condition> conditions{};
  std::vector<std::size_t> columns{};  // In View::columns, as asked for.
  std::size_t limit = 100;
  bool descending = false;
  Format format = Format::kJson;
  // Values of the key that the page begins after; empty: at the beginning.
  std::vector<std::string> after{};
  std::string question{};  // What a cursor of it belongs to.
};

inline constexpr std::size_t kMostRows = 1000;

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

// `accept` is the request's Accept header; the parameter `format` goes before
// it. `view` must outlive the result.
std::variant<ViewQuery, Problem> ReadViewQuery(
    const View& view, const QueryParameters& parameters,
    std::string_view accept, const envelope::Secret& secret);

}  // namespace taster::serve
