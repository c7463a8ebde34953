// SPDX-License-Identifier: Apache-2.0
// Every class of bad configuration is refused, with its line.
#include "probe/cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probe/cli/toml_values.h"
#include "tests/unit/probe/cli/config_cases.h"

namespace taster::cli {
namespace {

using ::testing::HasSubstr;

void ExpectBad(const std::string& text, const std::string& why) {
  const auto config = ReadConfig(text);
  ASSERT_EQ(config.status().code(), absl::StatusCode::kInvalidArgument) << why;
  EXPECT_THAT(std::string(config.status().message()), HasSubstr(why));
}

// Spoils one value.
void ExpectBad(std::string ConfigText::*value, const std::string& spoilt,
               const std::string& why) {
  ConfigText text;
  text.*value = spoilt;
  ExpectBad(text.Text(), why);
}

void ExpectForbidden(const ConfigText& text, const std::string& why) {
  const auto config = ReadConfig(text.Text());
  ASSERT_TRUE(config.ok()) << config.status();
  const auto status = CheckConfigPolicy(*config);
  ASSERT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << why;
  EXPECT_THAT(std::string(status.message()), HasSubstr(why));
}

TEST(Config, EveryKeyArrives) {
  ConfigText text;
  text.more_plan =
      "system_lookup = false\nrd0_twin = false\ninterval_minutes = 7\n"
      "streams = [\"tls://10.9.3.53#res.plain.test\"]\ntries = 3\n"
      "www_twins = true\ncd_twin = true\nplain_twin = true\n"
      "whoami = \"who.plain.test\"\nserver_identity = true\n";
  text.more = "[spool]\nmax_mib = 3\n";
  const auto config = ReadConfig(text.Text());
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_TRUE(CheckConfigPolicy(*config).ok());
  EXPECT_EQ(config->network(), "CN/4134");
  EXPECT_EQ(config->plan.profile, plan::Profile::kLab);
  EXPECT_TRUE(config->plan.lab);
  EXPECT_EQ(config->collector.pins.at(0).at(31), 31);
  EXPECT_EQ(config->collector.receipt_key.at(31), 31);
  EXPECT_EQ(config->plan.types.size(), 2u);
  EXPECT_EQ(config->plan.resolvers.at(0).ToString(), "10.9.3.53:53");
  EXPECT_FALSE(config->plan.ask_system);
  EXPECT_FALSE(config->plan.system_lookup);
  EXPECT_FALSE(config->plan.rd0_twin);
  ASSERT_EQ(config->plan.streams.size(), 1u);
  EXPECT_EQ(config->plan.streams[0].server.ToString(), "10.9.3.53:853");
  EXPECT_EQ(config->plan.streams[0].tls_name, "res.plain.test");
  EXPECT_EQ(config->plan.tries, 3);
  EXPECT_TRUE(config->plan.www_twins && config->plan.cd_twin &&
              config->plan.plain_twin && config->plan.server_identity);
  EXPECT_EQ(config->plan.whoami.ToText(), "who.plain.test.");
  EXPECT_EQ(config->plan.rate, 1000);
  EXPECT_EQ(config->plan.window, std::chrono::seconds(1));
  EXPECT_EQ(config->interval, std::chrono::minutes(7));
  EXPECT_EQ(config->spool_bytes, 3u << 20);
}

TEST(Config, KeysOfChecksArrive) {
  ConfigText text;
  text.more_plan =
      "checks = [443, 993]\nnever_check = [\"192.0.2.0/24\"]\n"
      "check_contact = \"taster-check (+https://example.org/)\"\n"
      "mail_names = [\"gmail.com\"]\ntraces = [\"b.example\"]\n"
      "name_servers = [\"a.example: ns1.example.net\"]\n";
  const auto config = ReadConfig(text.Text());
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->plan.check_ports, (std::vector<std::uint16_t>{443, 993}));
  EXPECT_TRUE(config->plan.never_check.Covers(
      *net::IpAddress::Parse("192.0.2.7"), *dns::Name::Parse("a.example")));
  EXPECT_EQ(config->plan.check_contact, "taster-check (+https://example.org/)");
  EXPECT_EQ(config->plan.name_servers.size(), 1u);
  EXPECT_TRUE(config->plan.mail_names.Covers(*dns::Name::Parse("x.gmail.com")));
  EXPECT_EQ(config->plan.traces,
            std::vector<dns::Name>{*dns::Name::Parse("b.example")});
}

TEST(Config, KeysOfChecksAreRefusedWithTheirLine) {
  for (const char* line :
       {"never_check = [\"not a name\"]\n", "check_contact = \"a\\nb\"\n",
        "mail_names = [\"*.example\"]\n", "traces = [\"localhost\"]\n",
        "traces = [\"a.example\", \"A.example\"]\n",
        "name_servers = [\"a.example\"]\n",
        "name_servers = [\"a.example: b.example\", \"a.example: c.example\"]\n",
        "checks = [0]\n", "checks = [443, 443]\n"}) {
    ConfigText text;
    text.more_plan = line;
    const std::string key(line, std::string_view(line).find(' '));
    ExpectBad(text.Text(), "line 19: plan." + key);
  }
}

TEST(Config, TheExampleIsFine) {
  std::ifstream file("deploy/probe.toml.example");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto config = ReadConfig(text);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_TRUE(CheckConfigPolicy(*config).ok()) << CheckConfigPolicy(*config);
}

TEST(Config, SystemAndIpv6ResolversAreUnderstood) {
  ConfigText text;
  text.resolvers = R"(["system", "fd99:9::53", "[fd99:9::54]:5353"])";
  const auto config = ReadConfig(text.Text());
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_TRUE(config->plan.ask_system);
  ASSERT_EQ(config->plan.resolvers.size(), 2u);
  EXPECT_EQ(config->plan.resolvers[1].port, 5353);
}

TEST(Config, UnknownKeysAreErrorsWithAGuess) {
  ConfigText text;
  text.more_plan = "rates = 1.0\n";
  ExpectBad(text.Text(),
            "line 19: unknown key plan.rates; did you mean "
            "plan.rate?");
  text = {};
  text.more = "[collecter]\n";
  ExpectBad(text.Text(), "did you mean collector?");
  text = {};
  text.more = "[spool]\nrate = 2\n";
  ExpectBad(text.Text(), "unknown key spool.rate; did you mean plan.rate?");
  text = {};
  text.more = "[spool.deep]\nx = 2\n";
  ExpectBad(text.Text(), "unknown key spool.deep");
  ExpectBad("zzzzzzzzzzzz = 1\n", "line 1: unknown key zzzzzzzzzzzz");
  ExpectBad("plan = 1\n", "line 1: plan must be a table");
}

TEST(Config, BytesThatNoConfigurationHas) {
  const auto good = ConfigText().Text();
  ExpectBad(good + "country = \"IR\"\n", "line 19");
  ExpectBad(good + "[plan]\n", "line 19");
  ExpectBad(good + std::string(1, '\0'), "line 19: NUL byte");
  ExpectBad(std::string(400, '\0'), "line 1: NUL byte");
  ExpectBad("\xef\xbb\xbf" + good, "byte order mark");
  ExpectBad("\r\n" + good, "line 1: carriage return");
  ExpectBad(std::string((1 << 20) + 1, '#'), "larger than 1 MiB");
  ExpectBad(good + "[a" + std::string(2000, '.') + "]\n", "nested too deeply");
  ExpectBad("x = " + std::string(5000, '['), "line 1");
  ExpectBad(good.substr(0, good.find("1000")), "line 17");
  ExpectBad("state_dir = \"\xff\xfe\"\n", "line 1");
  ExpectBad("", "country is missing");
}

// toml++ 3.3 has undefined behaviour for them.
TEST(Config, ForeignLettersOnlyInCommentsAndStrings) {
  for (const std::string text :
       {"\xc3\xa9 = 1\n", "\"\xc3\xa9\" = 1\n", "a = {\"\xc3\xa9\" = 1}\n",
        "a = 1 \xc3\xa9\n", "a = \"\\\"\xc3\xa9\"\n", "a\xc3\xa9 = 1\n"}) {
    const auto read = ReadToml(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_THAT(read.status().message(), testing::HasSubstr("not ASCII"));
  }
  for (const std::string text :
       {"# \xc3\xa9\na = 1 # \xc3\xa9\n", "a = \"\xc3\xa9\"\n",
        "a = [\n  \"\xc3\xa9\",\n]\n"}) {
    EXPECT_TRUE(ReadToml(text).ok()) << text;
  }
}

TEST(Config, WrongTypesAndRanges) {
  ExpectBad(&ConfigText::asn, "\"4134\"", "line 3: asn must be a whole number");
  ExpectBad(&ConfigText::asn, "0", "asn must be between 1 and 4294967295");
  ExpectBad(&ConfigText::asn, "-1", "asn must be between");
  ExpectBad(&ConfigText::asn, "4294967296", "asn must be between");
  ExpectBad(&ConfigText::asn, "1e3", "asn must be a whole number");
  ExpectBad(&ConfigText::lab, "1", "lab must be true or false");
  ExpectBad(&ConfigText::country, "\"cn\"", "two capital letters");
  ExpectBad(&ConfigText::country, "[\"CN\"]", "country must be a string");
  ExpectBad(&ConfigText::profile, "\"root\"", "profile must be");
  ExpectBad(&ConfigText::rate, "\"2\"", "plan.rate must be a number");
  ExpectBad(&ConfigText::types, "\"A\"", "must be an array of strings");
  ExpectBad(&ConfigText::types, "[1]", "must be an array of strings");
  ExpectBad(&ConfigText::types, "[]", "at least one type");
  ExpectBad(&ConfigText::types, "[\"A\", \"a\"]", "a type twice");
  ExpectBad(&ConfigText::types, "[\"BOGUS\"]", "an unknown type");
  ExpectBad(&ConfigText::resolvers, "[\"dns.example\"]", "plan.resolvers");
  ExpectBad(&ConfigText::resolvers, "[\"10.0.0.1\", \"10.0.0.1:53\"]", "twice");
  ExpectBad(&ConfigText::canaries, "[\"system\"]", "not an address");
  ExpectBad(&ConfigText::control_name, "\"localhost\"", "plan.control_name");
}

TEST(Config, PathsAreAbsolute) {
  for (const auto* path :
       {"\"state\"", "\"\"", "\"/var/../etc\"", "\"~/x\"", "\"/a\\u0000b\""}) {
    ExpectBad(&ConfigText::state_dir, path, "line 1: state_dir");
    ExpectBad(&ConfigText::targets, path, "line 11: plan.targets");
  }
}

TEST(Config, CollectorIsNeverInsecure) {
  ExpectBad(&ConfigText::pins, "[]", "1 to 4 pins");
  ExpectBad(&ConfigText::pins, "[\"sha256/short\"]", "44 base64");
  ExpectBad(&ConfigText::pins, std::string("[\"") + kPin + "\", \"\"]",
            "line 8: collector.pins");
  ExpectBad(&ConfigText::receipt_key, "\"00\"", "64 hex digits");
  for (const auto* endpoint :
       {"\"\"", "\"host\"", "\"host:\"", "\"host:0\"", "\"host:99999\"",
        "\":8443\"", "\"ho st:8443\"", "\"http://host:8443\"", "\"h:+1\""}) {
    ExpectBad(&ConfigText::endpoint, endpoint, "collector.endpoint");
  }
  std::string five = "[";
  for (int i = 0; i < 5; ++i) five += std::string("\"") + kPin + "\",";
  ExpectBad(&ConfigText::pins, five + "]", "1 to 4 pins");
}

TEST(Config, PolicyIsRefusedNeverClamped) {
  ConfigText text;
  text.rate = "5000.5";
  ExpectForbidden(text, "line 17: plan.rate");
  text = {};
  text.types = "[\"ANY\"]";
  ExpectForbidden(text, "plan.types");
  text = {};
  text.more_plan = "";
  text.lab = "false";
  ExpectForbidden(text, "plan.resolvers: 10.9.3.53 is a private");
  text.resolvers = "[\"8.8.8.8\"]";
  text.canaries = "[]";
  ExpectForbidden(text, "plan.system_servers: only where lab = true");
  text.system_servers = "[]";
  ExpectForbidden(text, "line 7: collector.endpoint: a private address");
  text.endpoint = "\"collector.example:8443\"";
  const auto config = ReadConfig(text.Text());
  EXPECT_TRUE(CheckConfigPolicy(*config).ok()) << CheckConfigPolicy(*config);
  text.profile = "\"volunteer\"";
  ExpectForbidden(text, "plan.rate: must be above 0 and at most 2 queries");
}

}  // namespace
}  // namespace taster::cli
