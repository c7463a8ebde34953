// SPDX-License-Identifier: Apache-2.0
// Marks of servers and questions: equal when they must be, and else not.
#include "probe/capture/echo_mark.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/unit/probe/capture/loopback_server.h"

namespace taster::capture {
namespace {

class EchoMarkTest : public testing::Test {
 protected:
  // A response without records that echoes `name` and type A.
  static Bytes Echo(const std::string& name) {
    Bytes message = {0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    const auto parsed = dns::Name::Parse(name);
    const auto wire = parsed->wire();
    message.insert(message.end(), wire.begin(), wire.end());
    message.insert(message.end(), {0, 1, 0, 1});
    return message;
  }

  RandomSource random_;
  EchoMark mark_{&random_};
};

TEST_F(EchoMarkTest, CaseOfAsciiLettersIsIgnoredAndNothingElse) {
  const auto mark = [this](const char* name) {
    return mark_.OfQuestion(dns::Name::Parse(name)->wire(), 1);
  };
  EXPECT_EQ(mark("www.example.com"), mark("wWw.EXAMPLE.com"));
  EXPECT_EQ(mark("abcdefghijklmnopqrstuvwxyz"),
            mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  EXPECT_NE(mark("[.example"), mark("{.example"));
  EXPECT_NE(mark("@.example"), mark("`.example"));
  EXPECT_NE(mark("\\193.example"), mark("\\225.example"));
  EXPECT_NE(mark("a.bc"), mark("ab.c"));
  EXPECT_NE(mark_.OfQuestion(dns::Name::Parse("a.b")->wire(), 1),
            mark_.OfQuestion(dns::Name::Parse("a.b")->wire(), 28));
}

TEST_F(EchoMarkTest, EchoHasTheMarkOfItsQuestion) {
  const auto name = dns::Name::Parse("www.example.com");
  const Bytes echo = Echo("WWW.example.COM");
  EXPECT_EQ(mark_.OfEcho(echo), mark_.OfQuestion(name->wire(), 1));
  EXPECT_EQ(mark_.OfEcho(Echo(".")), mark_.OfQuestion(dns::Name().wire(), 1));
}

TEST_F(EchoMarkTest, WhatIsNotAnEchoHasNone) {
  const Bytes echo = Echo("www.example.com");
  for (std::size_t size = 0; size < echo.size(); ++size) {
    EXPECT_EQ(mark_.OfEcho(std::span(echo).first(size)), std::nullopt);
  }
  for (const auto& [at, value] : {std::pair<std::size_t, std::uint8_t>{2, 0},
                                  {5, 0},
                                  {5, 2},
                                  {4, 1},
                                  {12, 0xc0},
                                  {12, 64},
                                  {echo.size() - 1, 3}}) {
    Bytes other = echo;
    other[at] = value;
    EXPECT_EQ(mark_.OfEcho(other), std::nullopt) << at;
  }
  Bytes long_name(12, 0);
  long_name[2] = 0x80;
  long_name[5] = 1;
  for (int i = 0; i < 5; ++i) {
    long_name.push_back(63);
    long_name.insert(long_name.end(), 63, 'a');
  }
  long_name.insert(long_name.end(), {0, 0, 1, 0, 1});
  EXPECT_EQ(mark_.OfEcho(long_name), std::nullopt);
}

TEST_F(EchoMarkTest, ServersDiffer) {
  std::set<std::uint32_t> marks;
  for (const char* server :
       {"127.0.0.1:53", "127.0.0.1:54", "127.0.0.2:53", "[::1]:53",
        "[::7f00:1]:53", "[7f00:1::]:53", "[::1]:54"}) {
    marks.insert(mark_.OfServer(*net::Endpoint::Parse(server, 53)));
  }
  EXPECT_EQ(marks.size(), 7u);
}

}  // namespace
}  // namespace taster::capture
