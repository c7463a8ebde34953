// SPDX-License-Identifier: Apache-2.0
#include "collector/store/copy_encoder.h"

#include <gtest/gtest.h>

#include <string>

namespace taster::store {
namespace {

using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::sys_days;

// The bytes of a hex string; blanks are for the reader.
std::string Hex(std::string_view hex) {
  std::string bytes;
  std::string digits;
  for (const char c : hex) {
    if (c == ' ') continue;
    digits += c;
    if (digits.size() < 2) continue;
    bytes += static_cast<char>(std::stoi(digits, nullptr, 16));
    digits.clear();
  }
  return bytes;
}

TEST(CopyEncoder, FramesRows) {
  CopyEncoder row;
  row.BeginRow(2);
  row.Null();
  row.Bool(true);
  EXPECT_EQ(row.buffer(), Hex("0002 ffffffff 00000001 01"));
  EXPECT_EQ(row.rows(), 1);
  row.Clear();
  EXPECT_EQ(row.buffer(), "");
  EXPECT_EQ(row.rows(), 0);
}

TEST(CopyEncoder, HeaderAndTrailerAreThoseOfTheManual) {
  EXPECT_EQ(CopyEncoder::kHeader,
            "PGCOPY\n\xff\r\n" + Hex("00 00000000 00000000"));
  EXPECT_EQ(CopyEncoder::kTrailer, Hex("ffff"));
}

TEST(CopyEncoder, WritesIntegersBigEndian) {
  CopyEncoder row;
  row.Int2(-2);
  row.Int4(0x01020304);
  row.Int8(-0x7fffffffffffffff - 1);
  EXPECT_EQ(row.buffer(), Hex("00000002 fffe 00000004 01020304"
                              "00000008 8000000000000000"));
}

TEST(CopyEncoder, WritesBytesTextAndUuid) {
  CopyEncoder row;
  row.Bytes(std::string_view("\0\xff", 2));
  row.Text("\xe6\xb1\xa1'");
  row.Uuid({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
  EXPECT_EQ(row.buffer(), Hex("00000002 00ff 00000004 e6b1a127"
                              "00000010 0102030405060708090a0b0c0d0e0f10"));
  EXPECT_TRUE(row.status().ok());
}

TEST(CopyEncoder, WritesAddresses) {
  CopyEncoder row;
  row.Inet(*net::IpAddress::Parse("192.0.2.1"));
  row.Inet(*net::IpAddress::Parse("2001:db8::1"));
  EXPECT_EQ(row.buffer(),
            Hex("00000008 02 20 00 04 c0000201"
                "00000014 03 80 00 10 20010db8000000000000000000000001"));
}

TEST(CopyEncoder, WritesAddressArrays) {
  CopyEncoder row;
  row.InetArray({});
  const net::IpAddress one = *net::IpAddress::Parse("192.0.2.1");
  row.InetArray({&one, 1});
  EXPECT_EQ(row.buffer(),
            Hex("0000000c 00000000 00000000 00000365"
                "00000020 00000001 00000000 00000365 00000001 00000001"
                "00000008 02200004c0000201"));
}

TEST(CopyEncoder, CountsTimeFromTheYear2000) {
  CopyEncoder row;
  row.Date(sys_days{days{10957}});
  row.Date(sys_days{days{10956}});
  row.TimestampTz(sys_days{days{10957}} + microseconds(1));
  row.Interval(microseconds(-5));
  EXPECT_EQ(row.buffer(), Hex("00000004 00000000 00000004 ffffffff"
                              "00000008 0000000000000001"
                              "00000010 fffffffffffffffb 00000000 00000000"));
}

TEST(CopyEncoder, RefusesWhatDoesNotFit) {
  for (const auto& bad :
       {+[](CopyEncoder& row) { row.Int2(32768); },
        +[](CopyEncoder& row) { row.Int2(-32769); },
        +[](CopyEncoder& row) { row.Int4(1LL << 31); },
        +[](CopyEncoder& row) {
          row.Text({"a\0b", 3});
        },
        +[](CopyEncoder& row) { row.Text("\xff"); },
        +[](CopyEncoder& row) { row.Date(sys_days{days{106751983 + 10957}}); },
        +[](CopyEncoder& row) { row.TimestampTz(Time::min()); }}) {
    CopyEncoder row;
    row.BeginRow(2);
    row.Null();
    bad(row);
    EXPECT_EQ(row.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(row.status().message().find("row 1, column 2"),
              absl::string_view::npos)
        << row.status();
    row.Clear();
    EXPECT_TRUE(row.status().ok());
  }
}

}  // namespace
}  // namespace taster::store
