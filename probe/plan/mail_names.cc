// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/mail_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "probe/plan/target_name.h"

namespace taster::plan {
namespace {

constexpr std::array<std::string_view, 6> kMailLabels = {
    "imap", "pop", "smtp", "mail", "mx", "submission"};

std::string FirstLabel(const dns::Name& name) {
  const std::string text = name.ToText();
  return text.substr(0, text.find('.'));
}

}  // namespace

bool MailNames::Add(std::string_view text) {
  BadName why = BadName::kNone;
  const auto name = ReadTargetName(text, &why);
  if (!name) return false;
  names_.push_back(*name);
  return true;
}

bool MailNames::Covers(const dns::Name& name) const {
  std::string label = FirstLabel(name);
  label.erase(label.find_last_not_of("0123456789") + 1);
  return std::ranges::find(kMailLabels, label) != kMailLabels.end() ||
         std::ranges::any_of(names_, [&](const dns::Name& served) {
           return name.IsWithin(served);
         });
}

}  // namespace taster::plan
