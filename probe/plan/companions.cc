// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/companions.h"

#include <string>

#include "absl/container/flat_hash_set.h"

namespace taster::plan {
namespace {

constexpr std::string_view kWww = "www.";

}  // namespace

std::vector<dns::Name> WithCompanions(const PlanOptions& options,
                                      std::vector<dns::Name> names) {
  absl::flat_hash_set<std::string> seen;
  for (const auto& name : names) seen.insert(name.ToText());
  const auto add = [&](const std::string& text) {
    // A name that would become too long has no twin.
    const auto name = dns::Name::Parse(text);
    if (name && seen.insert(name->ToText()).second) names.push_back(*name);
  };
  const std::size_t listed = names.size();
  for (std::size_t i = 0; options.www_twins && i < listed; ++i) {
    const std::string text = names[i].ToText();
    if (!text.starts_with(kWww)) add(std::string(kWww) + text);
  }
  for (const auto& stream : options.streams) {
    if (!stream.tls_name.empty()) add(stream.tls_name);
  }
  return names;
}

}  // namespace taster::plan
