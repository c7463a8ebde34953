// SPDX-License-Identifier: Apache-2.0
// The words before TLS and inside it: of honest mail servers, of strippers,
// injectors and noise.
#include <gtest/gtest.h>

#include "probe/capture/endpoint_talk.h"
#include "tests/unit/probe/capture/talk_cases.h"

namespace taster::capture {
namespace {

using State = EndpointTalk::State;

struct MailCase {
  const char* name;
  Service service;
  std::string clear;   // What the server says before TLS.
  std::string inside;  // And then, if TLS comes to stand.
  State end;
  std::string said;  // By us, in all.
};

const std::string kEhlo = "EHLO client.invalid\r\n";
const std::string kGreeting = "220 mx.example ESMTP\r\n";
const std::string kOffer = "250-mx.example\r\n250-SIZE 9\r\n250 STARTTLS\r\n";
const std::string kGo = "220 go\r\n";
const std::string kSmtpAll = kEhlo + "STARTTLS\r\nQUIT\r\n";

const MailCase kCases[] = {
    {"Smtps", Service::kSmtps, "", kGreeting, State::kServed, "QUIT\r\n"},
    {"SmtpsLongGreeting", Service::kSmtps, "", "220-a\r\n220-b\r\n220 c\r\n",
     State::kServed, "QUIT\r\n"},
    {"SmtpsLineEndsAreLoose", Service::kSmtps, "", "220\n", State::kServed,
     "QUIT\r\n"},
    {"SmtpsTurnsUsAway", Service::kSmtps, "", "554 no\r\n", State::kServed, ""},
    {"SmtpsNoise", Service::kSmtps, "", "hello\r\n", State::kNonsense, ""},
    {"SmtpsCodesDiffer", Service::kSmtps, "", "220-a\r\n250 b\r\n",
     State::kNonsense, ""},
    {"SmtpsNoEnd", Service::kSmtps, "", "220 mx", State::kInside, ""},
    {"SmtpsNul", Service::kSmtps, "",
     std::string("\0"
                 "220 a\r\n",
                 8),
     State::kNonsense, ""},
    {"SmtpsLongLine", Service::kSmtps, "", "220 " + std::string(1 << 20, 'a'),
     State::kNonsense, ""},
    {"SmtpsEndlessReply", Service::kSmtps, "", Times(4000, "220-a\r\n"),
     State::kNonsense, ""},
    {"Imaps", Service::kImaps, "", "* OK ready\r\n", State::kServed,
     "a2 LOGOUT\r\n"},
    {"ImapsLongGreeting", Service::kImaps, "",
     "* OK [CAPABILITY " + std::string(4000, 'x') + "]\r\n", State::kServed,
     "a2 LOGOUT\r\n"},
    {"ImapsPreauth", Service::kImaps, "", "* preauth hi\r\n", State::kServed,
     "a2 LOGOUT\r\n"},
    {"ImapsBye", Service::kImaps, "", "* BYE busy\r\n", State::kServed, ""},
    {"ImapsOtherWord", Service::kImaps, "", "* OKAY\r\n", State::kNonsense, ""},
    {"Pop3s", Service::kPop3s, "", "+OK\r\n", State::kServed, "QUIT\r\n"},
    {"Pop3sError", Service::kPop3s, "", "-ERR no\r\n", State::kServed, ""},
    {"Pop3sIsHttp", Service::kPop3s, "", "HTTP/1.1 400 Bad\r\n",
     State::kNonsense, ""},
    {"Smtp", Service::kSmtp, kGreeting + kOffer + kGo, "", State::kServed,
     kSmtpAll},
    {"SmtpOfferInSmallLetters", Service::kSmtp,
     kGreeting + "250-mx\r\n250 starttls\r\n" + kGo, "", State::kServed,
     kSmtpAll},
    {"SmtpStripped", Service::kSmtp, kGreeting + "250-mx\r\n250 SIZE\r\n", "",
     State::kNoTls, kEhlo},
    {"SmtpOfferOverwritten", Service::kSmtp,
     kGreeting + "250-mx\r\n250 XXXXXXXX\r\n", "", State::kNoTls, kEhlo},
    {"SmtpHostIsCalledSo", Service::kSmtp,
     kGreeting + "250-STARTTLS\r\n250 SIZE\r\n", "", State::kNoTls, kEhlo},
    {"SmtpOfferIsOfAnotherName", Service::kSmtp,
     kGreeting + "250-mx\r\n250 STARTTLSX\r\n", "", State::kNoTls, kEhlo},
    {"SmtpRefusesHello", Service::kSmtp, kGreeting + "502 what\r\n", "",
     State::kNoTls, kEhlo},
    {"SmtpRefusesTls", Service::kSmtp, kGreeting + kOffer + "454 later\r\n", "",
     State::kNoTls, kEhlo + "STARTTLS\r\n"},
    {"SmtpTurnsUsAway", Service::kSmtp, "421 no\r\n", "", State::kNoTls, ""},
    {"SmtpIsWeb", Service::kSmtp, "HTTP/1.0 403 Forbidden\r\n", "",
     State::kNoTls, ""},
    {"SmtpLongLine", Service::kSmtp, std::string(1 << 20, '2'), "",
     State::kNoTls, ""},
    {"SmtpSilent", Service::kSmtp, "", "", State::kClear, ""},
    {"Imap", Service::kImap, "* OK hi\r\n* CAPABILITY x\r\na1 OK go\r\n", "",
     State::kServed, "a1 STARTTLS\r\na2 LOGOUT\r\n"},
    {"ImapRefuses", Service::kImap, "* OK hi\r\na1 BAD no\r\n", "",
     State::kNoTls, "a1 STARTTLS\r\n"},
    {"ImapPreauthLeavesNoTls", Service::kImap, "* PREAUTH hi\r\n", "",
     State::kNoTls, ""},
    {"ImapOtherTag", Service::kImap, "* OK hi\r\na2 OK go\r\n", "",
     State::kNoTls, "a1 STARTTLS\r\n"},
    {"Pop3", Service::kPop3, "+OK hi\r\n+OK go\r\n", "", State::kServed,
     "STLS\r\nQUIT\r\n"},
    {"Pop3Refuses", Service::kPop3, "+OK hi\r\n-ERR no\r\n", "", State::kNoTls,
     "STLS\r\n"},
};

class MailTalkTest : public testing::TestWithParam<MailCase> {};

TEST_P(MailTalkTest, EndsAsItShouldHoweverTheStreamIsCut) {
  const MailCase& tried = GetParam();
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{1} << 22}) {
    const Transcript told =
        Play(tried.service, tried.clear, tried.inside, piece);
    EXPECT_EQ(told.state, tried.end) << piece;
    EXPECT_EQ(told.said, tried.said) << piece;
    EXPECT_EQ(told.left, "") << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(Transcripts, MailTalkTest, testing::ValuesIn(kCases),
                         [](const auto& tested) {
                           return std::string(tested.param.name);
                         });

TEST(MailTalk, WhatIsInjectedBehindTheAnswerIsForTls) {
  const std::string injected = "250 you are in\r\n";
  const Transcript told =
      Play(Service::kSmtp, kGreeting + kOffer + kGo + injected, "", 1 << 20);
  EXPECT_EQ(told.left, injected);
  EXPECT_EQ(told.said, kEhlo + "STARTTLS\r\n");
  EXPECT_EQ(told.state, State::kTls);
}

TEST(MailTalk, NothingHeardInClearCountsInside) {
  EndpointTalk talk(Service::kSmtps, "mx.example");
  std::string said;
  const std::string greeting = "220 hi\r\n";
  EXPECT_EQ(talk.Take(net::BytesOf(greeting), &said), 0u);
  EXPECT_EQ(talk.state(), State::kTls);
}

}  // namespace
}  // namespace taster::capture
