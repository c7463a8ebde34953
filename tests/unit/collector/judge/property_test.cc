// SPDX-License-Identifier: Apache-2.0
// What must hold for every case, tried on many random ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "collector/judge/explain.h"
#include "collector/judge/ruleset.h"
#include "collector/judge/verdict.h"
#include "collector/reference/build_reference.h"
#include "collector/reference/seed_files.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

const Reference& SeedReference() {
  static const Reference reference = [] {
    std::vector<reference::PrefixRow> prefixes;
    std::uint32_t asn = 100;
    for (const char* text : {"104.16.0.0/12", "142.250.0.0/15", "31.13.64.0/18",
                             "2606:4700::/32", "2a03:2880::/29"}) {
      prefixes.push_back({{*net::IpPrefix::Parse(text), ++asn}, ""});
    }
    auto rows = reference::ReadSeedFiles("schema/seed");
    return reference::BuildReference(rows.value(), prefixes).value();
  }();
  return reference;
}

// Public addresses of three owners and of nobody; in no pool.
constexpr std::array kOrdinary = {"104.18.26.120", "104.21.25.234",
                                  "142.250.176.3", "5.6.7.8",
                                  "2606:4700::1",  "2606:4700::2"};
// The same with members of pools, bogons and Teredo.
constexpr std::array kAny = {"104.18.26.120", "142.250.176.3", "5.6.7.8",
                             "2606:4700::1",  "31.13.94.37",   "8.7.198.45",
                             "10.0.0.1",      "::1",           "2001::1",
                             "243.185.187.39"};

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t Roll(std::size_t sides) { return random_() % sides; }
  bool Flip() { return Roll(2) == 0; }
  template <typename List>
  net::IpAddress Address(const List& list) {
    return *net::IpAddress::Parse(list[Roll(list.size())]);
  }
  std::mt19937& engine() { return random_; }

 private:
  std::mt19937 random_;
};

template <typename List>
Observation RandomReply(const List& addresses, Dice* dice) {
  Observation reply;
  reply.flags = dice->Flip() ? 0x8180 : 0x8400;
  if (dice->Roll(6) == 0) reply.rcode = dns::kRcodeNxDomain;
  if (dice->Flip()) reply.dont_fragment = dice->Flip();
  for (std::size_t i = dice->Roll(3); i > 0 && reply.rcode == 0; --i) {
    const net::IpAddress address = dice->Address(addresses);
    reply.addresses.push_back(
        {address, 60, address.is_v4() ? dns::kTypeA : dns::kTypeAaaa});
  }
  reply.answer_count = static_cast<std::uint16_t>(reply.addresses.size());
  return reply;
}

template <typename List>
std::shared_ptr<Control> RandomControl(const List& addresses, Dice* dice) {
  auto control = std::make_shared<Control>();
  for (std::size_t i = dice->Roll(4); i > 0; --i) {
    const net::IpAddress address = dice->Address(addresses);
    control->addresses.push_back(address);
    const auto asn = SeedReference().origin_as.Find(address);
    if (asn) control->origin_as.push_back(*asn);
  }
  std::ranges::sort(control->addresses);
  std::ranges::sort(control->origin_as);
  control->saw_nodata = dice->Roll(3) == 0;
  control->saw_nxdomain = dice->Roll(5) == 0;
  control->vantages = 1;
  return control;
}

template <typename List>
Case RandomCase(const List& addresses, std::size_t most_replies, Dice* dice) {
  Case set;
  set.date = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  set.reference = &SeedReference();
  const std::size_t questions = 1 + dice->Roll(5);
  for (std::size_t i = 0; i < questions; ++i) {
    Asked& asked = set.asked.emplace_back();
    asked.ordinal = static_cast<std::uint32_t>(i);
    asked.role =
        dice->Roll(4) == 0 ? QuestionRole::kControlName : QuestionRole::kTarget;
    asked.qname = *dns::Name::Parse(
        asked.role == QuestionRole::kTarget ? "a.example." : "b.example.");
    asked.qtype = dice->Flip() ? dns::kTypeA : dns::kTypeAaaa;
    asked.query_flags = dice->Roll(4) == 0 ? 0 : dns::kFlagRd;
    asked.server_kind = static_cast<ServerKind>(1 + dice->Roll(4));
    asked.transport = static_cast<Transport>(1 + dice->Roll(4));
    for (std::size_t j = dice->Roll(most_replies + 1); j > 0; --j) {
      asked.replies.push_back(RandomReply(addresses, dice));
    }
    asked.outcome =
        asked.replies.empty() ? Outcome::kTimeout : Outcome::kResponse;
    if (dice->Roll(3) > 0) asked.control = RandomControl(addresses, dice);
  }
  return set;
}

TEST(PropertyTest, NoRuleFiresOnAnEmptyCase) {
  Case set;
  set.reference = &SeedReference();
  set.asked.emplace_back();
  const Observation empty;
  for (const Rule* rule : Ruleset()) {
    EXPECT_NE(Apply(*rule, {set, set.asked[0], empty}).status, Status::kFired)
        << rule->id;
  }
  set.asked[0].control = std::make_shared<Control>();
  for (const Rule* rule : Ruleset()) {
    EXPECT_NE(Apply(*rule, {set, set.asked[0], empty}).status, Status::kFired)
        << rule->id;
  }
}

TEST(PropertyTest, OrderOfQuestionsAndPropertiesOfAReplyDoNotMatter) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(kAny, 3, &dice);
    const SetVerdict before = Judge(set);
    std::shuffle(set.asked.begin(), set.asked.end(), dice.engine());
    for (Asked& asked : set.asked) {
      for (Observation& reply : asked.replies) {
        std::shuffle(reply.addresses.begin(), reply.addresses.end(),
                     dice.engine());
      }
    }
    const SetVerdict after = Judge(set);
    ASSERT_EQ(before.verdict, after.verdict) << seed;
    ASSERT_EQ(before.mechanism, after.mechanism) << seed;
    ASSERT_EQ(before.injector, after.injector) << seed;
    for (const MeasurementVerdict& one : after.measurements) {
      ASSERT_EQ(before.measurements[one.ordinal].verdict, one.verdict) << seed;
    }
  }
}

TEST(PropertyTest, OrdinarySingleRepliesAreNeverCalledForged) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(kOrdinary, 1, &dice);
    std::erase_if(set.asked, [](const Asked& asked) {
      return asked.server_kind == ServerKind::kCanary;
    });
    for (const MeasurementVerdict& one : Judge(set).measurements) {
      ASSERT_FALSE(AccusesForger(one.verdict)) << seed;
    }
  }
}

TEST(PropertyTest, MoreControlNeverTurnsCleanIntoForged) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(kAny, 2, &dice);
    const SetVerdict before = Judge(set);
    for (Asked& asked : set.asked) {
      auto more = RandomControl(kAny, &dice);
      if (asked.control) {
        const Control& old = *asked.control;
        more->addresses.insert(more->addresses.end(), old.addresses.begin(),
                               old.addresses.end());
        more->origin_as.insert(more->origin_as.end(), old.origin_as.begin(),
                               old.origin_as.end());
        std::ranges::sort(more->addresses);
        std::ranges::sort(more->origin_as);
        more->saw_nodata |= old.saw_nodata;
        more->saw_nxdomain |= old.saw_nxdomain;
      }
      asked.control = more;
    }
    const SetVerdict after = Judge(set);
    for (std::size_t i = 0; i < after.measurements.size(); ++i) {
      if (before.measurements[i].verdict != Class::kConsistent) continue;
      ASSERT_FALSE(AccusesForger(after.measurements[i].verdict)) << seed;
    }
  }
}

TEST(PropertyTest, ControlOfAnotherNameChangesNothing) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(kAny, 3, &dice);
    const SetVerdict before = Judge(set);
    Asked other;
    other.ordinal = 99;
    other.qname = *dns::Name::Parse("unrelated.example.");
    other.outcome = Outcome::kSendFailed;
    other.control = RandomControl(kAny, &dice);
    set.asked.push_back(other);
    const SetVerdict after = Judge(set);
    ASSERT_EQ(before.verdict, after.verdict) << seed;
    ASSERT_EQ(before.mechanism, after.mechanism) << seed;
    ASSERT_EQ(before.injector, after.injector) << seed;
  }
}

// What fires on evidence that proves itself, or that a list names.
const std::set<std::string_view> kNeedNoControl = {
    "block_page_answer",  "canary_reply",
    "canary_reply_alone", "filter_answer",
    "teredo_answer",      "censor_sinkhole_answer",
    "safe_search_answer", "forged_pool_address_alone"};

TEST(PropertyTest, WithoutControlOnlyEvidenceThatProvesItselfAccuses) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(kAny, 3, &dice);
    for (Asked& asked : set.asked) asked.control = nullptr;
    for (const MeasurementVerdict& one : Judge(set).measurements) {
      ASSERT_NE(one.verdict, Class::kConsistent) << seed;
      for (const ReplyVerdict& reply : one.replies) {
        for (const Finding& finding : reply.fired) {
          ASSERT_TRUE(kNeedNoControl.contains(finding.rule->id))
              << finding.rule->id;
        }
      }
    }
  }
}

}  // namespace
}  // namespace taster::judge
