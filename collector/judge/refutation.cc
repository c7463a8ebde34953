// SPDX-License-Identifier: Apache-2.0
// Weighs addresses that no control saw.
#include "collector/judge/refutation.h"

#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/special_purpose.h"
#include "collector/judge/translation.h"
#include "proto/dns/constants.h"

namespace taster::judge {

bool IsRefuted(const Subject& subject, const net::IpAddress& address) {
  const net::IpAddress decoded = Decoded(subject.set, address);
  if (ControlReturned(subject, address)) return false;
  if (IsForgersAddress(subject, decoded)) {
    return CannotBeGenuine(subject, decoded);
  }
  if (!NameControlSpeaks(subject)) return false;
  switch (HostingOf(subject, address)) {
    case Hosting::kForeign:
      return true;
    case Hosting::kOwn:
      return false;
    case Hosting::kUnknown:
      break;
  }
  return FindSpecialPurpose(decoded) != nullptr;
}

bool IsDenialRefuted(const Subject& subject) {
  const Asked& asked = subject.asked;
  const Control* control = asked.name_control != nullptr
                               ? asked.name_control.get()
                               : asked.control.get();
  return control != nullptr && subject.reply.rcode == dns::kRcodeNxDomain &&
         subject.reply.aliases.empty() && !control->saw_nxdomain &&
         !control->addresses.empty();
}

bool AreAddressesRefuted(const Subject& subject) {
  const auto& answers = subject.reply.addresses;
  return !answers.empty() &&
         std::all_of(answers.begin(), answers.end(),
                     [&](const AnsweredAddress& answer) {
                       return IsRefuted(subject, answer.address);
                     });
}

}  // namespace taster::judge
