// SPDX-License-Identifier: Apache-2.0
// foreign_alias: an alias that leads to where the name never was.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  const Control* control = subject.asked.control.get();
  return !subject.reply.aliases.empty() && !subject.reply.addresses.empty() &&
         control != nullptr && !control->addresses.empty();
}

// True iff the alias stays below the name, or holds the whole name, as those
// do that content networks give to their customers: www.example.com.cdn.net.
bool IsCustomers(const dns::Name& alias, const dns::Name& qname) {
  if (alias.IsWithin(qname)) return true;
  const std::string sought = qname.ToText();
  const std::string text = alias.ToText();
  return text.starts_with(sought) || text.find("." + sought) != text.npos;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const auto& aliases = subject.reply.aliases;
  const auto& answers = subject.reply.addresses;
  // One view of the free Internet does not show a content network's others.
  constexpr std::uint32_t kViews = 2;
  if (subject.asked.control->vantages < kViews) return {};
  const bool customers =
      std::any_of(aliases.begin(), aliases.end(), [&](const dns::Name& alias) {
        return IsCustomers(alias, subject.asked.qname);
      });
  if (customers) return {};
  const bool foreign = std::all_of(
      answers.begin(), answers.end(), [&](const AnsweredAddress& answer) {
        return !ControlReturned(subject, answer.address) &&
               HostingOf(subject, answer.address) == Hosting::kForeign;
      });
  if (!foreign || IsOwnFilters(subject)) return {};
  return Evidence{aliases.back().ToText(),
                  "Leads to networks that no control saw for this name."};
}

}  // namespace

constinit const Rule kForeignAlias{
    .id = "foreign_alias",
    .summary =
        "An alias into networks that controls never saw for the name may put "
        "another party's service in its place.",
    .citation =
        "GreatFire, 2013: skype.com led to skype.tom.com "
        "(https://en.greatfire.org/blog/2013/nov/"
        "tom-skype-dead-long-live-microsoft-surveillance); Pearce et al., "
        "Global Measurement of DNS Manipulation, USENIX Security 2017 "
        "(https://www.usenix.org/conference/usenixsecurity17/"
        "technical-sessions/presentation/pearce)",
    .strength = Strength::kSuggests,
    .kind = Kind::kControl,
    .mechanism = Mechanism::kSubstituted,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
