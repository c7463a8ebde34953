// SPDX-License-Identifier: Apache-2.0
// Measurements and sets: the worst of what has a say, and what explains it.
#include <gtest/gtest.h>

#include "collector/judge/verdict.h"
#include "tests/unit/collector/judge/case_text.h"
#include "tests/unit/collector/judge/render.h"

namespace taster::judge {
namespace {

constexpr char kPreamble[] = R"(
date 2026-11-22
prefix 104.16.0.0/12 13335
prefix 142.250.0.0/15 15169
prefix 31.13.64.0/18 32934
control www.example.com. A 104.18.26.120
control www.example.com. AAAA nodata
control www.example.org. A 142.250.176.3
control gone.example. A nxdomain
)";
constexpr char kTrue[] = "reply 9ms | c00c 300 A 104.18.26.120\n";
constexpr char kForged[] = "reply 8ms df=1 | c00c 76 A 31.13.94.37\n";
constexpr char kAsk[] = "ask target www.example.com. A @8.8.8.8 recursive udp";
constexpr char kAskTls[] =
    "ask target www.example.com. A @8.8.8.8:853 recursive tls\n";
constexpr char kCanary[] =
    "ask target www.example.com. A @203.0.113.53 canary udp";
constexpr char kCanaryControl[] =
    "ask control www.example.org. A @203.0.113.53 canary udp\n";
constexpr char kControl[] =
    "ask control www.example.org. A @8.8.8.8 recursive udp\n";
constexpr char kControlTrue[] = "reply 9ms | c00c 300 A 142.250.176.3\n";

std::string Join(std::initializer_list<std::string> lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

// The first line of the rendered verdict: the set's.
std::string SetOf(const std::string& lines) {
  std::string error;
  const auto text = ParseCase(kPreamble + lines, &error);
  if (!text) return "malformed: " + error;
  const std::string rendered = RenderVerdict(Judge(Assemble(*text)));
  return rendered.substr(0, rendered.find('\n'));
}

// A letter a measurement, in order: y if it counts for its name, else n.
std::string SayOf(const std::string& lines) {
  std::string error;
  const auto text = ParseCase(kPreamble + lines, &error);
  if (!text) return "malformed: " + error;
  std::string letters;
  for (const MeasurementVerdict& one : Judge(Assemble(*text)).measurements) {
    letters.push_back(one.has_say ? 'y' : 'n');
  }
  return letters;
}

TEST(SayTest, AnswersAndOpenSilenceCount) {
  EXPECT_EQ(SayOf(Join({kAsk, "\n", kTrue})), "y");
  EXPECT_EQ(SayOf(kAsk), "y");
  EXPECT_EQ(SayOf(Join({kCanary, "\n", kForged})), "y");
}

TEST(SayTest, WhatSaysNothingOfTheNameDoesNot) {
  EXPECT_EQ(SayOf(Join({kControl, kControlTrue})), "n");
  EXPECT_EQ(SayOf(kCanary), "n");
  EXPECT_EQ(SayOf(Join({kAsk, " flags=0x0000\nreply 9ms flags=0x8005\n"})),
            "n");
  EXPECT_EQ(SayOf(Join({"ask control www.example.org. A @8.8.8.8:853 recursive "
                        "tls\n",
                        kAskTls})),
            "nn");
}

TEST(SetTest, NothingAskedIsInsufficient) {
  EXPECT_EQ(SetOf(""), "set: insufficient");
  EXPECT_EQ(SetOf(Join({kControl, kControlTrue})), "set: insufficient");
}

TEST(SetTest, SilentCanaryTakesNothingFromTheOthers) {
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, kCanaryControl, kCanary})),
            "set: consistent");
  EXPECT_EQ(SetOf(kCanary), "set: insufficient");
}

TEST(SetTest, WhatNeverGotThereHasNoSay) {
  for (const std::string outcome :
       {" ttl_exceeded", " send_failed", " cancelled"}) {
    EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, kAsk, outcome})),
              "set: consistent")
        << outcome;
  }
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, kAsk, " timeout"})),
            "set: insufficient");
}

TEST(SetTest, TwinWithoutRecursionOwesNoAnswer) {
  const std::string twin = std::string(kAsk) + " flags=0x0000\n";
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, twin, "reply 9ms flags=0x8005\n"})),
            "set: consistent");
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, twin})), "set: consistent");
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, twin, kForged})),
            "set: poisoned of gfw-2");
}

TEST(SetTest, ControlNamesSpeakForThemselves) {
  EXPECT_EQ(SetOf(Join({kControl, kForged, kAsk, "\n", kTrue})),
            "set: consistent");
}

TEST(SetTest, ForgedReplyBesideTheTrueOneIsPoisoned) {
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kForged, kTrue})),
            "set: poisoned by on_path_injection of gfw-2");
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, kForged})),
            "set: poisoned by on_path_injection of gfw-2");
}

TEST(SetTest, TrueAnswerFromACanaryIsAmbiguous) {
  EXPECT_EQ(SetOf(Join({kCanaryControl, kCanary, "\n", kTrue})),
            "set: ambiguous");
}

TEST(SetTest, SingleForgedReplyWithoutACanaryHasNoMechanism) {
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kForged})), "set: poisoned of gfw-2");
}

TEST(SetTest, SilentCanaryMakesItTheResolversForgery) {
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kForged, kCanary})),
            "set: poisoned by resolver_poisoned of gfw-x");
  // Never sent: it tells nothing.
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kForged, kCanary, " send_failed"})),
            "set: poisoned of gfw-2");
}

TEST(SetTest, InjectionAnywhereExplainsTheForgedAnswersOfTheSet) {
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kForged, kCanaryControl, kCanary, "\n",
                        "reply 8ms df=1 | c00c 99 A 5.6.7.8\n"})),
            "set: poisoned by on_path_injection of gfw-2");
}

TEST(SetTest, NobodyOnThePathWritesIntoAStream) {
  EXPECT_EQ(SetOf(Join({kAskTls, kForged})),
            "set: poisoned by resolver_poisoned of gfw-x");
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kForged, kTrue, kAskTls, kForged})),
            "set: poisoned by on_path_injection of gfw-2");
}

TEST(SetTest, AttributionPrefersWhoIsToldApart) {
  const std::string unseen = "reply 8ms | c00c 76 A 31.13.94.37\n";
  EXPECT_EQ(SetOf(Join({kAsk, "\n", unseen, kAsk, "\n", kForged})),
            "set: poisoned of gfw-2");
}

constexpr char kServfail[] = "reply 900ms flags=0x8182\n";
constexpr char kNameServer[] =
    "ask name_server www.example.org. A @8.8.8.8 recursive udp\n";

TEST(DelegationTest, ForgedNameServerExplainsWhatFailed) {
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kServfail, kNameServer, kForged})),
            "set: blocked by delegation_poisoned of gfw-2");
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kNameServer, kForged})),
            "set: blocked by delegation_poisoned of gfw-2");
}

TEST(DelegationTest, ExplainsNothingElse) {
  // What was answered; a name server that nobody forges; a name that controls
  // cannot resolve either; a server that owes no recursion.
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kTrue, kNameServer, kForged})),
            "set: consistent");
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kServfail, kNameServer, kControlTrue})),
            "set: insufficient");
  EXPECT_EQ(SetOf(Join({"ask target gone.example. A @8.8.8.8 recursive udp\n",
                        kServfail, kNameServer, kForged})),
            "set: down");
  EXPECT_EQ(SetOf(Join({"ask target www.example.com. A @8.8.8.8 authoritative "
                        "udp\n",
                        kServfail, kNameServer, kForged})),
            "set: insufficient");
}

class FailureTest : public testing::Test {
 protected:
  // `tries` queries that time out, between control names that worked.
  static std::string Tries(int tries, const std::string& ask = kAsk) {
    std::string text = Join({kControl, kControlTrue});
    for (int i = 0; i < tries; ++i) text += ask + "\n";
    return text + kControl + kControlTrue;
  }
};

TEST_F(FailureTest, ThreeTriesBetweenControlNamesAreBlocked) {
  EXPECT_EQ(SetOf(Tries(2)), "set: insufficient");
  EXPECT_EQ(SetOf(Tries(3)), "set: blocked by dropped");
  EXPECT_EQ(SetOf(Tries(3, std::string(kAsk) + " prohibited")),
            "set: blocked by dropped");
  EXPECT_EQ(SetOf(Tries(3,
                        "ask target www.example.com. AAAA @8.8.8.8 "
                        "recursive udp")),
            "set: blocked by dropped");
}

TEST_F(FailureTest, OneSuccessIsLossAndNotBlocking) {
  EXPECT_EQ(SetOf(Join({Tries(3), kAsk, "\n", kTrue})), "set: insufficient");
}

TEST_F(FailureTest, OtherQuestionsAreNoTries) {
  EXPECT_EQ(SetOf(Join({Tries(2), kAsk, " flags=0x0110\n"})),
            "set: insufficient");
  EXPECT_EQ(SetOf(Join({Tries(2), kAskTls})), "set: insufficient");
}

TEST_F(FailureTest, ControlNamesMustHaveWorkedThere) {
  EXPECT_EQ(SetOf(Join({Tries(3), kControl})), "set: insufficient");
  EXPECT_EQ(SetOf(Join({kAsk, "\n", kAsk, "\n", kAsk})), "set: insufficient");
  EXPECT_EQ(SetOf(Tries(3,
                        "ask target www.example.com. A @9.9.9.9 recursive "
                        "udp")),
            "set: insufficient");
}

TEST_F(FailureTest, WithoutControlNothingIsSaid) {
  EXPECT_EQ(SetOf(Tries(3,
                        "ask target other.example. A @8.8.8.8 recursive "
                        "udp")),
            "set: insufficient");
}

TEST_F(FailureTest, ErrorCodesAreNoSilence) {
  const std::string error = std::string(kAsk) + "\nreply 9ms flags=0x8182";
  EXPECT_EQ(SetOf(Tries(3, error)), "set: insufficient");
}

TEST_F(FailureTest, DownWhenControlsFailToo) {
  const std::string gone = "ask target gone.example. A @8.8.8.8 recursive udp";
  EXPECT_EQ(SetOf(gone), "set: down");
  EXPECT_EQ(SetOf(gone + "\nreply 9ms flags=0x8182"), "set: down");
  EXPECT_EQ(SetOf(Tries(3, gone)), "set: down");
  EXPECT_EQ(SetOf("ask target gone.example. A @203.0.113.53 canary udp"),
            "set: insufficient");
}

}  // namespace
}  // namespace taster::judge
