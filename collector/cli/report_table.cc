// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/report_table.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <set>

namespace taster::cli {
namespace {

constexpr std::size_t kColumns = 11;
constexpr std::size_t kShownAddresses = 2;
using Line = std::array<std::string, kColumns>;

const Line kHeading = {"NAME",        "TYPE",      "NETWORK", "VERDICT",
                       "HOW",         "INJECTOR",  "HOP",     "FORGED ANSWER",
                       "TRUE ANSWER", "FORGED MS", "TRUE MS"};

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ',';
    text += word;
  }
  return text.empty() ? "-" : text;
}

// The first two addresses, and how many more there are.
std::string Shortened(const std::vector<net::IpAddress>& addresses) {
  if (addresses.empty()) return "-";
  std::string text;
  const std::size_t shown = std::min(addresses.size(), kShownAddresses);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += ' ';
    text += addresses[i].ToString();
  }
  if (addresses.size() > shown) {
    text += " +" + std::to_string(addresses.size() - shown);
  }
  return text;
}

std::string Milliseconds(
    const std::optional<std::chrono::microseconds>& offset) {
  if (!offset.has_value()) return "-";
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f",
                static_cast<double>(offset->count()) / 1000);
  return text;
}

Line ToLine(const store::ReportRow& row) {
  const auto& truth = row.genuine_addresses.empty() ? row.control_addresses
                                                    : row.genuine_addresses;
  return {row.qname,
          row.qtype,
          row.country + "/AS" + std::to_string(row.asn),
          row.verdict,
          Joined(row.mechanisms),
          Joined(row.injectors),
          Joined(row.hops),
          Shortened(row.forged_addresses),
          Shortened(truth),
          Milliseconds(row.forged_offset),
          Milliseconds(row.genuine_offset)};
}

std::string Aligned(const std::vector<Line>& lines) {
  std::array<std::size_t, kColumns> widths{};
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < kColumns; ++i) {
      widths[i] = std::max(widths[i], line[i].size());
    }
  }
  std::string text;
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < kColumns; ++i) {
      const bool number = i >= kColumns - 2;
      const std::string padding(widths[i] - line[i].size(), ' ');
      text += number ? padding + line[i] : line[i] + padding;
      text += i + 1 < kColumns ? "  " : "";
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

std::string Summary(const std::vector<store::ReportRow>& rows) {
  std::map<std::string, std::set<std::string>> names_by_verdict;
  std::set<std::string> names;
  std::int64_t measurements = 0;
  for (const store::ReportRow& row : rows) {
    names.insert(row.qname);
    names_by_verdict[row.verdict].insert(row.qname);
    measurements += row.measurement_count;
  }
  std::string text = "\n" + std::to_string(names.size()) + " names, " +
                     std::to_string(measurements) + " measurements;";
  for (const auto& [verdict, of_verdict] : names_by_verdict) {
    text += " " + verdict + " " + std::to_string(of_verdict.size()) + ",";
  }
  text.back() = '.';
  return text +
         " A name counts under each verdict that one of its types has.\n";
}

}  // namespace

std::string ReportTable(const std::vector<store::ReportRow>& rows) {
  if (rows.empty()) {
    return "Nothing to report for these days. --all also shows what is "
           "consistent.\n";
  }
  std::vector<Line> lines = {kHeading};
  lines.reserve(rows.size() + 1);
  for (const store::ReportRow& row : rows) lines.push_back(ToLine(row));
  return Aligned(lines) + Summary(rows);
}

}  // namespace taster::cli
