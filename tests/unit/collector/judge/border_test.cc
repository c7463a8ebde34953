// SPDX-License-Identifier: Apache-2.0
// A lone forged answer: whether it was put in on the way, or passed on by the
// resolver, by where the two ends and the injector's border are.
#include <gtest/gtest.h>

#include "collector/judge/verdict.h"
#include "tests/unit/collector/judge/case_text.h"

namespace taster::judge {
namespace {

constexpr char kPreamble[] = R"(
date 2026-11-22
prefix 104.16.0.0/12 13335
prefix 31.13.64.0/18 32934
prefix 202.96.128.0/24 4134
injector gfw-x CN
resolver 223.5.5.5 CN
resolver 8.8.8.8 ZZ
control www.example.com. A 104.18.26.120
)";

// The mechanism of the set when `server` is asked from `network` and the only
// reply is forged.
// `registered`: the country of all other servers; empty: not known.
std::string MechanismOf(const std::string& network, const std::string& server,
                        const std::string& registered = {}) {
  std::string error;
  const auto text = ParseCase(std::string(kPreamble) + "network " + network +
                                  "\nask target www.example.com. A " + server +
                                  " udp\nreply 8ms | c00c 76 A 31.13.94.37\n",
                              &error);
  if (!text) return "malformed: " + error;
  Reference reference = *text->reference;
  if (!registered.empty()) {
    const auto number =
        static_cast<std::uint32_t>(registered[0] << 8 | registered[1]);
    reference.countries =
        PrefixTable::Build({{*net::IpPrefix::Parse("0.0.0.0/0"), number}});
  }
  Case set = Assemble(*text);
  set.reference = &reference;
  const SetVerdict verdict = Judge(set);
  EXPECT_EQ(verdict.verdict, Class::kPoisoned);
  return std::string(ToString(verdict.mechanism));
}

TEST(BorderTest, FromInsideAcrossTheBorder) {
  EXPECT_EQ(MechanismOf("CN 4134", "@8.8.8.8 recursive"), "on_path_injection");
}

TEST(BorderTest, FromOutsideAcrossTheBorder) {
  EXPECT_EQ(MechanismOf("DE 3320", "@223.5.5.5 recursive"),
            "on_path_injection");
}

TEST(BorderTest, BothEndsInside) {
  EXPECT_EQ(MechanismOf("CN 4134", "@223.5.5.5 recursive"),
            "resolver_poisoned");
  EXPECT_EQ(MechanismOf("CN 4134", "@192.168.1.1 system"), "resolver_poisoned");
  EXPECT_EQ(MechanismOf("CN 4134", "system"), "resolver_poisoned");
  // Announced by the AS that the probe is in.
  EXPECT_EQ(MechanismOf("CN 4134", "@202.96.128.86 recursive"),
            "resolver_poisoned");
}

TEST(BorderTest, BothEndsOutside) {
  EXPECT_EQ(MechanismOf("DE 3320", "@8.8.8.8 recursive"), "resolver_poisoned");
}

TEST(BorderTest, TablesOfCountriesTellOfOtherServers) {
  const std::string other = "@198.51.100.53 recursive";
  EXPECT_EQ(MechanismOf("DE 3320", other, "CN"), "on_path_injection");
  EXPECT_EQ(MechanismOf("CN 4134", other, "CN"), "resolver_poisoned");
  EXPECT_EQ(MechanismOf("DE 3320", other, "JP"), "resolver_poisoned");
  // What is known of a resolver comes first: anycast is nowhere registered.
  EXPECT_EQ(MechanismOf("CN 4134", "@8.8.8.8 recursive", "CN"),
            "on_path_injection");
}

TEST(BorderTest, WhereAnEndIsNotKnownItStaysOpen) {
  EXPECT_EQ(MechanismOf("CN 4134", "@198.51.100.53 recursive"), "none");
  EXPECT_EQ(MechanismOf("- 4134", "@8.8.8.8 recursive"), "none");
  EXPECT_EQ(MechanismOf("CN 4837", "@202.96.128.86 recursive"), "none");
}

}  // namespace
}  // namespace taster::judge
