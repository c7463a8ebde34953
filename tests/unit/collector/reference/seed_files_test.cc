// SPDX-License-Identifier: Apache-2.0
// The seeds that travel with the collector, and what breaks them.
#include "collector/reference/seed_files.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/unit/collector/reference/scratch_file.h"

namespace taster::reference {
namespace {

namespace fs = std::filesystem;
using std::chrono::sys_days;

TEST(SeedFilesTest, OurSeedsAreWhole) {
  const auto rows = ReadSeedFiles("schema/seed");
  ASSERT_TRUE(rows.ok()) << rows.status();
  std::map<std::string, std::set<std::uint32_t>> positions;
  for (const AddressRow& row : rows->addresses) {
    positions[row.pool_id].insert(row.position);
  }
  for (const PoolRow& pool : rows->pools) {
    const auto& taken = positions[pool.pool_id];
    ASSERT_FALSE(taken.empty()) << pool.pool_id;
    EXPECT_EQ(*taken.rbegin() + 1, taken.size()) << pool.pool_id;
  }
  EXPECT_EQ(positions["gfw-main-a"].size(), 592U);
  EXPECT_EQ(positions["gfw-main-aaaa"].size(), 30U);
  EXPECT_EQ(positions["gfw-teredo"].size(), 593U);
  EXPECT_EQ(positions["gfw-p20"].size(), 20U);
  EXPECT_TRUE(LoadReference("schema/seed").ok());
}

TEST(SeedFilesTest, TeredoMembersEmbedTheMainPool) {
  const auto reference = LoadReference("schema/seed");
  ASSERT_TRUE(reference.ok()) << reference.status();
  const sys_days day(std::chrono::year(2026) / 11 / 22);
  std::size_t embedded = 0;
  for (const auto& [address, members] : reference->forged) {
    if (members[0].pool != "gfw-teredo") continue;
    const auto v4 = net::IpAddress::FromBytes(address.bytes().last(4));
    const auto* member = reference->FindForged(*v4, day);
    embedded += member != nullptr && member->pool == "gfw-main-a" ? 1 : 0;
  }
  EXPECT_EQ(embedded, 592U);
}

TEST(SeedFilesTest, AnAddressMayStandInSeveralPools) {
  const auto reference = LoadReference("schema/seed");
  ASSERT_TRUE(reference.ok()) << reference.status();
  const auto found =
      reference->forged.find(*net::IpAddress::Parse("31.13.94.37"));
  ASSERT_NE(found, reference->forged.end());
  EXPECT_EQ(found->second.size(), 2U);
}

TEST(SeedFilesTest, ListsSayWhoAnswersAndWhere) {
  const auto reference = LoadReference("schema/seed");
  ASSERT_TRUE(reference.ok()) << reference.status();
  const auto listed = [&](const char* address) {
    return reference->listed.at(*net::IpAddress::Parse(address)).at(0);
  };
  EXPECT_EQ(listed("10.10.34.35").mechanism,
            judge::Mechanism::kOnPathInjection);
  EXPECT_EQ(listed("10.10.34.35").countries, std::vector<std::string>{"IR"});
  EXPECT_EQ(listed("127.0.0.1").injector, "turkmenistan");
  EXPECT_EQ(listed("195.175.254.2").injector, "turkey");
  EXPECT_EQ(listed("146.112.61.110").mechanism,
            judge::Mechanism::kSecurityProduct);
  EXPECT_EQ(listed("216.239.38.120").mechanism, judge::Mechanism::kSafeSearch);
  EXPECT_TRUE(
      reference->listed_aliases.contains("trustpositif.kominfo.go.id."));
  // Anybody may answer so, for any reason.
  EXPECT_FALSE(reference->listed.contains(*net::IpAddress::Parse("0.0.0.0")));
  // Members of forged pools are no block pages.
  EXPECT_FALSE(
      reference->listed.contains(*net::IpAddress::Parse("159.106.121.75")));
  EXPECT_EQ(reference->resolver_country.at(*net::IpAddress::Parse("223.5.5.5")),
            "CN");
  EXPECT_EQ(reference->injector_country.at("gfw-2"), "CN");
}

TEST(SeedFilesTest, PrefixesComeFromTheirFile) {
  const ScratchDirectory scratch;
  const auto table = scratch.Write("table", "31.13.64.0/18\t32934\tUS\n");
  const auto reference = LoadReference("schema/seed", table);
  ASSERT_TRUE(reference.ok()) << reference.status();
  EXPECT_EQ(reference->origin_as.Find(*net::IpAddress::Parse("31.13.94.37")),
            32934U);
  EXPECT_EQ(
      LoadReference("schema/seed", scratch.path() / "none").status().code(),
      absl::StatusCode::kNotFound);
}

// Copies the seeds, spoils one file, and says how reading it fails.
absl::Status Spoil(const std::string& name, const std::string& text) {
  const ScratchDirectory scratch;
  for (const auto& entry : fs::directory_iterator("schema/seed")) {
    if (entry.path().extension() != ".csv") continue;
    fs::copy(entry.path(), scratch.path() / entry.path().filename());
  }
  scratch.Write(name, text);
  return ReadSeedFiles(scratch.path()).status();
}

TEST(SeedFilesTest, ErrorsNameFileAndLine) {
  const std::string header = "pool_id,position,address\n";
  const std::map<std::string, std::string> broken = {
      {"", "forged_address.csv:1: empty file"},
      {"pool,position,address\n", "forged_address.csv:1: columns are not"},
      {header + "a,0,192.0.2.1\na,1\n", "forged_address.csv:3: 2 columns"},
      {header + "a,x,192.0.2.1\n", "forged_address.csv:2: column 2: not"},
      {header + "a,0,192.0.2\n", "forged_address.csv:2: column 3: not"},
      {header + ",0,192.0.2.1\n", "forged_address.csv:2: column 1: not"},
      {header + "\"a,0,192.0.2.1\n", "forged_address.csv:2: quotes"},
  };
  for (const auto& [text, message] : broken) {
    const absl::Status status = Spoil("forged_address.csv", text);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << message;
    EXPECT_NE(std::string(status.message()).find(message), std::string::npos)
        << status;
  }
}

TEST(SeedFilesTest, NotFound) {
  EXPECT_EQ(ReadSeedFiles("/nonexistent").status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace taster::reference
