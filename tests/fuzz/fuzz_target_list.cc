// SPDX-License-Identifier: Apache-2.0
// Any bytes as a target list: whatever name comes out may be asked for.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "probe/plan/caps.h"
#include "probe/plan/target_list.h"

namespace taster::plan {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckList(const TargetList& list) {
  Require(!list.names.empty() && list.names.size() <= kMaxTargets);
  std::set<std::string> seen;
  for (const auto& name : list.names) {
    const std::string text = name.ToText();
    Require(seen.insert(text).second);
    Require(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") ==
            text.npos);
    BadName why = BadName::kNone;
    const auto again =
        ReadTargetName(std::string_view(text).substr(0, text.size() - 1), &why);
    Require(again && *again == name);
  }
  const auto entries = list.names.size() + list.duplicates + list.bad.size();
  Require(list.bad.size() * 100 <= entries);
}

}  // namespace
}  // namespace taster::plan

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto list = taster::plan::ReadTargetList(text);
  if (list.ok()) taster::plan::CheckList(*list);
  return 0;
}
