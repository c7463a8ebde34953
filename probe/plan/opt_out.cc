// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/opt_out.h"

#include <algorithm>

#include "probe/plan/target_name.h"

namespace taster::plan {

bool OptOut::Add(std::string_view text) {
  if (const auto address = net::IpAddress::Parse(text)) {
    prefixes_.push_back({*address, address->is_v4() ? 32 : 128});
    return true;
  }
  if (const auto prefix = net::IpPrefix::Parse(text)) {
    prefixes_.push_back(*prefix);
    return true;
  }
  BadName why = BadName::kNone;
  const auto name = ReadTargetName(text, &why);
  if (!name) return false;
  names_.push_back(*name);
  return true;
}

bool OptOut::Covers(const net::IpAddress& address,
                    const dns::Name& name) const {
  return std::ranges::any_of(prefixes_,
                             [&](const net::IpPrefix& prefix) {
                               return prefix.Contains(address);
                             }) ||
         std::ranges::any_of(names_, [&](const dns::Name& covered) {
           return name.IsWithin(covered);
         });
}

}  // namespace taster::plan
