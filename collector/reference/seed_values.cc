// SPDX-License-Identifier: Apache-2.0
// Parses the fields of the seed files.
#include "collector/reference/seed_values.h"

#include <charconv>

#include "collector/reference/day.h"

namespace taster::reference {
namespace {

std::optional<std::chrono::sys_days> TakeDay(CsvRow* row) {
  const std::string& text = row->Next();
  if (text.empty()) return {};
  const auto day = ParseDay(text);
  if (!day) row->Refuse("a day such as 2024-09-06");
  return day;
}

}  // namespace

std::optional<std::uint32_t> ParseNumber(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return {};
  return number;
}

std::string TakeText(CsvRow* row) {
  std::string text = row->Next();
  if (text.empty()) row->Refuse("a text");
  return text;
}

bool TakeBool(CsvRow* row) {
  const auto value = TakeOptionalBool(row);
  if (!value) row->Refuse("true or false");
  return value.value_or(false);
}

std::optional<bool> TakeOptionalBool(CsvRow* row) {
  const std::string& text = row->Next();
  if (text == "true") return true;
  if (text == "false") return false;
  if (!text.empty()) row->Refuse("true or false");
  return {};
}

std::uint32_t TakeNumber(CsvRow* row) {
  const auto value = TakeOptionalNumber(row);
  if (!value) row->Refuse("a number");
  return value.value_or(0);
}

std::optional<std::uint32_t> TakeOptionalNumber(CsvRow* row) {
  const std::string& text = row->Next();
  if (text.empty()) return {};
  const auto number = ParseNumber(text);
  if (!number) row->Refuse("a number");
  return number;
}

net::IpAddress TakeAddress(CsvRow* row) {
  const auto address = net::IpAddress::Parse(row->Next());
  if (!address) row->Refuse("an address");
  return address.value_or(net::IpAddress());
}

Days TakeDays(CsvRow* row) {
  Days days;
  days.since = TakeDay(row);
  days.until = TakeDay(row);
  return days;
}

std::vector<std::string> TakeList(CsvRow* row) {
  std::vector<std::string> list;
  std::string_view rest = row->Next();
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    list.emplace_back(rest.substr(0, end));
    if (list.back().empty()) row->Refuse("a list of ids");
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return list;
}

}  // namespace taster::reference
