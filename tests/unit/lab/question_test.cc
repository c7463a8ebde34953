// SPDX-License-Identifier: Apache-2.0
// The loose parser reads what injectors read, and nothing past the end.
#include "tests/lab/censor/question.h"

#include <gtest/gtest.h>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

TEST(QuestionTest, FlattensLowerCasesAndKeepsTheWire) {
  const Bytes message = MakeMessage({.name = "WwW.BoTh.TesT", .type = 28});
  const auto question = ParseQuestion(message);
  ASSERT_TRUE(question.has_value());
  EXPECT_EQ(question->flat_name, "www.both.test");
  EXPECT_EQ(Bytes(question->qname.begin(), question->qname.end()),
            EncodeName("WwW.BoTh.TesT"));
  EXPECT_EQ(question->id, 0x1234);
  EXPECT_EQ(question->qtype, kTypeAaaa);
  EXPECT_TRUE(question->recursion_desired);
  EXPECT_TRUE(question->is_well_formed);
}

TEST(QuestionTest, RefusesWhatIsCutShort) {
  const Bytes message = MakeMessage({.name = "both.test"});
  const std::size_t question_end = message.size() - 11;
  for (std::size_t length = 0; length < question_end; ++length) {
    EXPECT_FALSE(ParseQuestion(ByteView(message).first(length)).has_value());
  }
  EXPECT_TRUE(ParseQuestion(ByteView(message).first(question_end)).has_value());
}

TEST(QuestionTest, RefusesResponsesAndOtherClasses) {
  Bytes response = MakeMessage({.name = "both.test"});
  response[2] |= 0x80;
  EXPECT_FALSE(ParseQuestion(response).has_value());
  Bytes chaos = MakeMessage({.name = "both.test"});
  chaos[chaos.size() - 12] = 3;
  EXPECT_FALSE(ParseQuestion(chaos).has_value());
}

TEST(QuestionTest, IgnoresHeaderCounts) {
  Bytes message = MakeMessage({.name = "both.test"});
  for (std::size_t at = 4; at < 12; ++at) message[at] = 0xFF;
  EXPECT_TRUE(ParseQuestion(message).has_value());
}

TEST(QuestionTest, TakesACompressionPointerForALength) {
  Bytes message = MakeMessage({.name = "x"});
  message[12] = 0xC0;
  EXPECT_FALSE(ParseQuestion(message).has_value());
  message.insert(message.begin() + 13, 191, 'a');
  const auto question = ParseQuestion(message);
  ASSERT_TRUE(question.has_value());
  EXPECT_EQ(question->flat_name.size(), 192u);
  EXPECT_FALSE(question->is_well_formed);
}

TEST(QuestionTest, EndsTheNameAtAZeroByteAndSplitsAtADotInALabel) {
  Bytes message = MakeMessage({.name = "aaa.both.test"});
  message[14] = '.';
  EXPECT_EQ(ParseQuestion(message)->flat_name, "a.a.both.test");
  message[14] = 0;
  EXPECT_EQ(ParseQuestion(message)->flat_name, "a");
}

TEST(QuestionTest, ReadsTheRoot) {
  const auto question = ParseQuestion(MakeMessage({.name = ""}));
  ASSERT_TRUE(question.has_value());
  EXPECT_EQ(question->flat_name, "");
}

}  // namespace
}  // namespace taster::lab
