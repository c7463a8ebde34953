// SPDX-License-Identifier: Apache-2.0
// Rolls dice.
#include "tests/unit/collector/judge/random_case.h"

#include <algorithm>
#include <array>
#include <string>

#include "collector/reference/build_reference.h"
#include "collector/reference/seed_files.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

constexpr std::array kOrdinary = {"104.18.26.120", "104.21.25.234",
                                  "142.250.176.3", "5.6.7.8",
                                  "2606:4700::1",  "2606:4700::2"};
constexpr std::array kAny = {"104.18.26.120",
                             "142.250.176.3",
                             "5.6.7.8",
                             "2606:4700::1",
                             "31.13.94.37",
                             "8.7.198.45",
                             "10.0.0.1",
                             "::1",
                             "2001::1",
                             "243.185.187.39",
                             "0.0.0.0",
                             "2001:0:4136::1",
                             "64:ff9b::6812:1a78",
                             "2001:67c::1f0d:5e25",
                             "2001:67c::6812:1a78",
                             "2a03:2880::1"};
constexpr std::array kServers = {"8.8.8.8", "142.250.0.53", "9.9.9.9"};

net::IpAddress Address(const char* text) {
  return *net::IpAddress::Parse(text);
}

ListedAnswer Listed(Mechanism mechanism, const char* country) {
  ListedAnswer answer;
  answer.list = "listed";
  answer.mechanism = mechanism;
  if (*country != '\0') answer.countries = {country};
  return answer;
}

void AddOwnKnowledge(Reference* reference) {
  reference->learned[Address("5.6.7.8")].push_back({"learned", "CN", 4});
  reference->learned[Address("142.250.176.3")].push_back({"learned", "IR", 4});
  reference->shared[Address("2a03:2880::1")].push_back({"CN", 20, 15});
  reference->shared[Address("31.13.94.37")].push_back({"IR", 20, 5});
  reference->listed[Address("10.0.0.1")] = {
      Listed(Mechanism::kOnPathInjection, "IR")};
  reference->listed[Address("5.6.7.8")] = {
      Listed(Mechanism::kSecurityProduct, "CN")};
  reference->listed[Address("2606:4700::1")] = {
      Listed(Mechanism::kSafeSearch, "CN")};
  reference->listed[Address("142.250.176.3")] = {
      Listed(Mechanism::kNxdomainRewritten, "")};
  reference->listed_aliases["block.example."] = {
      Listed(Mechanism::kResolverLying, "CN")};
  reference->injector_country["gfw-x"] = "CN";
  reference->resolver_country[Address("142.250.0.53")] = "CN";
}

void MakeWild(Dice* dice, Observation* reply) {
  if (dice->Roll(8) == 0) reply->rcode = dns::kRcodeServFail;
  if (dice->Roll(6) == 0) {
    reply->extended_errors.push_back(
        static_cast<std::uint16_t>(15 + dice->Roll(4)));
  }
  if (dice->Roll(6) == 0) reply->other_records = 1;
  if (dice->Roll(4) == 0) {
    reply->aliases.push_back(*dns::Name::Parse(
        dice->Flip() ? "block.example." : "a.example.cdn.example."));
  }
  reply->arrival_offset = std::chrono::milliseconds(dice->Roll(4) * 20);
}

Observation RandomReply(const Mix& mix, Dice* dice) {
  Observation reply;
  reply.flags = dice->Flip() ? 0x8180 : 0x8400;
  if (mix.wild && dice->Roll(6) == 0) reply.rcode = dns::kRcodeNxDomain;
  if (dice->Flip()) reply.dont_fragment = dice->Flip();
  if (mix.wild) MakeWild(dice, &reply);
  for (std::size_t i = dice->Roll(3); i > 0 && reply.rcode == 0; --i) {
    const net::IpAddress address = dice->Address(mix.addresses);
    const auto rr_ttl = static_cast<std::uint32_t>(30 * (1 + dice->Roll(4)));
    reply.addresses.push_back(
        {address, rr_ttl, address.is_v4() ? dns::kTypeA : dns::kTypeAaaa});
  }
  reply.answer_count = static_cast<std::uint16_t>(reply.addresses.size());
  return reply;
}

std::shared_ptr<NameContext> RandomContext(const Mix& mix, Dice* dice) {
  auto context = std::make_shared<NameContext>();
  for (std::size_t i = dice->Roll(6); i > 0; --i) {
    const net::IpAddress address = dice->Address(mix.addresses);
    context->drawn.push_back(
        {address, RandomReference().origin_as.Find(address).value_or(0)});
  }
  return context;
}

void MakeWild(const Mix& mix, Dice* dice, Asked* asked) {
  if (dice->Roll(6) == 0) asked->role = QuestionRole::kIdentity;
  if (dice->Flip()) asked->transport = Transport::kUdp;
  if (dice->Roll(4) == 0) asked->query_flags |= dns::kFlagCd;
  if (dice->Roll(6) == 0) asked->qtype = dns::kTypeHttps;
  if (dice->Flip()) asked->elsewhere = RandomContext(mix, dice);
  if (dice->Roll(4) == 0) return;
  const bool tls = asked->transport == Transport::kTls;
  asked->server = {Address(kServers[dice->Roll(kServers.size())]),
                   static_cast<std::uint16_t>(tls ? 853 : 53)};
}

Asked RandomQuestion(const Mix& mix, Dice* dice) {
  Asked asked;
  asked.role =
      dice->Roll(4) == 0 ? QuestionRole::kControlName : QuestionRole::kTarget;
  asked.qname = *dns::Name::Parse(
      asked.role == QuestionRole::kTarget ? "a.example." : "b.example.");
  asked.qtype = dice->Flip() ? dns::kTypeA : dns::kTypeAaaa;
  asked.query_flags = dice->Roll(4) == 0 ? 0 : dns::kFlagRd;
  asked.server_kind = static_cast<ServerKind>(1 + dice->Roll(4));
  asked.transport = static_cast<Transport>(1 + dice->Roll(4));
  if (mix.wild) MakeWild(mix, dice, &asked);
  for (std::size_t j = dice->Roll(mix.most_replies + 1); j > 0; --j) {
    asked.replies.push_back(RandomReply(mix, dice));
  }
  asked.outcome =
      asked.replies.empty() ? Outcome::kTimeout : Outcome::kResponse;
  if (dice->Roll(3) > 0) asked.control = RandomControl(mix, dice);
  return asked;
}

// The first question again with RD and CD turned, and for the control name.
void AddTwins(const Mix& mix, Dice* dice, Case* set) {
  for (const std::uint16_t turned :
       {dns::kFlagRd, dns::kFlagCd, std::uint16_t{0}}) {
    Asked twin = set->asked.front();
    twin.ordinal = static_cast<std::uint32_t>(set->asked.size());
    twin.query_flags ^= turned;
    if (turned == 0) {
      twin.role = QuestionRole::kControlName;
      twin.qname = *dns::Name::Parse("b.example.");
      twin.control = nullptr;
    }
    twin.replies.clear();
    if (dice->Flip()) twin.replies.push_back(RandomReply(mix, dice));
    twin.outcome =
        twin.replies.empty() ? Outcome::kTimeout : Outcome::kResponse;
    set->asked.push_back(std::move(twin));
  }
}

void MakeWild(const Mix& mix, Dice* dice, Case* set) {
  if (dice->Roll(3) == 0) AddTwins(mix, dice, set);
  constexpr std::array kCountries = {"CN", "IR", ""};
  set->network = {kCountries[dice->Roll(kCountries.size())], 4134};
  if (dice->Flip()) set->nat64 = net::IpPrefix::Parse("2001:67c::/96");
  for (std::size_t i = dice->Roll(7); i > 0; --i) {
    set->endpoints.push_back(
        {dice->Address(mix.addresses.first(3)),
         static_cast<std::uint16_t>(dice->Flip() ? 443 : 993),
         *dns::Name::Parse("a.example."), dice->Flip(),
         static_cast<EndpointCheck::Result>(dice->Roll(3))});
  }
  if (dice->Flip()) JoinNameControls(set);
}

}  // namespace

Mix OrdinaryMix() { return {kOrdinary, 1, false}; }

Mix WildMix(std::size_t most_replies) { return {kAny, most_replies, true}; }

const Reference& RandomReference() {
  static const Reference reference = [] {
    std::vector<reference::PrefixRow> prefixes;
    std::uint32_t asn = 100;
    for (const char* text :
         {"104.16.0.0/12", "142.250.0.0/15", "31.13.64.0/18", "2606:4700::/32",
          "2a03:2880::/29", "8.8.8.0/24"}) {
      prefixes.push_back({{*net::IpPrefix::Parse(text), ++asn}, ""});
    }
    auto rows = reference::ReadSeedFiles("schema/seed");
    auto built = reference::BuildReference(rows.value(), prefixes).value();
    AddOwnKnowledge(&built);
    return built;
  }();
  return reference;
}

std::shared_ptr<Control> RandomControl(const Mix& mix, Dice* dice) {
  auto control = std::make_shared<Control>();
  for (std::size_t i = dice->Roll(4); i > 0; --i) {
    const net::IpAddress address = dice->Address(mix.addresses);
    control->addresses.push_back(address);
    const auto asn = RandomReference().origin_as.Find(address);
    if (asn) control->origin_as.push_back(*asn);
  }
  std::ranges::sort(control->addresses);
  std::ranges::sort(control->origin_as);
  control->vantages = static_cast<std::uint32_t>(1 + dice->Roll(3));
  if (!mix.wild) return control;
  control->saw_nodata = dice->Roll(3) == 0;
  control->saw_nxdomain = dice->Roll(5) == 0;
  control->authenticated = dice->Roll(3) == 0;
  if (dice->Flip()) control->highest_ttl = 60;
  return control;
}

std::shared_ptr<Control> Joined(const Control& control, const Control& more) {
  auto joined = std::make_shared<Control>(control);
  joined->addresses.insert(joined->addresses.end(), more.addresses.begin(),
                           more.addresses.end());
  joined->origin_as.insert(joined->origin_as.end(), more.origin_as.begin(),
                           more.origin_as.end());
  std::ranges::sort(joined->addresses);
  std::ranges::sort(joined->origin_as);
  joined->saw_nodata |= more.saw_nodata;
  joined->saw_nxdomain |= more.saw_nxdomain;
  joined->authenticated |= more.authenticated;
  return joined;
}

void JoinNameControls(Case* set) {
  for (Asked& asked : set->asked) {
    std::shared_ptr<Control> whole;
    for (const Asked& other : set->asked) {
      if (other.control == nullptr || other.qname != asked.qname) continue;
      whole = Joined(whole == nullptr ? Control() : *whole, *other.control);
    }
    asked.name_control = whole;
  }
}

Case RandomCase(const Mix& mix, Dice* dice) {
  Case set;
  set.date = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  set.reference = &RandomReference();
  const std::size_t questions = 1 + dice->Roll(5);
  for (std::size_t i = 0; i < questions; ++i) {
    set.asked.push_back(RandomQuestion(mix, dice));
    set.asked.back().ordinal = static_cast<std::uint32_t>(i);
  }
  if (mix.wild) MakeWild(mix, dice, &set);
  return set;
}

}  // namespace taster::judge
