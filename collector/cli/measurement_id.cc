// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/measurement_id.h"

#include <algorithm>
#include <charconv>

#include "proto/envelope/sign.h"

namespace taster::cli {
namespace {

template <typename T>
bool ParseWhole(std::string_view text, T* value) {
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, *value);
  return !text.empty() && parsed.ec == std::errc() && parsed.ptr == end;
}

}  // namespace

std::optional<MeasurementId> ParseMeasurementId(std::string_view text) {
  const std::size_t first = text.find('/');
  const std::size_t last = text.rfind('/');
  if (first == std::string_view::npos || first == last) return {};
  std::string hex(text.substr(first + 1, last - first - 1));
  std::erase(hex, '-');
  MeasurementId id;
  if (!ParseWhole(text.substr(0, first), &id.batch.vantage_id) ||
      !envelope::FromHex(hex, id.batch.batch_id.bytes) ||
      !ParseWhole(text.substr(last + 1), &id.ordinal)) {
    return {};
  }
  return id;
}

std::string ToText(const MeasurementId& id) {
  return std::to_string(id.batch.vantage_id) + "/" +
         envelope::ToHex(id.batch.batch_id.bytes) + "/" +
         std::to_string(id.ordinal);
}

}  // namespace taster::cli
