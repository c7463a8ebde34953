// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/name_servers.h"

#include <gtest/gtest.h>

#include "probe/plan/expand.h"

namespace taster::plan {
namespace {

dns::Name MakeName(const char* text) { return *dns::Name::Parse(text); }

TEST(NameServers, ReadsATargetAndItsNames) {
  const auto read =
      ParseNameServers(" Example.com:  ns1.example.net ns2.example.net ");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->first, MakeName("example.com"));
  EXPECT_EQ(read->second, (std::vector{MakeName("ns1.example.net"),
                                       MakeName("ns2.example.net")}));
}

TEST(NameServers, RefusesAllElse) {
  for (const char* text :
       {"", ":", "example.com", "example.com:", ": ns1.example.net",
        "example.com: 192.0.2.1", "example.com: ns1..net",
        "example.com: localhost", "example.com ns1.example.net",
        "example.com: a.example b.example c.example d.example e.example"}) {
    EXPECT_FALSE(ParseNameServers(text)) << text;
  }
}

TEST(NameServers, AreAskedForBesideTheirTargetAlone) {
  PlanOptions options;
  options.control_name = MakeName("example.org");
  options.types = {1};
  options.resolvers = {*net::Endpoint::Parse("8.8.8.8", 53)};
  options.canaries = {*net::Endpoint::Parse("202.0.2.1", 53)};
  options.name_servers.insert(
      *ParseNameServers("a.example: ns1.example.net ns2.example.net"));
  const auto asked = [&](const char* target) {
    Rng rng(1);
    std::size_t count = 0;
    for (const auto& question :
         ExpandTarget(options, MakeName(target), 0, rng).questions) {
      if (question.role != capture::QuestionRole::kNameServer) continue;
      EXPECT_TRUE(question.qname.IsWithin(MakeName("example.net")));
      EXPECT_EQ(question.shape.qtype, 1);
      ++count;
    }
    return count;
  };
  EXPECT_EQ(asked("a.example"), 4u);
  EXPECT_EQ(asked("b.example"), 0u);
}

}  // namespace
}  // namespace taster::plan
