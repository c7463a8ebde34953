// SPDX-License-Identifier: Apache-2.0
// Any bytes as a table of address ranges: refused with a line, or a table whose
// text is fit to be shown. The first byte says in which form.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/reference/networks.h"
#include "collector/reference/plain_text.h"
#include "collector/reference/range_csv.h"

namespace taster::reference {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckRefusal(const absl::Status& status) {
  const std::string message(status.message());
  Require(message.starts_with("table:") && FaultOfText(message).empty());
}

void Check(std::string_view text, unsigned form) {
  const RangeText file{
      .name = "table",
      .text = text,
      .family = (form & 1) == 0 ? net::Family::kIpv4 : net::Family::kIpv6,
      .form = (form & 2) == 0 ? RangeForm::kText : RangeForm::kNumber};
  RangeTable table;
  const bool countries = (form & 4) != 0;
  const absl::Status status =
      countries ? ReadCountries(file, &table) : ReadOrigins(file, &table);
  if (!status.ok()) return CheckRefusal(status);
  for (const auto& [asn, owner] : table.owners) {
    Require(FaultOfText(owner).empty());
  }
  RangeScanner scanner(text, file.family, file.form);
  const judge::PrefixTable built = table.ranges.Build();
  while (const auto line = scanner.Next()) {
    const auto number = built.Find(line->range.first);
    Require(!number || *number != 0);
  }
  Require(scanner.fault().empty() && built.size() <= 3 * scanner.line());
}

}  // namespace
}  // namespace taster::reference

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  taster::reference::Check(text.substr(1), data[0]);
  return 0;
}
