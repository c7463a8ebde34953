// SPDX-License-Identifier: Apache-2.0
#include "collector/explain/prose.h"

#include <algorithm>

namespace taster::explain {

std::string_view MeaningOf(judge::Class verdict) {
  switch (verdict) {
    case judge::Class::kConsistent:
      return "the answer is genuine, as far as the evidence goes";
    case judge::Class::kInsufficient:
      return "nothing known decides whether the answer is genuine";
    case judge::Class::kAmbiguous:
      return "evidence speaks for and against a forgery";
    case judge::Class::kFiltered:
      return "a filter of the operator's or the subscriber's own changed the "
             "answer; this is not counted as censorship";
    case judge::Class::kLikelyPoisoned:
      return "one kind of evidence says that a false answer came; something "
             "else could still explain it";
    case judge::Class::kPoisoned:
      return "a false answer came";
    case judge::Class::kDown:
      return "the name fails in free networks as well";
    case judge::Class::kBlocked:
      return "no answer came, though the name exists and the server works";
  }
  return "";
}

std::string_view MeaningOf(judge::Mechanism mechanism) {
  switch (mechanism) {
    case judge::Mechanism::kNone:
      return "";
    case judge::Mechanism::kOnPathInjection:
      return "a machine on the way forged the answer";
    case judge::Mechanism::kResolverPoisoned:
      return "the resolver passed on a forgery that it had taken for the truth";
    case judge::Mechanism::kDelegationPoisoned:
      return "the name of a name server is forged";
    case judge::Mechanism::kResolverLying:
      return "the resolver's operator answers so";
    case judge::Mechanism::kIntercepted:
      return "another resolver answered in the place of the one that was asked";
    case judge::Mechanism::kSubstituted:
      return "another party's service stands in for the one asked for";
    case judge::Mechanism::kDropped:
      return "queries for this name, or their answers, vanish on the way";
    case judge::Mechanism::kReset:
      return "connections are cut by forged resets";
    case judge::Mechanism::kEncryptedDnsBlocked:
      return "encrypted DNS is kept from working";
    case judge::Mechanism::kAddressBlocked:
      return "the address is true, but what it serves cannot be reached";
    case judge::Mechanism::kTlsIntercepted:
      return "the address is true, but somebody else's certificate is shown";
    case judge::Mechanism::kSafeSearch:
      return "the restricted twin of a search service is forced on the user";
    case judge::Mechanism::kSecurityProduct:
      return "a product that filters malware, advertisements or the like";
    case judge::Mechanism::kNxdomainRewritten:
      return "a name that does not exist was given an address";
    case judge::Mechanism::kGeoRefused:
      return "the service itself refuses this country";
  }
  return "";
}

std::string Listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

std::string Counted(std::size_t count, std::string_view one,
                    std::string_view several) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : several);
}

std::string Wrapped(std::string_view first, std::string_view text) {
  constexpr std::size_t kColumns = 78;
  std::string wrapped(first);
  std::size_t column = first.size();
  bool line_is_empty = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!line_is_empty && column + 1 + word.size() > kColumns) {
      wrapped += "\n" + std::string(first.size(), ' ');
      column = first.size();
      line_is_empty = true;
    }
    if (!line_is_empty) {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += word.size();
    line_is_empty = false;
  }
  return wrapped + "\n";
}

}  // namespace taster::explain
