// SPDX-License-Identifier: Apache-2.0
// What the reader makes of every class of hostile message.
#include "tests/unit/proto/dns/hostile_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "proto/dns/presentation.h"
#include "tests/unit/proto/dns/exact_bytes.h"
#include "tests/unit/proto/dns/read_all.h"

namespace taster::dns {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Nothing but printable ASCII and the line feeds and tabs of the layout.
bool IsSafeText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f);
  });
}

TEST(HostileMessages, ThereAreManyClasses) {
  std::set<std::string> names;
  for (const auto& message : MakeHostileMessages()) {
    EXPECT_TRUE(names.insert(message.name).second) << message.name;
  }
  EXPECT_GE(names.size(), 60u);
}

TEST(HostileMessages, EachGivesItsDefect) {
  for (const auto& message : MakeHostileMessages()) {
    SCOPED_TRACE(message.name);
    const ExactBytes bytes(message.bytes);
    const ReadCounts read = ReadAll(bytes.span());
    EXPECT_EQ(ToString(read.defect), ToString(message.defect));
    EXPECT_EQ(read.questions, message.questions);
    EXPECT_EQ(read.records, message.records);
  }
}

TEST(HostileMessages, EachIsShownSafely) {
  for (const auto& message : MakeHostileMessages()) {
    SCOPED_TRACE(message.name);
    const ExactBytes bytes(message.bytes);
    const std::string text = MessageToText(bytes.span());
    EXPECT_TRUE(IsSafeText(text)) << text;
    EXPECT_TRUE(IsSafeText(HexDump(bytes.span())));
    if (message.defect == Defect::kNone) continue;
    EXPECT_THAT(text, HasSubstr(";; malformed: "));
    EXPECT_THAT(text, HasSubstr(std::string(ToString(message.defect)) + '\n'));
  }
}

// Whatever is cut off, the reader stays inside and takes what it says.
TEST(HostileMessages, EachMayBeCutAnywhere) {
  for (const auto& message : MakeHostileMessages()) {
    const std::size_t size = std::min<std::size_t>(message.bytes.size(), 700);
    for (std::size_t kept = 0; kept < size; ++kept) {
      const ExactBytes bytes(std::span(message.bytes).first(kept));
      ReadAll(bytes.span());
    }
  }
}

TEST(HostileMessages, EachMayBeMutated) {
  std::mt19937 random(20261122);
  for (const auto& message : MakeHostileMessages()) {
    if (message.bytes.empty() || message.bytes.size() > 700) continue;
    for (int round = 0; round < 80; ++round) {
      auto mutated = message.bytes;
      for (int change = 0; change < 3; ++change) {
        mutated[random() % mutated.size()] =
            static_cast<std::uint8_t>(random());
      }
      const ExactBytes bytes(mutated);
      ReadAll(bytes.span());
      ASSERT_TRUE(IsSafeText(MessageToText(bytes.span()))) << message.name;
    }
  }
}

}  // namespace
}  // namespace taster::dns
