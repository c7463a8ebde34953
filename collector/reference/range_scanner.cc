// SPDX-License-Identifier: Apache-2.0
// Splits lines by memchr and reads numbers by from_chars.
#include "collector/reference/range_scanner.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "collector/reference/plain_text.h"

namespace taster::reference {
namespace {

// nullopt unless `digits` is a number and nothing else.
std::optional<std::uint32_t> ParseDigits(std::string_view digits) {
  std::uint32_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return {};
  return number;
}

}  // namespace

std::optional<net::IpAddress> ParseAddressNumber(std::string_view digits,
                                                 net::Family family) {
  constexpr std::size_t kMostDigits = 39;  // Of 2^128 - 1.
  constexpr std::size_t kChunk = 9;        // Digits that fit 32 bits.
  if (digits.empty() || digits.size() > kMostDigits) return {};
  std::array<std::uint32_t, 4> words{};  // The least significant first.
  while (!digits.empty()) {
    const std::string_view chunk = digits.substr(0, kChunk);
    digits.remove_prefix(chunk.size());
    const auto number = ParseDigits(chunk);
    if (!number) return {};
    std::uint64_t scale = 1;
    for (std::size_t i = 0; i < chunk.size(); ++i) scale *= 10;
    std::uint64_t carry = *number;
    for (std::uint32_t& word : words) {
      carry += word * scale;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) return {};
  }
  if (family == net::Family::kIpv4) {
    if ((words[1] | words[2] | words[3]) != 0) return {};
    return net::IpAddress::FromV4(words[0]);
  }
  std::array<std::uint8_t, 16> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[15 - i] = static_cast<std::uint8_t>(words[i / 4] >> 8 * (i % 4));
  }
  return net::IpAddress::FromV6(bytes);
}

std::nullopt_t RangeScanner::Refuse(std::string fault) {
  fault_ = std::move(fault);
  left_ = {};
  return std::nullopt;
}

std::optional<std::string_view> RangeScanner::NextLine() {
  if (left_.empty()) return {};
  ++line_;
  const std::string_view window = left_.substr(0, kMaxLineBytes + 1);
  const std::size_t end = window.find('\n');
  if (end == std::string_view::npos) {
    if (window.size() <= kMaxLineBytes) {
      return Refuse("the file ends inside this line");
    }
    return Refuse("longer than " + std::to_string(kMaxLineBytes) + " bytes");
  }
  std::string_view line = window.substr(0, end);
  left_.remove_prefix(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (auto fault = FaultOfText(line); !fault.empty()) {
    return Refuse(std::move(fault));
  }
  return line;
}

std::optional<net::IpAddress> RangeScanner::ParseAddress(
    std::string_view text) const {
  if (form_ == RangeForm::kNumber) return ParseAddressNumber(text, family_);
  const auto address = net::IpAddress::Parse(text);
  if (!address || address->family() != family_) return {};
  return address;
}

std::optional<RangeLine> RangeScanner::Next() {
  const auto line = NextLine();
  if (!line) return {};
  const std::size_t first_end = line->find(',');
  const std::size_t last_end = first_end == std::string_view::npos
                                   ? first_end
                                   : line->find(',', first_end + 1);
  if (last_end == std::string_view::npos) {
    return Refuse("fewer than 3 columns");
  }
  const auto first = ParseAddress(line->substr(0, first_end));
  if (!first) return Refuse("column 1: not an address of the file's family");
  const auto last =
      ParseAddress(line->substr(first_end + 1, last_end - first_end - 1));
  if (!last) return Refuse("column 2: not an address of the file's family");
  return RangeLine{{*first, *last}, line->substr(last_end + 1)};
}

}  // namespace taster::reference
