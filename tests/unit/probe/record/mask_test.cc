// SPDX-License-Identifier: Apache-2.0
// No byte that tells who asked survives, and nothing else changes.
#include "probe/record/mask.h"

#include <gtest/gtest.h>

#include <random>

#include "proto/dns/message_reader.h"

namespace taster::record {
namespace {

using namespace std::string_literals;

net::IpAddress Own() { return net::IpAddress::Parse("93.184.216.34").value(); }

// Header with one question and `additional` records, question www.example A.
std::string Head(char answers, char additional) {
  return "\x12\x34\x81\x80\0\1\0"s + answers + "\0\0\0"s + additional +
         "\3www\7example\0\0\1\0\1"s;
}

std::string Opt(const std::string& options) {
  return "\0\0\x29\x04\xd0\0\0\0\0\0"s + static_cast<char>(options.size()) +
         options;
}

const std::string kClientSubnet = "\0\x08\0\x07\0\1\x18\0\x5d\xb8\xd8"s;
const std::string kCookie =
    "\0\x0a\0\x08"
    "ABCDEFGH"s;
const std::string kNsid =
    "\0\x03\0\x02"
    "ns"s;

TEST(Mask, ClientSubnetAndCookieLoseTheirDataOnly) {
  const auto original = Head(0, 1) + Opt(kNsid + kClientSubnet + kCookie);
  auto message = original;
  const auto masked = Mask(&message, {});
  ASSERT_EQ(masked.size(), 2u);
  EXPECT_EQ(masked[0].reason, v1::REDACTION_REASON_CLIENT_SUBNET);
  EXPECT_EQ(masked[0].length, 7u);
  EXPECT_EQ(masked[1].reason, v1::REDACTION_REASON_COOKIE);
  EXPECT_EQ(masked[1].length, 8u);
  ASSERT_EQ(message.size(), original.size());
  auto expected = original;
  for (const auto& one : masked) {
    expected.replace(one.offset, one.length, one.length, '\0');
  }
  EXPECT_EQ(message, expected);
  EXPECT_NE(message.find("ns"), std::string::npos);
  EXPECT_EQ(message.find("\x5d\xb8\xd8"), std::string::npos);
}

TEST(Mask, OwnAddressIsFoundInRdataAndInText) {
  auto message = Head(2, 0) +
                 "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x5d\xb8\xd8\x22"s +
                 "\xc0\x0c\0\x10\0\1\0\0\0\x3c\0\x0e\x0d"
                 "93.184.216.34"s;
  const std::vector own = {Own()};
  const auto masked = Mask(&message, own);
  ASSERT_EQ(masked.size(), 2u);
  EXPECT_EQ(masked[0].length, 4u);
  EXPECT_EQ(masked[1].length, 13u);
  for (const auto& one : masked) {
    EXPECT_EQ(one.reason, v1::REDACTION_REASON_OWN_ADDRESS);
  }
  EXPECT_EQ(message.find("\x5d\xb8\xd8\x22"), std::string::npos);
  EXPECT_EQ(message.find("93.184"), std::string::npos);
}

TEST(Mask, CutOffOptIsMaskedToo) {
  const auto whole = Head(0, 1) + Opt(kCookie + kClientSubnet);
  auto message = whole.substr(0, whole.size() - 1);
  const auto masked = Mask(&message, {});
  ASSERT_EQ(masked.size(), 2u);
  EXPECT_EQ(message.find("\x5d\xb8"), std::string::npos);
  EXPECT_EQ(message.find("ABCD"), std::string::npos);
}

TEST(Mask, OptBehindADefectIsMaskedToo) {
  // An A record of three bytes stops the reader.
  auto message =
      Head(1, 1) + "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\3\1\2\3"s + Opt(kClientSubnet);
  EXPECT_EQ(Mask(&message, {}).size(), 1u);
  EXPECT_EQ(message.find("\x5d\xb8\xd8"), std::string::npos);
}

TEST(Mask, OrdinaryAndShortMessagesStayAsTheyAre) {
  const std::vector own = {Own()};
  for (const auto& original : {Head(0, 1) + Opt(kNsid), Head(0, 0), ""s,
                               "\1\2\3"s, std::string(11, '\0')}) {
    auto message = original;
    EXPECT_TRUE(Mask(&message, own).empty());
    EXPECT_EQ(message, original);
  }
}

TEST(Mask, AnyBytesAreSafeAndKeepTheirLength) {
  std::mt19937 rng(5);
  const std::vector own = {Own()};
  const auto base = Head(1, 1) + Opt(kClientSubnet + kCookie);
  for (int i = 0; i < 20'000; ++i) {
    auto message = base;
    for (int flips = 0; flips < 6; ++flips) {
      message[rng() % message.size()] = static_cast<char>(rng());
    }
    message.resize(rng() % (base.size() + 1));
    const auto size = message.size();
    for (const auto& one : Mask(&message, own)) {
      ASSERT_LE(one.offset + one.length, size);
    }
    ASSERT_EQ(message.size(), size);
  }
}

}  // namespace
}  // namespace taster::record
