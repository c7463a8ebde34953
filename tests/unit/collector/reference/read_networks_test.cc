// SPDX-License-Identifier: Apache-2.0
// The three forms of tables, through the one door.
#include "collector/reference/read_networks.h"

#include <gtest/gtest.h>

#include "collector/reference/build_reference.h"
#include "tests/unit/collector/reference/mmdb_writer.h"
#include "tests/unit/collector/reference/scratch_file.h"

namespace taster::reference {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::sys_days kDay{std::chrono::year(2026) / 11 / 22};
constexpr char kOrigins[] = "192.0.2.0,192.0.2.255,64500,\"One, Inc.\"\n";
constexpr char kOrigins6[] = "2001:db8::,2001:db8::ffff,64501,Two\n";
constexpr char kCountries[] = "192.0.2.0,192.0.2.127,CN\n";

net::IpAddress Address(const char* text) {
  return *net::IpAddress::Parse(text);
}

std::string Package(const std::string& name) {
  return R"({"name": "@maker/)" + name + R"(", "version": "2.3.2026061719"})";
}

TEST(ReadNetworksTest, ADirectoryOfOnePackage) {
  const ScratchDirectory scratch;
  scratch.Write("asn-ipv4.csv", kOrigins);
  scratch.Write("asn-ipv6.csv", kOrigins6);
  scratch.Write("asn-ipv4-num.csv", "this is not looked at");
  scratch.Write("package.json", Package("asn"));
  const auto networks = ReadNetworks(scratch.path(), kDay);
  ASSERT_TRUE(networks.ok()) << networks.status();
  EXPECT_EQ(networks->origin_as.Find(Address("192.0.2.9")), 64500U);
  EXPECT_EQ(networks->origin_as.Find(Address("2001:db8::9")), 64501U);
  EXPECT_EQ(networks->OwnerOf(64500), "One, Inc.");
  EXPECT_EQ(networks->OwnerOf(64502), "");
  EXPECT_EQ(networks->CountryOf(Address("192.0.2.9")), "");
  EXPECT_EQ(networks->provenance.source, "@maker/asn 2.3.2026061719");
  EXPECT_EQ(networks->snapshot.substr(0, 37),
            "@maker/asn 2.3.2026061719/2026-06-17/");
  EXPECT_EQ(networks->snapshot.size(), 37U + 12);
}

TEST(ReadNetworksTest, PackagesSideBySide) {
  const ScratchDirectory scratch;
  for (const char* name : {"asn", "asn-country"}) {
    fs::create_directory(scratch.path() / name);
    scratch.Write(name + std::string("/package.json"), Package(name));
  }
  scratch.Write("asn/asn-ipv4-num.csv", "3221225984,3221226239,64500,One\n");
  scratch.Write("asn-country/asn-country-ipv4.csv", kCountries);
  const auto networks = ReadNetworks(scratch.path(), kDay);
  ASSERT_TRUE(networks.ok()) << networks.status();
  EXPECT_EQ(networks->origin_as.Find(Address("192.0.2.200")), 64500U);
  EXPECT_EQ(networks->CountryOf(Address("192.0.2.127")), "CN");
  EXPECT_EQ(networks->CountryOf(Address("192.0.2.128")), "");
  EXPECT_EQ(networks->provenance.source,
            "@maker/asn 2.3.2026061719, @maker/asn-country 2.3.2026061719");
}

TEST(ReadNetworksTest, WithoutPackageTheFilesDayCounts) {
  for (const char* package :
       {"", "{", "[]", R"({"name": 1, "version": "2.0.0"})",
        R"({"name": "a\u001b", "version": "2.0.0"})"}) {
    const ScratchDirectory scratch;
    scratch.Write("asn-ipv4.csv", kOrigins);
    if (*package != '\0') scratch.Write("package.json", package);
    const auto networks = ReadNetworks(scratch.path(), kDay);
    ASSERT_TRUE(networks.ok()) << networks.status();
    EXPECT_EQ(networks->snapshot.substr(0, 15), "asn/2026-11-22/") << package;
  }
}

TEST(ReadNetworksTest, AnMmdbFile) {
  MmdbWriter writer;
  MmdbRecord record;
  record.numbers["autonomous_system_number"] = 64500;
  record.texts["country_code"] = "IR";
  writer.Add("192.0.2.0/24", record);
  const ScratchDirectory scratch;
  const auto path = scratch.Write("both.mmdb", writer.Bytes());
  const auto networks = ReadNetworks(path, kDay);
  ASSERT_TRUE(networks.ok()) << networks.status();
  EXPECT_EQ(networks->origin_as.Find(Address("192.0.2.9")), 64500U);
  EXPECT_EQ(networks->CountryOf(Address("192.0.2.9")), "IR");
  EXPECT_EQ(networks->snapshot.substr(0, 31),
            "both.mmdb (Made-Up)/2026-06-17/");
}

TEST(ReadNetworksTest, APrefixFile) {
  const ScratchDirectory scratch;
  const auto path = scratch.Write("prefixes.tsv",
                                  "192.0.2.0/24\t64500\tCN\n"
                                  "192.0.2.128/25\t64501\n");
  const auto networks = ReadNetworks(path, kDay);
  ASSERT_TRUE(networks.ok()) << networks.status();
  EXPECT_EQ(networks->origin_as.Find(Address("192.0.2.129")), 64501U);
  EXPECT_EQ(networks->CountryOf(Address("192.0.2.1")), "CN");
  EXPECT_EQ(networks->CountryOf(Address("192.0.2.129")), "");
  EXPECT_EQ(networks->snapshot.substr(0, 24), "prefixes.tsv/2026-11-22/");
}

TEST(ReadNetworksTest, EqualContentHasAnEqualSnapshot) {
  const ScratchDirectory scratch;
  const auto read = [&](const std::string& text) {
    return ReadNetworks(scratch.Write("a.tsv", text), kDay)->snapshot;
  };
  const std::string one = read("192.0.2.0/24\t64500\n");
  EXPECT_EQ(read("192.0.2.0/24\t64500\n"), one);
  EXPECT_NE(read("192.0.2.0/24\t64501\n"), one);
}

TEST(ReadNetworksTest, WhatIsAmissIsSaid) {
  const ScratchDirectory scratch;
  EXPECT_EQ(ReadNetworks(scratch.path(), kDay).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadNetworks(scratch.path() / "none", kDay).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadNetworks(scratch.path() / "none.mmdb", kDay).status().code(),
            absl::StatusCode::kNotFound);
  scratch.Write("asn-ipv4.csv", std::string(kOrigins) + "x\n");
  const auto status = ReadNetworks(scratch.path(), kDay).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("asn-ipv4.csv:2: "), std::string::npos);
  scratch.Write("asn-ipv4.csv", kOrigins);
  scratch.Write("other-asn-ipv4.csv", kOrigins);
  EXPECT_EQ(ReadNetworks(scratch.path(), kDay).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(AddNetworksTest, TheVersionNamesThem) {
  const ScratchDirectory scratch;
  const auto path = scratch.Write("a.tsv", "192.0.2.0/24\t64500\n");
  const auto networks = ReadNetworks(path, kDay);
  ASSERT_TRUE(networks.ok());
  auto reference = *BuildReference({}, {});
  AddNetworks(Networks(), &reference);
  EXPECT_EQ(reference.version, "1970-01-01/00000000");
  AddNetworks(*networks, &reference);
  EXPECT_EQ(reference.origin_as.Find(Address("192.0.2.1")), 64500U);
  EXPECT_EQ(reference.version,
            "1970-01-01/00000000+" + networks->snapshot.substr(17));
}

}  // namespace
}  // namespace taster::reference
