// SPDX-License-Identifier: Apache-2.0
// Tables of ranges as they come, and what breaks them.
#include "collector/reference/range_csv.h"

#include <gtest/gtest.h>

#include <utility>

#include "collector/reference/networks.h"

namespace taster::reference {
namespace {

net::IpAddress Address(const char* text) {
  return *net::IpAddress::Parse(text);
}

absl::Status Read(std::string_view text, RangeTable* table,
                  net::Family family = net::Family::kIpv4,
                  RangeForm form = RangeForm::kText) {
  return ReadOrigins({"a.csv", text, family, form}, table);
}

// The message of reading a table that is wrong; its file's name cut off.
std::string FaultOf(std::string_view text) {
  RangeTable table;
  const absl::Status status = Read(text, &table);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  return std::string(status.message()).substr(sizeof("a.csv:") - 1);
}

TEST(RangeCsvTest, OriginsAndOwners) {
  RangeTable table;
  ASSERT_TRUE(Read("192.0.2.0,192.0.2.99,64500,\"One, Inc.\"\n"
                   "192.0.2.100,192.0.2.100,4294967294,Plain\r\n"
                   "198.51.100.0,198.51.100.255,64500,One\n"
                   "203.0.113.0,203.0.113.9,64502,\"LLC \"\"Three\"\"\"\n",
                   &table)
                  .ok());
  ASSERT_TRUE(Read("2001:db8::,2001:db8::ffff,64503,Größe\n", &table,
                   net::Family::kIpv6)
                  .ok());
  const auto built = table.ranges.Build();
  EXPECT_EQ(built.Find(Address("192.0.1.255")), std::nullopt);
  EXPECT_EQ(built.Find(Address("192.0.2.99")), 64500U);
  EXPECT_EQ(built.Find(Address("192.0.2.100")), 4294967294U);
  EXPECT_EQ(built.Find(Address("192.0.2.101")), std::nullopt);
  EXPECT_EQ(built.Find(Address("203.0.113.10")), std::nullopt);
  EXPECT_EQ(built.Find(Address("2001:db8::fffe")), 64503U);
  EXPECT_EQ(built.Find(Address("2001:db8::1:0")), std::nullopt);
  EXPECT_EQ(table.owners[64500], "One, Inc.");  // The first counts.
  EXPECT_EQ(table.owners[64502], "LLC \"Three\"");
  EXPECT_EQ(table.owners[64503], "Größe");
  EXPECT_EQ(table.disputes, 0U);
}

TEST(RangeCsvTest, NumbersForAddresses) {
  RangeTable table;
  ASSERT_TRUE(Read("3221225984,3221226239,64500,One\n", &table,
                   net::Family::kIpv4, RangeForm::kNumber)
                  .ok());
  ASSERT_TRUE(Read("42540766411282592856903984951653826560,"
                   "42540766411282592875350729025363378175,64501,Two\n",
                   &table, net::Family::kIpv6, RangeForm::kNumber)
                  .ok());
  const auto built = table.ranges.Build();
  EXPECT_EQ(built.Find(Address("192.0.2.255")), 64500U);
  EXPECT_EQ(built.Find(Address("192.0.3.0")), std::nullopt);
  EXPECT_EQ(built.Find(Address("2001:db8::")), 64501U);
  EXPECT_EQ(built.Find(Address("2001:db8::ffff:ffff:ffff:ffff")), 64501U);
  EXPECT_EQ(built.Find(Address("2001:db8:0:1::")), std::nullopt);
}

TEST(RangeCsvTest, AddressNumbers) {
  const auto v4 = [](const char* text) {
    return ParseAddressNumber(text, net::Family::kIpv4);
  };
  EXPECT_EQ(v4("4294967295"), Address("255.255.255.255"));
  EXPECT_EQ(v4("0"), Address("0.0.0.0"));
  for (const char* bad : {"", "4294967296", "-1", "+1", " 1", "1x",
                          "99999999999999999999999999999999999999999"}) {
    EXPECT_EQ(v4(bad), std::nullopt) << bad;
  }
  const auto v6 = [](const char* text) {
    return ParseAddressNumber(text, net::Family::kIpv6);
  };
  EXPECT_EQ(v6("340282366920938463463374607431768211455"),
            Address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_EQ(v6("340282366920938463463374607431768211456"), std::nullopt);
  EXPECT_EQ(v6("1000000000x"), std::nullopt);
}

TEST(RangeCsvTest, Countries) {
  RangeTable table;
  const RangeText file{.name = "a.csv",
                       .text =
                           "192.0.2.0,192.0.2.255,CN\n"
                           "198.51.100.0,198.51.100.255,ZZ\n"};
  ASSERT_TRUE(ReadCountries(file, &table).ok());
  const auto built = table.ranges.Build();
  EXPECT_EQ(built.Find(Address("192.0.2.7")), CountryNumber("CN"));
  EXPECT_EQ(built.Find(Address("198.51.100.7")), std::nullopt);
  for (const char* code : {"", "C", "cn", "CHN", "CN,x", "\"CN\""}) {
    const std::string text = "192.0.2.0,192.0.2.255," + std::string(code);
    RangeTable other;
    EXPECT_EQ(ReadCountries({"a.csv", text + "\n"}, &other).code(),
              absl::StatusCode::kInvalidArgument)
        << code;
  }
}

TEST(RangeCsvTest, ErrorsNameFileAndLine) {
  const std::string good = "192.0.2.0,192.0.2.9,64500,One\n";
  const std::pair<std::string, std::string> broken[] = {
      {"", "1: empty file"},
      {"\n", "1: fewer than 3 columns"},
      {"192.0.2.0,192.0.2.9\n", "1: fewer than 3 columns"},
      {"192.0.2.0,192.0.2.9,64500\n", "1: fewer than 4 columns"},
      {good + "192.0.2.10,192.0.2.19,64500,\"One\n", "2: column 4: "},
      {good + "192.0.2.10,192.0.2.19,64500,One,x\n", "2: column 4: "},
      {good + "192.0.2.10,192.0.2.19,64500,\"a\"b\"\n", "2: column 4: "},
      {good + "192.0.2.10,192.0.2.19,64500,\"\n", "2: column 4: "},
      {good + "192.0.2.10,192.0.2.19,x,One\n", "2: column 3: "},
      {good + "192.0.2.10,192.0.2.19,4294967296,One\n", "2: column 3: "},
      {good + "192.0.2.10,192.0.2,1,One\n", "2: column 2: "},
      {good + "2001:db8::,2001:db8::1,1,One\n", "2: column 1: "},
      {good + "192.0.2.10,192.0.2.19,645", "2: the file ends inside"},
      {good + "192.0.2.10,192.0.2.19,1,\xff\n", "2: not UTF-8"},
      {good + "192.0.2.10,192.0.2.19,1,\xed\xa0\x80\n", "2: not UTF-8"},
      {good + "192.0.2.10,192.0.2.19,1,\x1b[2J\n", "2: a control"},
      {good + std::string("192.0.2.10,192.0.2.19,1,\0\n", 26), "2: a control"},
      {good + "192.0.2.9,192.0.2.19,1,Two\n", "2: overlaps a line before"},
      {good + "192.0.2.0,192.0.2.9,1,Two\n", "2: overlaps a line before"},
      {good + "192.0.1.0,192.0.1.9,1,Two\n", "2: starts before the line"},
      {good + "192.0.2.19,192.0.2.10,1,Two\n", "2: the last address is"},
  };
  for (const auto& [text, message] : broken) {
    EXPECT_EQ(FaultOf(text).substr(0, message.size()), message) << text;
  }
}

TEST(RangeCsvTest, ALineOfTenMegabytes) {
  const std::string line =
      "192.0.2.0,192.0.2.9,64500," + std::string(10'000'000, 'x') + "\n";
  EXPECT_EQ(FaultOf(line), "1: longer than 4096 bytes");
  EXPECT_EQ(FaultOf("\n" + line).substr(0, 2), "1:");
}

// 10.0.0.0/24 and so on, for different owners.
std::string ManyLines(std::uint32_t count) {
  std::string text;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t first = 0x0a000000 + (i << 8);
    text += net::IpAddress::FromV4(first).ToString() + "," +
            net::IpAddress::FromV4(first + 255).ToString() + "," +
            std::to_string(64500 + i % 2) + ",One\n";
  }
  return text;
}

TEST(RangeCsvTest, OneDisputeInTenThousandLinesLeavesNobody) {
  const std::string last =
      "10.39.15.128,10.40.0.255,65000,Two\n";  // The last of them: 10.39.15.
  RangeTable table;
  const absl::Status read = Read(ManyLines(10'000) + last, &table);
  ASSERT_TRUE(read.ok()) << read;
  EXPECT_EQ(table.disputes, 1U);
  const auto built = table.ranges.Build();
  EXPECT_EQ(built.Find(Address("10.39.15.127")), 64501U);
  EXPECT_EQ(built.Find(Address("10.39.15.128")), std::nullopt);
  EXPECT_EQ(built.Find(Address("10.39.15.255")), std::nullopt);
  EXPECT_EQ(built.Find(Address("10.39.16.0")), 65000U);
  EXPECT_EQ(FaultOf(ManyLines(9'000) + "10.35.39.128,10.40.0.255,65000,Two\n"),
            "9001: overlaps a line before");
}

}  // namespace
}  // namespace taster::reference
