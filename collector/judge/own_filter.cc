// SPDX-License-Identifier: Apache-2.0
// Asks the rules that speak for filters.
#include "collector/judge/own_filter.h"

#include <algorithm>
#include <array>

#include "collector/judge/agreement.h"
#include "collector/judge/declared.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {

bool NamesFilter(const Subject& subject) {
  return FindListed(subject, Mechanism::kSecurityProduct).answer != nullptr;
}

bool IsOwnFilters(const Subject& subject) {
  constexpr std::array kPages = {&kNullAnswer, &kNxdomainRewriteAnswer,
                                 &kSharedFilterAnswer};
  return DeclaredFilter(subject.reply) || NamesFilter(subject) ||
         std::any_of(kPages.begin(), kPages.end(), [&](const Rule* rule) {
           return Fire(*rule, subject).has_value();
         });
}

}  // namespace taster::judge
