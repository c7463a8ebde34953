// SPDX-License-Identifier: Apache-2.0
#include "proto/dns/svcb.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/proto/dns/exact_bytes.h"

namespace taster::dns {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Read {
  bool whole = false;
  bool alias = false;
  std::string hints;
};

Read ReadBytes(const Bytes& rdata) {
  SvcbHints hints;
  const ExactBytes exact(rdata);
  Read read;
  read.whole = ReadSvcb(exact.span(), &hints);
  read.alias = hints.alias_mode;
  for (const auto& address : hints.addresses) {
    read.hints += address.ToString() + ' ';
  }
  return read;
}

// Priority 1, target ".", then `params`.
Read ReadParams(Bytes params) {
  const Bytes head = {0, 1, 0};
  params.insert(params.begin(), head.begin(), head.end());
  return ReadBytes(params);
}

TEST(Svcb, ReadsHintsInOrder) {
  Bytes params = {0, 1,   0, 3, 2, 'h', '2', 0, 4,  0,    8, 1,   2,   3,
                  4, 192, 0, 2, 9, 0,   6,   0, 16, 0x20, 1, 0xd, 0xb8};
  params.resize(params.size() + 12);
  const Read read = ReadParams(params);
  EXPECT_TRUE(read.whole);
  EXPECT_FALSE(read.alias);
  EXPECT_EQ(read.hints, "1.2.3.4 192.0.2.9 2001:db8:: ");
}

TEST(Svcb, KnowsAliasMode) {
  EXPECT_TRUE(ReadBytes({0, 0, 3, 'c', 'd', 'n', 0}).alias);
  // Parameters of an alias are ignored (RFC 9460 section 2.4.2).
  const Read read = ReadBytes({0, 0, 0, 0, 4, 0, 4, 1, 2, 3, 4});
  EXPECT_TRUE(read.whole);
  EXPECT_EQ(read.hints, "");
  EXPECT_FALSE(ReadBytes({0, 0}).whole);
  EXPECT_FALSE(ReadBytes({0, 0}).alias);
}

TEST(Svcb, AcceptsServiceWithoutParameters) {
  EXPECT_TRUE(ReadParams({}).whole);
  EXPECT_TRUE(ReadBytes({0, 9, 1, 'a', 0}).whole);
}

TEST(Svcb, RefusesBadTargets) {
  for (const Bytes& rdata : std::vector<Bytes>{
           {}, {0}, {0, 1}, {0, 1, 3, 'w'}, {0, 1, 0xc0, 0}, {0, 1, 64}}) {
    EXPECT_FALSE(ReadBytes(rdata).whole);
  }
  Bytes rdata = {0, 1};
  for (int i = 0; i < 127; ++i) rdata.insert(rdata.end(), {1, 'a'});
  rdata.push_back(0);
  EXPECT_TRUE(ReadBytes(rdata).whole);
  rdata.insert(rdata.begin() + 2, {1, 'a'});
  EXPECT_FALSE(ReadBytes(rdata).whole);
}

TEST(Svcb, KeepsWhatStoodBeforeDefect) {
  // A port that repeats the key before it.
  const Read read =
      ReadParams({0, 4, 0, 4, 1, 2, 3, 4, 0, 4, 0, 4, 5, 6, 7, 8});
  EXPECT_FALSE(read.whole);
  EXPECT_EQ(read.hints, "1.2.3.4 ");
}

TEST(Svcb, RefusesKeysOutOfOrder) {
  EXPECT_FALSE(ReadParams({0, 3, 0, 2, 1, 187, 0, 2, 0, 0}).whole);
  EXPECT_FALSE(ReadParams({0, 3, 0, 2, 1, 187, 0, 3, 0, 2, 1, 187}).whole);
  EXPECT_TRUE(ReadParams({255, 255, 0, 0}).whole);
  EXPECT_FALSE(ReadParams({255, 255, 0, 0, 0, 0, 0, 0}).whole);
}

TEST(Svcb, RefusesLengthsThatLie) {
  for (const Bytes& params : std::vector<Bytes>{{0},
                                                {0, 3},
                                                {0, 3, 0},
                                                {0, 3, 0, 2},
                                                {0, 3, 0, 2, 1},
                                                {0, 9, 255, 255, 1}}) {
    EXPECT_FALSE(ReadParams(params).whole);
  }
}

TEST(Svcb, RefusesValuesThatDoNotFitTheirKey) {
  for (const Bytes& params :
       std::vector<Bytes>{{0, 0, 0, 0},              // mandatory, empty
                          {0, 0, 0, 1, 4},           // mandatory, odd
                          {0, 0, 0, 2, 0, 0},        // mandatory lists itself
                          {0, 0, 0, 4, 0, 4, 0, 4},  // mandatory, a key twice
                          {0, 1, 0, 0},              // alpn, empty
                          {0, 1, 0, 1, 0},           // alpn, empty id
                          {0, 1, 0, 2, 2, 'h'},      // alpn, id past the value
                          {0, 2, 0, 1, 0},   // no-default-alpn with a value
                          {0, 3, 0, 1, 80},  // port of one byte
                          {0, 4, 0, 0},      // ipv4hint, empty
                          {0, 4, 0, 5, 1, 2, 3, 4, 5},  // ipv4hint, odd
                          {0, 6, 0, 4, 1, 2, 3, 4}}) {  // ipv6hint, odd
    EXPECT_FALSE(ReadParams(params).whole) << int{params[1]};
  }
  EXPECT_TRUE(ReadParams({0, 0, 0, 4, 0, 1, 0, 4}).whole);
  EXPECT_TRUE(ReadParams({0, 2, 0, 0, 0, 3, 0, 2, 1, 187}).whole);
}

TEST(Svcb, KeepsAtMost32Hints) {
  Bytes params = {0, 4, 0, 160};
  params.resize(params.size() + 160, 9);
  SvcbHints hints;
  params.insert(params.begin(), {0, 1, 0});
  EXPECT_TRUE(ReadSvcb(params, &hints));
  EXPECT_EQ(hints.addresses.size(), 32u);
}

TEST(Svcb, ForgetsEarlierHints) {
  SvcbHints hints;
  EXPECT_TRUE(ReadSvcb(Bytes{0, 1, 0, 0, 4, 0, 4, 1, 2, 3, 4}, &hints));
  EXPECT_FALSE(ReadSvcb(Bytes{}, &hints));
  EXPECT_TRUE(hints.addresses.empty());
}

}  // namespace
}  // namespace taster::dns
