// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_verdict.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "collector/exchange/ooni_writer.h"

namespace taster::exchange {
namespace {

using judge::Class;
using judge::Mechanism;

const judge::Rule kBogon{.id = "bogon_answer", .summary = "", .citation = ""};
const judge::Rule kBlockPage{
    .id = "block_page_answer", .summary = "", .citation = ""};

struct Judged {
  judge::Asked asked;
  judge::MeasurementVerdict verdict;
};

Judged Reply(std::uint8_t rcode, Class verdict, const judge::Rule* fired) {
  Judged judged;
  judged.asked.outcome = judge::Outcome::kResponse;
  judged.asked.replies.emplace_back().rcode = rcode;
  judged.verdict.verdict = verdict;
  auto& reply = judged.verdict.replies.emplace_back();
  reply.verdict = verdict;
  if (fired != nullptr) {
    reply.fired.push_back({fired, judge::Status::kFired, {"10.0.0.1", "why"}});
  }
  return judged;
}

std::string_view Outcome(const Judged& judged) {
  return OoniOutcome(judged.asked, judged.verdict);
}

TEST(OoniVerdict, SpeaksOonisWords) {
  EXPECT_EQ("dns.injection.bogon",
            Outcome(Reply(0, Class::kPoisoned, &kBogon)));
  EXPECT_EQ("dns.injection.blockpage",
            Outcome(Reply(0, Class::kPoisoned, &kBlockPage)));
  EXPECT_EQ("dns.injection.other",
            Outcome(Reply(0, Class::kLikelyPoisoned, nullptr)));
  EXPECT_EQ("dns.nxdomain", Outcome(Reply(3, Class::kPoisoned, nullptr)));
  EXPECT_EQ("dns.refused", Outcome(Reply(5, Class::kFiltered, nullptr)));
  Judged filtered = Reply(0, Class::kFiltered, nullptr);
  filtered.verdict.replies[0].mechanism = Mechanism::kSecurityProduct;
  EXPECT_EQ("dns.injection.blockpage", Outcome(filtered));
}

TEST(OoniVerdict, BlockedIsByWhatCame) {
  Judged silent;
  silent.verdict.verdict = Class::kBlocked;
  EXPECT_EQ("dns.timeout", Outcome(silent));
  Judged refused = Reply(5, Class::kInsufficient, nullptr);
  refused.verdict.verdict = Class::kBlocked;
  EXPECT_EQ("dns.refused", Outcome(refused));
}

TEST(OoniVerdict, IsSilentOtherwise) {
  for (const Class verdict : {Class::kConsistent, Class::kInsufficient,
                              Class::kAmbiguous, Class::kDown}) {
    EXPECT_EQ("", Outcome(Reply(0, verdict, &kBogon)));
  }
}

TEST(OoniVerdict, StandsBesideTheQuery) {
  Judged judged = Reply(0, Class::kPoisoned, &kBogon);
  judged.verdict.mechanism = Mechanism::kOnPathInjection;
  judged.verdict.injector = "gfw-2";
  Record record;
  record.asked = judged.asked;
  const JudgedRecord one[] = {{&record, &judged.verdict}};
  const auto line = nlohmann::json::parse(*OoniLine(one));
  const auto& verdict = line["test_keys"]["queries"][0]["x_taster_verdict"];
  EXPECT_EQ("poisoned", verdict["class"]);
  EXPECT_EQ("on_path_injection", verdict["mechanism"]);
  EXPECT_EQ("gfw-2", verdict["injector"]);
  EXPECT_EQ("dns.injection.bogon", verdict["outcome"]);
  EXPECT_EQ("bogon_answer", verdict["replies"][0]["rules"][0]);
  EXPECT_FALSE(verdict["ruleset"].get<std::string>().empty());
}

TEST(OoniWriter, SaysWhatOoniExpects) {
  Record record;
  record.asked.qname = *dns::Name::Parse("Example.COM");
  record.asked.qtype = 1;
  record.asked.server = net::Endpoint::Parse("8.8.8.8", 53);
  record.asked.outcome = judge::Outcome::kResponse;
  for (const char* address : {"192.0.2.1", "192.0.2.2"}) {
    auto& reply = record.asked.replies.emplace_back();
    reply.addresses.push_back({*net::IpAddress::Parse(address), 60, 1});
    reply.answer_count = 1;
    reply.rr_ttl = 60;
    reply.arrival_offset = std::chrono::milliseconds(40);
  }
  const JudgedRecord one[] = {{&record, nullptr}};
  const auto line = nlohmann::json::parse(*OoniLine(one));
  EXPECT_EQ("taster", line["test_name"]);
  EXPECT_EQ("ZZ", line["probe_cc"]);
  EXPECT_EQ("AS0", line["probe_asn"]);
  const auto& query = line["test_keys"]["queries"][0];
  EXPECT_TRUE(query.contains("failure"));
  EXPECT_TRUE(query["failure"].is_null());
  EXPECT_EQ("udp", query["engine"]);
  EXPECT_EQ("example.com", query["hostname"]);
  EXPECT_EQ("A", query["query_type"]);
  EXPECT_EQ("8.8.8.8:53", query["resolver_address"]);
  EXPECT_EQ("192.0.2.1", query["answers"][0]["ipv4"]);
  EXPECT_EQ(60, query["answers"][0]["ttl"]);
  EXPECT_DOUBLE_EQ(0.04, query["t"].get<double>());
  const auto& late = line["test_keys"]["x_dns_duplicate_responses"][0];
  EXPECT_EQ("192.0.2.2", late["answers"][0]["ipv4"]);
  EXPECT_EQ(query["transaction_id"], late["transaction_id"]);
}

}  // namespace
}  // namespace taster::exchange
