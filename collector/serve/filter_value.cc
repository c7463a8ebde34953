// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/filter_value.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "collector/reference/day.h"
#include "collector/reference/unicode_name.h"
#include "proto/net/ip_address.h"
#include "proto/net/ip_prefix.h"

namespace taster::serve {
namespace {

using store::ValueType;

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// Decimal, within the column's width.
std::optional<std::string> ReadInteger(const Column& column,
                                       std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  if (column.sql_type == "smallint") {
    most = std::numeric_limits<std::int16_t>::max();
  } else if (column.sql_type == "integer") {
    most = std::numeric_limits<std::int32_t>::max();
  }
  if (value > most || value < -most) return {};
  return std::to_string(value);
}

// "-12.5": no exponent, at most 20 characters.
std::optional<std::string> ReadReal(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const std::size_t dot = digits.find('.');
  if (text.size() > 20 || !IsDigits(digits.substr(0, dot))) return {};
  if (dot != digits.npos && !IsDigits(digits.substr(dot + 1))) return {};
  return std::string(text);
}

std::optional<std::string> ReadAddress(std::string_view text) {
  if (const auto address = net::IpAddress::Parse(text)) {
    return address->ToString();
  }
  if (const auto prefix = net::IpPrefix::Parse(text)) {
    return prefix->ToString();
  }
  return {};
}

// "T12:00:00Z", seconds may be left out.
bool IsClock(std::string_view text) {
  if (text.size() != 7 && text.size() != 10) return false;
  if (text.front() != 'T' || text.back() != 'Z' || text[3] != ':') return false;
  if (text.size() == 10 && text[6] != ':') return false;
  const std::string_view hour = text.substr(1, 2);
  const std::string_view minute = text.substr(4, 2);
  const std::string_view second = text.size() == 10 ? text.substr(7, 2) : "00";
  return IsDigits(hour) && IsDigits(minute) && IsDigits(second) &&
         hour < "24" && minute < "60" && second < "60";
}

}  // namespace

std::string CanonicalDomain(std::string_view text) {
  if (text.size() > 1 && text.ends_with('.') && !text.ends_with("\\.")) {
    text.remove_suffix(1);
  }
  std::string name(text);
  const bool is_ascii = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<std::uint8_t>(c) < 0x80;
  });
  if (!is_ascii) {
    reference::IdnText ascii = reference::ToAscii(name);
    if (ascii.fault == reference::IdnFault::kNone) name = std::move(ascii.text);
  }
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

std::optional<Moment> ReadMoment(std::string_view text, bool is_end) {
  const auto day = reference::ParseDay(text.substr(0, 10));
  if (!day) return {};
  const std::string_view clock = text.size() > 10 ? text.substr(10) : "";
  if (!clock.empty() && !IsClock(clock)) return {};
  std::string moment(text);
  if (clock.empty()) moment += is_end ? "T23:59:59.999999Z" : "T00:00:00Z";
  return Moment{*day, std::move(moment)};
}

std::optional<std::string> ReadValue(const Column& column,
                                     std::string_view text) {
  switch (column.type) {
    case ValueType::kBoolean:
      if (text != "true" && text != "false") return {};
      return std::string(text);
    case ValueType::kInteger:
    case ValueType::kIntegerArray:
      return ReadInteger(column, text);
    case ValueType::kReal:
      return ReadReal(text);
    case ValueType::kDay:
      if (!reference::ParseDay(text)) return {};
      return std::string(text);
    case ValueType::kTime: {
      const auto moment = ReadMoment(text, false);
      if (!moment) return {};
      return moment->text;
    }
    case ValueType::kAddress:
    case ValueType::kAddressArray:
      return ReadAddress(text);
    case ValueType::kBytes:
      return {};
    case ValueType::kText:
    case ValueType::kTextArray:
      return column.name == "domain" ? CanonicalDomain(text)
                                     : std::string(text);
  }
  return {};
}

std::string_view WantedValue(const Column& column) {
  switch (column.type) {
    case ValueType::kBoolean:
      return "true or false";
    case ValueType::kInteger:
    case ValueType::kIntegerArray:
      return "a whole number";
    case ValueType::kReal:
      return "a decimal number";
    case ValueType::kDay:
      return "a day such as 2026-11-22";
    case ValueType::kTime:
      return "a day, or a moment such as 2026-11-22T12:00:00Z";
    case ValueType::kAddress:
    case ValueType::kAddressArray:
      return "an address or a prefix such as 192.0.2.0/24";
    case ValueType::kBytes:
      return "nothing: octets are not searched";
    case ValueType::kText:
    case ValueType::kTextArray:
      return "a text";
  }
  return "a value";
}

}  // namespace taster::serve
