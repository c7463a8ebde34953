// SPDX-License-Identifier: Apache-2.0
// What is read from replies as they pass, and when a set is over.
#include "probe/cli/answered.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/probe/capture/recording_witness.h"
#include "tests/unit/proto/dns/hostile_messages.h"

namespace taster::cli {
namespace {

using capture::QuestionRole;
using capture::Transport;
using plan::Answerer;
using Bytes = std::vector<std::uint8_t>;

capture::Question Ask(QuestionRole role = QuestionRole::kTarget,
                      std::uint32_t set = 0) {
  capture::Question question;
  question.set = set;
  question.role = role;
  question.qname = dns::Name::Parse("a.example").value();
  return question;
}

// An answer with these records, each of them type and RDATA.
Bytes Reply(const std::vector<std::pair<std::uint8_t, Bytes>>& records) {
  Bytes reply = {0, 7,   0x81, 0x80, 0,   1,   0,   0,   0, 0, 0, 0, 1, 'a',
                 7, 'e', 'x',  'a',  'm', 'p', 'l', 'e', 0, 0, 1, 0, 1};
  reply[7] = static_cast<std::uint8_t>(records.size());
  for (const auto& [type, rdata] : records) {
    reply.insert(reply.end(), {0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0,
                               static_cast<std::uint8_t>(rdata.size())});
    reply.insert(reply.end(), rdata.begin(), rdata.end());
  }
  return reply;
}

Bytes ReplyWith(std::uint8_t last) { return Reply({{1, {8, 8, 1, last}}}); }

class AnsweredTest : public testing::Test {
 protected:
  void Arrive(capture::Token token, const Bytes& message, bool matches = true) {
    capture::Arrived arrived;
    arrived.message = message;
    arrived.matches = matches;
    answered_.OnArrived(token, arrived);
  }
  void Close(capture::Token token) {
    answered_.OnClosed(token, capture::Outcome::kResponse, 0);
  }
  // The target's, as text with who answered.
  std::vector<std::string> Addresses(const plan::SetAnswers& answers) {
    std::vector<std::string> texts;
    for (const auto& one : answers.target_addresses) {
      texts.push_back(one.address.ToString() + " " +
                      std::to_string(static_cast<int>(one.answerer)));
    }
    return texts;
  }

  capture::RecordingWitness next_;
  Answered answered_{&next_};
};

TEST_F(AnsweredTest, KnowsWhoAnswered) {
  auto canary = Ask();
  canary.server_kind = capture::ServerKind::kCanary;
  auto encrypted = Ask();
  encrypted.transport = Transport::kHttps;
  auto stream = Ask();
  stream.transport = Transport::kTcp;
  capture::Token token = 0;
  for (const auto& question : {canary, encrypted, stream}) {
    answered_.Expect(token, question);
    Arrive(token, ReplyWith(static_cast<std::uint8_t>(token)));
    Close(token++);
  }
  EXPECT_FALSE(answered_.TakeReady().has_value());
  answered_.EndQuestions(0);
  const auto answers = answered_.TakeReady();
  ASSERT_TRUE(answers.has_value());
  EXPECT_EQ(answers->target, dns::Name::Parse("a.example"));
  EXPECT_THAT(Addresses(*answers),
              testing::ElementsAre("8.8.1.0 2", "8.8.1.1 0", "8.8.1.2 1"));
  EXPECT_EQ(answered_.waiting(), 0u);
}

TEST_F(AnsweredTest, ControlNameIsApartAndIdentityIsNobodysBusiness) {
  const QuestionRole roles[] = {QuestionRole::kControlName,
                                QuestionRole::kIdentity, QuestionRole::kTrace};
  capture::Token token = 0;
  for (const auto role : roles) {
    answered_.Expect(token, Ask(role));
    Arrive(token, ReplyWith(9));
    Close(token++);
  }
  answered_.EndQuestions(0);
  const auto answers = answered_.TakeReady();
  ASSERT_TRUE(answers.has_value());
  EXPECT_TRUE(answers->target_addresses.empty());
  ASSERT_EQ(answers->control_addresses.size(), 1u);
  EXPECT_EQ(answers->control_addresses[0].address.ToString(), "8.8.1.9");
}

TEST_F(AnsweredTest, AllThatIsTrueOfAReplyAndNothingElse) {
  answered_.Expect(1, Ask());
  Arrive(1, ReplyWith(1), /*matches=*/false);
  const Bytes v6 = {0x26, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  Arrive(1, Reply({{5, {0xc0, 12}}, {1, {8, 8, 1, 2}}, {28, v6}}));
  Arrive(1, Reply({{1, {8, 8, 1, 2}}}));           // Again.
  Arrive(1, Reply({{1, v6}, {1, {8, 8, 1, 3}}}));  // Malformed at once.
  auto authority = ReplyWith(4);
  std::swap(authority[7], authority[9]);
  Arrive(1, authority);
  Close(1);
  answered_.EndQuestions(0);
  EXPECT_THAT(Addresses(*answered_.TakeReady()),
              testing::ElementsAre("8.8.1.2 1", "2600::1 1"));
}

TEST_F(AnsweredTest, FloodIsKeptSmall) {
  answered_.Expect(1, Ask());
  for (int i = 0; i < 250; ++i) Arrive(1, ReplyWith(std::uint8_t(i)));
  for (const auto& message : dns::MakeHostileMessages()) {
    Arrive(1, message.bytes);
  }
  Close(1);
  answered_.EndQuestions(0);
  EXPECT_EQ(answered_.TakeReady()->target_addresses.size(), 16u);
}

TEST_F(AnsweredTest, SetIsOverWhenItsLastQuestionIs) {
  answered_.Expect(1, Ask(QuestionRole::kTarget, 0));
  answered_.Expect(2, Ask(QuestionRole::kTarget, 1));
  answered_.Expect(3, Ask(QuestionRole::kTarget, 1));
  answered_.EndQuestions(0);
  answered_.EndQuestions(1);
  answered_.Withdraw(3);
  EXPECT_FALSE(answered_.TakeReady().has_value());
  Close(2);
  EXPECT_EQ(answered_.waiting(), 2u);
  EXPECT_EQ(answered_.TakeReady()->set, 1u);
  Close(1);
  EXPECT_EQ(answered_.TakeReady()->set, 0u);
  answered_.EndQuestions(2);  // Nothing was asked.
  EXPECT_EQ(answered_.TakeReady()->set, 2u);
}

TEST_F(AnsweredTest, EverythingIsPassedOn) {
  answered_.OnSent(5, {});
  Arrive(5, ReplyWith(1));
  answered_.OnIcmp(5, {});
  answered_.OnStream(5, {});
  answered_.OnClosed(5, capture::Outcome::kServed, 3);
  const auto& told = next_.queries[5];
  EXPECT_EQ(told.sent_calls, 1);
  ASSERT_EQ(told.arrivals.size(), 1u);
  EXPECT_EQ(told.arrivals[0].message, ReplyWith(1));
  EXPECT_EQ(told.icmp.size(), 1u);
  EXPECT_TRUE(told.stream.has_value());
  EXPECT_EQ(told.outcome, capture::Outcome::kServed);
  EXPECT_EQ(told.uncounted, 3u);
  EXPECT_EQ(answered_.waiting(), 0u);
}

}  // namespace
}  // namespace taster::cli
