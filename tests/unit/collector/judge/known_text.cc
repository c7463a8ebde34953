// SPDX-License-Identifier: Apache-2.0
// One function a kind of line.
#include "tests/unit/collector/judge/known_text.h"

#include <algorithm>

#include "collector/reference/build_reference.h"
#include "collector/reference/day.h"
#include "collector/reference/seed_files.h"
#include "collector/reference/seed_values.h"
#include "proto/dns/presentation.h"
#include "tests/unit/collector/judge/message_text.h"

namespace taster::judge {
namespace {

const std::map<std::string, Mechanism> kMechanisms = {
    {"on_path_injection", Mechanism::kOnPathInjection},
    {"resolver_lying", Mechanism::kResolverLying},
    {"security_product", Mechanism::kSecurityProduct},
    {"safe_search", Mechanism::kSafeSearch},
    {"nxdomain_rewritten", Mechanism::kNxdomainRewritten}};
const std::map<std::string, EndpointCheck::Result> kResults = {
    {"valid", EndpointCheck::Result::kCertificateValid},
    {"invalid", EndpointCheck::Result::kCertificateInvalid},
    {"no_connection", EndpointCheck::Result::kNoConnection}};

// The word, which an index beyond the line makes empty.
std::string WordAt(const WordList& words, std::size_t index) {
  return index < words.size() ? words[index] : "";
}

std::uint16_t Short(const std::string& text) {
  return static_cast<std::uint16_t>(std::stoul(text));
}

}  // namespace

const std::map<std::string, KnownText::Taker>& KnownText::Takers() {
  static const std::map<std::string, Taker> takers = {
      {"date", &KnownText::TakeDate},
      {"network", &KnownText::TakeNetwork},
      {"prefix", &KnownText::TakePrefix},
      {"control", &KnownText::TakeControl},
      {"context", &KnownText::TakeContext},
      {"learned", &KnownText::TakeLearned},
      {"shared", &KnownText::TakeShared},
      {"listed", &KnownText::TakeListed},
      {"injector", &KnownText::TakeHome},
      {"resolver", &KnownText::TakeHome},
      {"endpoint", &KnownText::TakeEndpoint},
      {"served", &KnownText::TakeServed},
      {"nat64", &KnownText::TakeNat64}};
  return takers;
}

bool KnownText::Speaks(const std::string& word) {
  return Takers().contains(word);
}

bool KnownText::Take(const WordList& words) {
  return (this->*Takers().at(words[0]))(words);
}

bool KnownText::TakeDate(const WordList& words) {
  const auto day = reference::ParseDay(WordAt(words, 1));
  known_.date = day.value_or(std::chrono::sys_days());
  return day.has_value();
}

bool KnownText::TakeNetwork(const WordList& words) {
  if (words.size() != 3) return false;
  known_.network.country = words[1] == "-" ? "" : words[1];
  known_.network.asn = static_cast<std::uint32_t>(std::stoul(words[2]));
  return true;
}

bool KnownText::TakePrefix(const WordList& words) {
  const auto prefix = net::IpPrefix::Parse(WordAt(words, 1));
  if (!prefix || words.size() != 3) return false;
  prefixes_.push_back(
      {{*prefix, static_cast<std::uint32_t>(std::stoul(words[2]))}, ""});
  return true;
}

bool KnownText::TakeContext(const WordList& words) {
  const auto qname = dns::Name::Parse(WordAt(words, 1));
  if (!qname) return false;
  auto context = std::make_shared<NameContext>();
  for (std::size_t i = 2; i < words.size(); ++i) {
    const auto address = net::IpAddress::Parse(words[i]);
    if (!address) return false;
    context->drawn.push_back({*address, 0});
  }
  contexts_[*qname] = std::move(context);
  return true;
}

bool KnownText::TakeLearned(const WordList& words) {
  const auto address = net::IpAddress::Parse(WordAt(words, 1));
  if (!address || words.size() < 3) return false;
  LearnedAddress& learned = listed_.learned[*address].emplace_back();
  learned.pool = words[2];
  learned.country = ValueOf(words, "country");
  learned.names = NumberOf(words, "names", 3);
  return true;
}

bool KnownText::TakeShared(const WordList& words) {
  const auto address = net::IpAddress::Parse(WordAt(words, 1));
  if (!address) return false;
  SharedAddress& shared = listed_.shared[*address].emplace_back();
  shared.country = ValueOf(words, "country");
  shared.names = NumberOf(words, "names", 0);
  shared.forged = NumberOf(words, "forged", 0);
  return true;
}

bool KnownText::TakeListed(const WordList& words) {
  const auto mechanism = EnumOf(words, kMechanisms);
  if (!mechanism || words.size() < 4) return false;
  ListedAnswer answer;
  answer.list = "listed-" + words[2];
  answer.mechanism = *mechanism;
  answer.injector = words[3] == "-" ? "" : words[3];
  const std::string countries = ValueOf(words, "countries");
  if (!countries.empty()) answer.countries = SplitAt(countries, ',');
  const auto until = reference::ParseDay(ValueOf(words, "until"));
  if (until.has_value()) answer.until = *until;
  constexpr std::string_view kAlias = "cname:";
  if (words[1].starts_with(kAlias)) {
    const auto alias = dns::Name::Parse(words[1].substr(kAlias.size()));
    if (alias) listed_.listed_aliases[alias->ToText()].push_back(answer);
    return alias.has_value();
  }
  const auto address = net::IpAddress::Parse(words[1]);
  if (address) listed_.listed[*address].push_back(answer);
  return address.has_value();
}

bool KnownText::TakeHome(const WordList& words) {
  if (words.size() != 3) return false;
  if (words[0] == "injector") {
    listed_.injector_country[words[1]] = words[2];
    return true;
  }
  const auto address = net::IpAddress::Parse(words[1]);
  if (address) listed_.resolver_country[*address] = words[2];
  return address.has_value();
}

bool KnownText::TakeEndpoint(const WordList& words) {
  const auto address = net::IpAddress::Parse(WordAt(words, 1));
  const auto name = dns::Name::Parse(WordAt(words, 3));
  const auto result = EnumOf(words, kResults);
  if (!address || !name || !result) return false;
  known_.endpoints.push_back(
      {*address, Short(words[2]), *name, Holds(words, "control"), *result});
  return true;
}

bool KnownText::TakeNat64(const WordList& words) {
  known_.nat64 = net::IpPrefix::Parse(WordAt(words, 1));
  return known_.nat64.has_value();
}

void KnownText::AddTo(Reference* reference) const {
  reference->learned = listed_.learned;
  reference->shared = listed_.shared;
  for (const auto& [address, answers] : listed_.listed) {
    reference->listed[address] = answers;
  }
  for (const auto& [alias, answers] : listed_.listed_aliases) {
    reference->listed_aliases[alias] = answers;
  }
  for (const auto& [injector, country] : listed_.injector_country) {
    reference->injector_country[injector] = country;
  }
  for (const auto& [address, country] : listed_.resolver_country) {
    reference->resolver_country[address] = country;
  }
  // Without a word of theirs they hold where the probe stands.
  for (auto& [address, members] : reference->learned) {
    for (LearnedAddress& member : members) {
      if (member.country.empty()) member.country = known_.network.country;
    }
  }
  for (auto& [address, members] : reference->shared) {
    for (SharedAddress& member : members) {
      if (member.country.empty()) member.country = known_.network.country;
    }
  }
}

std::shared_ptr<const Reference> KnownText::Finish() {
  static const auto seeds = reference::ReadSeedFiles("schema/seed");
  if (!seeds.ok()) return nullptr;
  auto built = reference::BuildReference(*seeds, prefixes_);
  if (!built.ok()) return nullptr;
  auto reference = std::make_shared<Reference>(std::move(built).value());
  AddTo(reference.get());
  JoinControls(*reference);
  for (auto& [name, context] : contexts_) {
    for (DrawnForgery& drawn : context->drawn) {
      drawn.owner = reference->origin_as.Find(drawn.address).value_or(0);
    }
  }
  return reference;
}

void KnownText::AddTo(Asked* asked) const {
  const auto control = controls_.find({asked->qname, asked->qtype});
  if (control != controls_.end()) asked->control = control->second;
  const auto whole = name_controls_.find(asked->qname);
  if (whole != name_controls_.end()) asked->name_control = whole->second;
  const auto context = contexts_.find(asked->qname);
  if (context != contexts_.end()) asked->elsewhere = context->second;
}

void KnownText::AddTo(Case* assembled) const {
  assembled->date = known_.date;
  assembled->network = known_.network;
  assembled->endpoints = known_.endpoints;
  assembled->nat64 = known_.nat64;
}

}  // namespace taster::judge
