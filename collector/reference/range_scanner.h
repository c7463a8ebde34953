// SPDX-License-Identifier: Apache-2.0
// Walks the lines of a table of address ranges: `first,last,` and the rest.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "collector/judge/prefix_table.h"
#include "proto/net/ip_address.h"

namespace taster::reference {

// How a table writes addresses.
enum class RangeForm { kText, kNumber };  // "192.0.2.0", or "3221225984".

struct RangeLine {
  judge::AddressRange range;
  std::string_view rest;  // Behind the second comma.
};

// Reads from the front to the first fault. Lines end with LF or CRLF, the last
// one too: a table without it was cut off.
class RangeScanner {
 public:
  static constexpr std::size_t kMaxLineBytes = 4096;

  // `text` must outlive what `Next` gives. All addresses are of `family`.
  RangeScanner(std::string_view text, net::Family family, RangeForm form)
      : left_(text), family_(family), form_(form) {}

  // nullopt at the end, and at a fault.
  std::optional<RangeLine> Next();

  // Of the line given last, from 1.
  std::size_t line() const { return line_; }
  // What is wrong with that line; empty when nothing is.
  const std::string& fault() const { return fault_; }

 private:
  std::optional<std::string_view> NextLine();
  std::optional<net::IpAddress> ParseAddress(std::string_view text) const;
  std::nullopt_t Refuse(std::string fault);

  std::string_view left_;
  net::Family family_;
  RangeForm form_;
  std::size_t line_ = 0;
  std::string fault_;
};

// An IPv4 or IPv6 address written as one decimal number; nullopt unless it is
// digits alone and fits the family.
std::optional<net::IpAddress> ParseAddressNumber(std::string_view digits,
                                                 net::Family family);

}  // namespace taster::reference
