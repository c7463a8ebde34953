// SPDX-License-Identifier: Apache-2.0
// What CopyEncoder writes, CopyDecoder reads; damage is noticed.
#include "collector/store/copy_decoder.h"

#include <gtest/gtest.h>

#include "collector/store/copy_encoder.h"

namespace taster::store {
namespace {

CopyEncoder Row() {
  CopyEncoder row;
  row.BeginRow(9);
  row.Int2(-2);
  row.Int8(5'000'000'000);
  row.Null();
  row.Bool(true);
  row.Text("name");
  row.Uuid({1, 2, 3});
  row.Inet(*net::IpAddress::Parse("2001:db8::1"));
  row.TimestampTz(Time(std::chrono::microseconds(1'700'000'000'000'001)));
  row.Interval(std::chrono::microseconds(-7));
  return row;
}

TEST(CopyDecoderTest, ReadsWhatTheEncoderWrites) {
  const CopyEncoder encoded = Row();
  ASSERT_TRUE(encoded.status().ok());
  // The stream's header stands before the first row.
  const std::string message =
      std::string(CopyEncoder::kHeader) + encoded.buffer();
  CopyDecoder row(message);
  ASSERT_FALSE(row.is_end());
  EXPECT_EQ(row.Integer(), -2);
  EXPECT_EQ(row.OptionalInteger(), 5'000'000'000);
  EXPECT_EQ(row.OptionalInteger(), std::nullopt);
  EXPECT_EQ(row.OptionalBool(), true);
  EXPECT_EQ(row.Bytes(), "name");
  EXPECT_EQ(row.Uuid().bytes[2], 3);
  EXPECT_EQ(row.OptionalInet(), net::IpAddress::Parse("2001:db8::1"));
  EXPECT_EQ(row.TimestampTz().time_since_epoch().count(),
            1'700'000'000'000'001);
  EXPECT_EQ(row.Interval().count(), -7);
  EXPECT_TRUE(row.ok());
  row.Integer();
  EXPECT_FALSE(row.ok());
}

TEST(CopyDecoderTest, KnowsTheEnd) {
  EXPECT_TRUE(CopyDecoder(CopyEncoder::kTrailer).is_end());
  EXPECT_TRUE(CopyDecoder(CopyEncoder::kHeader).is_end());
}

TEST(CopyDecoderTest, NoticesEveryCut) {
  const CopyEncoder encoded = Row();
  const std::string& whole = encoded.buffer();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CopyDecoder row(std::string_view(whole).substr(0, size));
    for (int field = 0; field < 9; ++field) row.OptionalBytes();
    EXPECT_FALSE(row.ok()) << size;
  }
}

TEST(CopyDecoderTest, NoticesWrongTypes) {
  CopyEncoder encoded;
  encoded.BeginRow(1);
  encoded.Text("nine bytes");
  EXPECT_FALSE([&] {
    CopyDecoder row(encoded.buffer());
    row.Integer();
    return row.ok();
  }());
  EXPECT_FALSE([&] {
    CopyDecoder row(encoded.buffer());
    row.Uuid();
    return row.ok();
  }());
  EXPECT_FALSE([&] {
    CopyDecoder row(encoded.buffer());
    row.OptionalInet();
    return row.ok();
  }());
}

}  // namespace
}  // namespace taster::store
