// SPDX-License-Identifier: Apache-2.0
// Reads what stands behind the two addresses, and keeps ranges disjoint.
#include "collector/reference/range_csv.h"

#include <charconv>
#include <optional>

#include "collector/reference/networks.h"
#include "collector/reference/settled_ranges.h"

namespace taster::reference {
namespace {

using judge::RangeFault;

std::string TextOf(RangeFault fault) {
  switch (fault) {
    case RangeFault::kNone:
      return {};
    case RangeFault::kTwoFamilies:
      return "the addresses are not of one family";
    case RangeFault::kEndsBeforeIt:
      return "the last address is before the first";
    case RangeFault::kOverlaps:
      return "overlaps a line before";
    case RangeFault::kUnsorted:
      return "starts before the line before";
  }
  return {};
}

// What a line says of its range; or why it says nothing.
struct Label {
  std::uint32_t number = 0;
  std::string fault;
};

// Whether `field` is one whole field of a line (RFC 4180).
bool IsField(std::string_view field) {
  if (!field.starts_with('"')) {
    return field.find_first_of("\",") == std::string_view::npos;
  }
  if (field.size() < 2 || !field.ends_with('"')) return false;
  const std::string_view inside = field.substr(1, field.size() - 2);
  for (std::size_t at = 0; (at = inside.find('"', at)) < inside.size();) {
    if (inside.substr(at + 1, 1) != "\"") return false;
    at += 2;
  }
  return true;
}

// What a field holds. REQUIRES: IsField(field).
std::string Unquote(std::string_view field) {
  if (!field.starts_with('"')) return std::string(field);
  std::string held;
  for (std::size_t at = 1; at + 1 < field.size(); ++at) {
    held += field[at];
    if (field[at] == '"') ++at;
  }
  return held;
}

Label ReadOrigin(const RangeLine& line, RangeTable* into) {
  const judge::AddressRange& range = line.range;
  std::string_view rest = line.rest;
  Label label;
  const char* const end = rest.data() + rest.size();
  const auto read = std::from_chars(rest.data(), end, label.number);
  if (read.ec != std::errc()) return {0, "column 3: not an AS number"};
  if (read.ptr == end) return {0, "fewer than 4 columns"};
  if (*read.ptr != ',') return {0, "column 3: not an AS number"};
  rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()) + 1);
  if (!IsField(rest)) {
    return {0, "column 4: quotes do not match, or more than 4 columns"};
  }
  const auto [owner, is_new] = into->owners.try_emplace(label.number);
  if (is_new && label.number != 0) owner->second = Unquote(rest);
  into->subnets.Note(range, label.number);
  return label;
}

Label ReadCountry(const RangeLine& line, RangeTable* /*into*/) {
  const std::string_view rest = line.rest;
  const std::uint32_t number = CountryNumber(rest);
  if (number == 0 && rest != "ZZ") {
    return {0, "column 3: not a country, or more than 3 columns"};
  }
  return {number, {}};
}

absl::Status Malformed(const RangeText& file, std::size_t line,
                       const std::string& why) {
  return absl::InvalidArgumentError(file.name + ":" + std::to_string(line) +
                                    ": " + why);
}

template <typename ReadLabel>
absl::Status ReadRanges(const RangeText& file, ReadLabel read_label,
                        RangeTable* into) {
  RangeScanner scanner(file.text, file.family, file.form);
  SettledRanges settled(&into->ranges);
  std::size_t first_dispute = 0;  // Its line.
  while (const auto line = scanner.Next()) {
    const Label label = read_label(*line, into);
    std::string fault = label.fault;
    if (fault.empty()) fault = TextOf(settled.Add(line->range, label.number));
    if (!fault.empty()) return Malformed(file, scanner.line(), fault);
    if (settled.disputes() > 0 && first_dispute == 0) {
      first_dispute = scanner.line();
    }
  }
  if (!scanner.fault().empty()) {
    return Malformed(file, scanner.line(), scanner.fault());
  }
  if (scanner.line() == 0) return Malformed(file, 1, "empty file");
  if (settled.disputes() > scanner.line() / kLinesADispute) {
    return Malformed(file, first_dispute, TextOf(RangeFault::kOverlaps));
  }
  into->disputes += settled.disputes();
  const std::string fault = TextOf(settled.Finish());
  if (!fault.empty()) return Malformed(file, scanner.line(), fault);
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadOrigins(const RangeText& file, RangeTable* into) {
  return ReadRanges(file, ReadOrigin, into);
}

absl::Status ReadCountries(const RangeText& file, RangeTable* into) {
  return ReadRanges(file, ReadCountry, into);
}

}  // namespace taster::reference
