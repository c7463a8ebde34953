// SPDX-License-Identifier: Apache-2.0
// Bytes that somebody hostile wrote.
#include <gtest/gtest.h>

#include <random>

#include "collector/dissect/dissect.h"
#include "collector/judge/verdict.h"
#include "tests/unit/collector/judge/frozen.h"

namespace taster::dissect {
namespace {

using judge::Bytes;

// Every message of the vectors and scenarios, with the query it came for.
template <typename Visit>
void ForEachReply(Visit visit) {
  auto paths = judge::VectorCases();
  for (const auto& path : judge::GoldenCases()) paths.push_back(path);
  for (const auto& path : paths) {
    const judge::CaseText text = judge::ReadCase(path);
    for (const judge::AskedText& one : text.asked) {
      for (const judge::ReplyText& reply : one.replies) {
        visit(one.asked, reply);
      }
    }
  }
}

bool IsSane(const judge::Observation& reply) {
  return reply.addresses.size() <= 64 * 32 && reply.aliases.size() <= 64 &&
         reply.defect <= 12;
}

TEST(HostileTest, EveryPrefixOfEveryMessage) {
  std::size_t seen = 0;
  ForEachReply([&](const judge::Asked& asked, const judge::ReplyText& reply) {
    for (std::size_t size = 0; size < reply.message.size(); ++size) {
      const auto observation =
          Dissect(std::span(reply.message).first(size), reply.arrival, asked);
      ASSERT_TRUE(IsSane(observation));
      // A header alone announces more than there is.
      if (size < 12) {
        ASSERT_EQ(observation.fit, judge::Fit::kNotAResponse);
        ASSERT_NE(observation.defect, 0);
      }
      ++seen;
    }
  });
  EXPECT_GT(seen, 1000U);
}

TEST(HostileTest, RandomBytesInEveryMessage) {
  std::mt19937 random(20261122);
  ForEachReply([&](const judge::Asked& asked, const judge::ReplyText& reply) {
    for (int round = 0; round < 200; ++round) {
      Bytes message = reply.message;
      for (int i = 0; i < 1 + round % 4 && !message.empty(); ++i) {
        message[random() % message.size()] =
            static_cast<std::uint8_t>(random());
      }
      ASSERT_TRUE(IsSane(Dissect(message, reply.arrival, asked)));
    }
  });
}

// The question twice over is all there is room for; the counts say 65535.
TEST(HostileTest, CountsThatLie) {
  ForEachReply([&](const judge::Asked& asked, const judge::ReplyText& reply) {
    Bytes message = reply.message;
    if (message.size() < 12) return;
    for (const std::size_t at : {6U, 8U, 10U}) {
      message[at] = message[at + 1] = 0xff;
      const auto observation = Dissect(message, reply.arrival, asked);
      ASSERT_NE(observation.defect, 0);
      message[at] = message[at + 1] = 0;
    }
  });
}

// A reply that was mangled behind its answer is not vouched for.
TEST(HostileTest, ADefectIsNeverExonerated) {
  for (const auto& path : judge::GoldenCases()) {
    judge::CaseText text = judge::ReadCase(path);
    for (judge::AskedText& one : text.asked) {
      for (judge::ReplyText& reply : one.replies) reply.message.push_back(0);
    }
    const judge::Case subject = judge::Assemble(text);
    for (const auto& one : judge::Judge(subject).measurements) {
      for (const auto& reply : one.replies) {
        EXPECT_NE(reply.verdict, judge::Class::kConsistent) << path;
        EXPECT_NE(reply.verdict, judge::Class::kAmbiguous) << path;
      }
    }
  }
}

}  // namespace
}  // namespace taster::dissect
