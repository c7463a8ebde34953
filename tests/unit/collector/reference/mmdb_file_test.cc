// SPDX-License-Identifier: Apache-2.0
// MMDB files, whole and damaged.
#include "collector/reference/mmdb_file.h"

#include <gtest/gtest.h>

#include "collector/reference/networks.h"
#include "tests/unit/collector/reference/mmdb_writer.h"
#include "tests/unit/collector/reference/scratch_file.h"

namespace taster::reference {
namespace {

net::IpAddress Address(const char* text) {
  return *net::IpAddress::Parse(text);
}

MmdbRecord Origin(std::uint32_t asn, const char* owner) {
  MmdbRecord record;
  record.numbers["autonomous_system_number"] = asn;
  record.texts["autonomous_system_organization"] = owner;
  return record;
}

MmdbRecord Nested(const char* country) {
  MmdbRecord record;
  record.maps["country"]["iso_code"] = country;
  return record;
}

TEST(MmdbFileTest, OriginsOfBothFamilies) {
  MmdbWriter writer;
  writer.Add("192.0.2.0/25", Origin(64500, "First"));
  writer.Add("192.0.2.128/25", Origin(4200000000, "Zweite Größe"));
  writer.Add("2001:db8::/32", Origin(64501, "Third"));
  writer.AliasMapped();
  const ScratchDirectory scratch;
  auto content = ReadMmdb(scratch.Write("a.mmdb", writer.Bytes()));
  ASSERT_TRUE(content.ok()) << content.status();
  EXPECT_TRUE(content->has_origins);
  EXPECT_FALSE(content->has_countries);
  EXPECT_EQ(content->type, "Made-Up");
  EXPECT_EQ(content->built,
            std::chrono::sys_days(std::chrono::year(2026) / 6 / 17));
  EXPECT_EQ(content->origins.owners[4200000000], "Zweite Größe");
  const auto table = content->origins.ranges.Build();
  EXPECT_EQ(table.Find(Address("192.0.1.255")), std::nullopt);
  EXPECT_EQ(table.Find(Address("192.0.2.127")), 64500U);
  EXPECT_EQ(table.Find(Address("192.0.2.128")), 4200000000U);
  EXPECT_EQ(table.Find(Address("192.0.3.0")), std::nullopt);
  EXPECT_EQ(table.Find(Address("2001:db8::1")), 64501U);
  EXPECT_EQ(table.Find(Address("2001:db9::")), std::nullopt);
  EXPECT_EQ(table.Find(Address("::ffff:192.0.2.1")), std::nullopt);
}

TEST(MmdbFileTest, CountriesInBothForms) {
  MmdbWriter writer(4);
  writer.Add("192.0.2.0/24", Nested("CN"));
  MmdbRecord flat;
  flat.texts["country_code"] = "IR";
  writer.Add("198.51.100.0/24", flat);
  writer.Add("203.0.113.0/24", Nested("zz"));
  const ScratchDirectory scratch;
  auto content = ReadMmdb(scratch.Write("a.mmdb", writer.Bytes()));
  ASSERT_TRUE(content.ok()) << content.status();
  EXPECT_FALSE(content->has_origins);
  const auto table = content->countries.ranges.Build();
  EXPECT_EQ(table.Find(Address("192.0.2.1")), CountryNumber("CN"));
  EXPECT_EQ(table.Find(Address("198.51.100.255")), CountryNumber("IR"));
  EXPECT_EQ(table.Find(Address("203.0.113.1")), std::nullopt);
}

TEST(MmdbFileTest, WhatSaysNothingIsRefused) {
  MmdbWriter writer;
  MmdbRecord city;
  city.texts["city"] = "Somewhere";
  writer.Add("192.0.2.0/24", city);
  const ScratchDirectory scratch;
  EXPECT_EQ(ReadMmdb(scratch.Write("a.mmdb", writer.Bytes())).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadMmdb(scratch.path() / "none.mmdb").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadMmdb(scratch.Write("b.mmdb", "no such file")).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadMmdb(scratch.Write("c.mmdb", "")).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(MmdbFileTest, TextsAreCheckedToo) {
  for (const char* owner : {"bad \xff bytes", "bell \a"}) {
    MmdbWriter writer;
    writer.Add("192.0.2.0/24", Origin(64500, owner));
    const ScratchDirectory scratch;
    const auto content = ReadMmdb(scratch.Write("a.mmdb", writer.Bytes()));
    EXPECT_EQ(content.status().code(), absl::StatusCode::kInvalidArgument);
  }
}

// Whatever is damaged or cut off: refused or read, never worse.
TEST(MmdbFileTest, AnyByteMayBeWrong) {
  MmdbWriter writer(4);
  writer.Add("192.0.2.0/24", Origin(64500, "First"));
  writer.Add("198.51.100.0/24", Nested("CN"));
  const std::string whole = writer.Bytes();
  const ScratchDirectory scratch;
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char change : {'\x01', '\x80', '\xff'}) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ change);
      refused += ReadMmdb(scratch.Write("a.mmdb", bytes)).ok() ? 0 : 1;
    }
    const auto cut = ReadMmdb(scratch.Write("a.mmdb", whole.substr(0, at)));
    EXPECT_FALSE(cut.ok() && cut->has_countries && cut->has_origins &&
                 at < whole.size() / 2);
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace taster::reference
