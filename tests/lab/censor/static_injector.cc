// SPDX-License-Identifier: Apache-2.0
// One address for all.
#include "tests/lab/censor/static_injector.h"

#include <algorithm>

namespace taster::lab {
namespace {

// Header facts of these injectors are not known: a choice of this lab.
constexpr IpTraits kTraits{.ip_ttl = 57, .dont_fragment = false, .ip_id = 0};

bool IsWithin(std::string_view flat_name, std::string_view name) {
  if (!flat_name.ends_with(name)) return false;
  const std::size_t rest = flat_name.size() - name.size();
  return rest == 0 || flat_name[rest - 1] == '.';
}

}  // namespace

bool StaticInjector::Censors(std::string_view flat_name) const {
  return std::ranges::any_of(names, [&](const std::string& name) {
    return IsWithin(flat_name, name);
  });
}

std::optional<Forgery> StaticInjector::Forge(const Question& question) const {
  if (!question.is_well_formed) return std::nullopt;
  Forgery forgery{
      .injector = Injector::kStatic,
      .traits = kTraits,
      .flags = std::uint16_t(question.recursion_desired ? 0x8180 : 0x8080),
      .rr_ttl = rr_ttl,
      .lowers_case = lowers_case,
      .type = kTypeA,
      .rdata = Bytes(a.begin(), a.end()),
      .late = late};
  if (question.qtype == kTypeA) return forgery;
  if (question.qtype != kTypeAaaa) return std::nullopt;
  if (a_for_aaaa) return forgery;
  if (!aaaa) return std::nullopt;
  forgery.type = kTypeAaaa;
  forgery.rdata.assign(aaaa->begin(), aaaa->end());
  return forgery;
}

}  // namespace taster::lab
