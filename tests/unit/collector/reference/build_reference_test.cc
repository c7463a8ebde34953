// SPDX-License-Identifier: Apache-2.0
// Rows that fit each other, and rows that do not.
#include "collector/reference/build_reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace taster::reference {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

net::IpAddress Address(const char* text) {
  return *net::IpAddress::Parse(text);
}

SeedRows GoodRows() {
  SeedRows rows;
  rows.pools.push_back(
      {"p4", net::Family::kIpv4, true, {sys_days(days(10)), {}}, "source"});
  rows.pools.push_back({"p4-old",
                        net::Family::kIpv4,
                        false,
                        {{}, sys_days(days(20))},
                        "source"});
  rows.addresses.push_back({"p4", 0, Address("192.0.2.1")});
  rows.addresses.push_back({"p4", 1, Address("192.0.2.2")});
  rows.addresses.push_back({"p4-old", 0, Address("192.0.2.1")});
  rows.injectors.push_back({"one", "One", "CN", "source"});
  FingerprintRow print;
  print.injector_id = "one";
  print.aa = true;
  print.rr_ttl = 60;
  print.pools = {"p4"};
  rows.fingerprints.push_back(print);
  rows.injectors.push_back({"filter", "A filter", "", "source"});
  rows.listed.push_back({.answer = "192.0.2.9",
                         .list_id = "sinkhole",
                         .mechanism = "on_path_injection",
                         .injector_id = "one",
                         .countries = {"CN"},
                         .days = {sys_days(days(3)), sys_days(days(20))},
                         .source = "source"});
  rows.listed.push_back({.answer = "cname:Blocked.example.",
                         .list_id = "page",
                         .mechanism = "security_product",
                         .injector_id = "filter",
                         .countries = {},
                         .days = {},
                         .source = "source"});
  rows.resolvers.push_back({Address("192.0.2.53"), "One", "CN", "source"});
  return rows;
}

std::vector<PrefixRow> GoodPrefixes() {
  return {{{*net::IpPrefix::Parse("192.0.2.0/24"), 64500}, "CN"}};
}

TEST(BuildReferenceTest, PoolsHoldOnTheirDays) {
  const auto reference = BuildReference(GoodRows(), GoodPrefixes());
  ASSERT_TRUE(reference.ok()) << reference.status();
  const auto pool_on = [&](const char* address, int day) -> std::string {
    const auto* member =
        reference->FindForged(Address(address), sys_days(days(day)));
    return member == nullptr ? "" : member->pool;
  };
  EXPECT_EQ(pool_on("192.0.2.1", 5), "p4-old");
  EXPECT_EQ(pool_on("192.0.2.1", 25), "p4");
  EXPECT_EQ(pool_on("192.0.2.2", 9), "");
  EXPECT_EQ(pool_on("192.0.2.2", 10), "p4");
  EXPECT_EQ(pool_on("192.0.2.3", 10), "");
  EXPECT_EQ(reference->origin_as.Find(Address("192.0.2.77")), 64500U);
  ASSERT_EQ(reference->injectors.size(), 1U);
  EXPECT_EQ(reference->injectors[0].rr_ttl, 60U);
  EXPECT_EQ(reference->injectors[0].dont_fragment, std::nullopt);
  EXPECT_EQ(reference->injectors[0].since, sys_days::min());
}

TEST(BuildReferenceTest, VersionNamesTheContent) {
  const std::string version =
      BuildReference(GoodRows(), GoodPrefixes())->version;
  EXPECT_EQ(version.substr(0, 11), "1970-01-21/");
  SeedRows rows = GoodRows();
  std::ranges::reverse(rows.addresses);
  rows.pools[0].source = "another";
  EXPECT_EQ(BuildReference(rows, GoodPrefixes())->version, version);
  EXPECT_NE(BuildReference(rows, {})->version, version);
  rows.fingerprints[0].aa = false;
  EXPECT_NE(BuildReference(rows, GoodPrefixes())->version, version);
  rows = GoodRows();
  rows.addresses[1].address = Address("192.0.2.3");
  EXPECT_NE(BuildReference(rows, GoodPrefixes())->version, version);
}

TEST(BuildReferenceTest, ListsAndResolversComeThrough) {
  const auto reference = BuildReference(GoodRows(), {});
  ASSERT_TRUE(reference.ok()) << reference.status();
  const auto& listed = reference->listed.at(Address("192.0.2.9"));
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].mechanism, judge::Mechanism::kOnPathInjection);
  EXPECT_EQ(listed[0].injector, "one");
  EXPECT_EQ(listed[0].countries, std::vector<std::string>{"CN"});
  EXPECT_EQ(listed[0].since, sys_days(days(3)));
  ASSERT_EQ(reference->listed_aliases.count("blocked.example."), 1U);
  EXPECT_EQ(reference->listed_aliases.at("blocked.example.")[0].until,
            sys_days::max());
  EXPECT_EQ(reference->resolver_country.at(Address("192.0.2.53")), "CN");
  EXPECT_EQ(reference->injector_country.at("one"), "CN");
  EXPECT_FALSE(reference->injector_country.contains("filter"));
}

TEST(BuildReferenceTest, VersionCoversListsAndResolvers) {
  const std::string version = BuildReference(GoodRows(), {})->version;
  const std::vector<std::function<void(SeedRows*)>> changes = {
      [](SeedRows* rows) { rows->listed[0].answer = "192.0.2.10"; },
      [](SeedRows* rows) { rows->listed[0].mechanism = "resolver_lying"; },
      [](SeedRows* rows) { rows->listed[0].injector_id = "filter"; },
      [](SeedRows* rows) { rows->listed[0].countries = {"IR"}; },
      [](SeedRows* rows) { rows->listed[0].days.since = {}; },
      [](SeedRows* rows) { rows->listed.pop_back(); },
      [](SeedRows* rows) { rows->resolvers[0].country = "US"; },
      [](SeedRows* rows) { rows->injectors[0].country = "IR"; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    SeedRows rows = GoodRows();
    changes[i](&rows);
    EXPECT_NE(BuildReference(rows, {})->version, version) << i;
  }
}

TEST(BuildReferenceTest, NothingIsAReferenceToo) {
  const auto reference = BuildReference({}, {});
  ASSERT_TRUE(reference.ok());
  EXPECT_EQ(reference->FindForged(Address("192.0.2.1"), sys_days()), nullptr);
  EXPECT_EQ(reference->version, "1970-01-01/00000000");
}

TEST(BuildReferenceTest, ContradictionsAreRefused) {
  const std::vector<std::function<void(SeedRows*)>> spoilers = {
      [](SeedRows* rows) { rows->pools[1].pool_id = "p4"; },
      [](SeedRows* rows) { rows->pools[1].pool_id = ""; },
      [](SeedRows* rows) { rows->pools[0].days.until = sys_days(days(10)); },
      [](SeedRows* rows) { rows->pools[0].family = net::Family::kIpv6; },
      [](SeedRows* rows) { rows->addresses[0].pool_id = "p5"; },
      [](SeedRows* rows) { rows->addresses[1].position = 0; },
      [](SeedRows* rows) { rows->addresses[1].address = Address("192.0.2.1"); },
      [](SeedRows* rows) { rows->injectors.push_back(rows->injectors[0]); },
      [](SeedRows* rows) { rows->fingerprints[0].injector_id = "two"; },
      [](SeedRows* rows) { rows->fingerprints[0].pools = {"p5"}; },
      [](SeedRows* rows) { rows->injectors[0].country = "China"; },
      [](SeedRows* rows) { rows->listed[0].answer = "example.com."; },
      [](SeedRows* rows) { rows->listed[1].answer = "cname:no.dot"; },
      [](SeedRows* rows) { rows->listed[0].list_id = ""; },
      [](SeedRows* rows) { rows->listed[0].mechanism = "dropped"; },
      [](SeedRows* rows) { rows->listed[0].injector_id = "two"; },
      [](SeedRows* rows) { rows->listed[0].countries = {}; },
      [](SeedRows* rows) { rows->listed[1].countries = {"cn"}; },
      [](SeedRows* rows) { rows->listed[0].days.until = sys_days(days(3)); },
      [](SeedRows* rows) { rows->listed.push_back(rows->listed[0]); },
      [](SeedRows* rows) { rows->resolvers.push_back(rows->resolvers[0]); },
      [](SeedRows* rows) { rows->resolvers[0].country = ""; },
  };
  for (std::size_t i = 0; i < spoilers.size(); ++i) {
    SeedRows rows = GoodRows();
    spoilers[i](&rows);
    EXPECT_EQ(BuildReference(rows, {}).status().code(),
              absl::StatusCode::kInvalidArgument)
        << i;
  }
}

}  // namespace
}  // namespace taster::reference
