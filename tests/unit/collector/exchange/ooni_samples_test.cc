// SPDX-License-Identifier: Apache-2.0
// Measurements shaped as OONI's own samples are: the facts of web_connectivity
// 0.5 and dnsping (ooni/spec, ts-017 and ts-035), and of the blocking scenarios
// of ooni/data.
#include <gtest/gtest.h>

#include "collector/exchange/ooni_reader.h"
#include "tests/unit/collector/exchange/exchange_text.h"

namespace taster::exchange {
namespace {

using judge::Observation;
using judge::Outcome;

constexpr char kHead[] =
    R"({"test_name":"web_connectivity","report_id":"r","probe_cc":"IT",
    "probe_asn":"AS137","measurement_start_time":"2024-02-12 20:33:47",
    "input":"https://www.example.com/","test_keys":{)";

ReadText ReadKeys(const std::string& keys) {
  ReadText read = Read(ReadOoni, kHead + keys + "}}");
  for (const BadInput& bad : read.bad) ADD_FAILURE() << bad.what;
  return read;
}

std::string Addresses(const Record& record) {
  std::string text;
  for (const Observation& reply : record.asked.replies) {
    for (const auto& answer : reply.addresses) {
      text += answer.address.ToString() + ' ';
    }
  }
  return text;
}

// ts-017: udp with bytes, getaddrinfo, a control with both families.
TEST(OoniSamples, WebConnectivity) {
  const ReadText read = ReadKeys(R"(
    "x_dns_duplicate_responses":[],
    "queries":[
      {"answers":[{"answer_type":"A","ipv4":"93.184.216.34","ttl":null}],
       "engine":"udp","failure":null,"hostname":"www.example.com",
       "query_type":"A","resolver_address":"1.1.1.1:53","t0":0.000804,
       "raw_response":"tGmBgAABAAEAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQABwAwAAQABAAE4awAEXbjYIg==",
       "t":0.038858,"tags":["depth=0"],"transaction_id":20001},
      {"answers":[{"answer_type":"A","ipv4":"93.184.216.34","ttl":null},
        {"answer_type":"AAAA","ipv6":"2606:2800:220:1:248:1893:25c8:1946"},
        {"answer_type":"CNAME","hostname":"www.example.com."}],
       "engine":"getaddrinfo","failure":null,"hostname":"www.example.com",
       "query_type":"ANY","resolver_address":"","t":0.067597,
       "transaction_id":10001}],
    "control":{"dns":{"failure":null,"addrs":["93.184.216.34",
       "2606:2800:220:1:248:1893:25c8:1946"]}})");
  ASSERT_EQ(5U, read.records.size());
  const judge::Asked& udp = read.records[0].asked;
  EXPECT_EQ(0xb469, udp.query_id);
  EXPECT_EQ(0x8180, udp.replies.at(0).flags);
  EXPECT_EQ(judge::Fit::kMatches, udp.replies[0].fit);
  EXPECT_EQ(79979U, udp.replies[0].rr_ttl);
  EXPECT_EQ(38054, udp.replies[0].arrival_offset.count());
  EXPECT_EQ(1U, read.records[0].messages.size());
  EXPECT_EQ("r:1/1.A", read.records[1].id);
  EXPECT_EQ("93.184.216.34 ", Addresses(read.records[1]));
  EXPECT_TRUE(read.records[1].asked.replies[0].aliases.empty());
  EXPECT_EQ(1, read.records[1].asked.replies[0].answer_count);
  EXPECT_EQ("r:1/1.AAAA", read.records[2].id);
  EXPECT_EQ(28, read.records[2].asked.qtype);
  EXPECT_EQ(Role::kControl, read.records[3].role);
  EXPECT_EQ("93.184.216.34 ", Addresses(read.records[3]));
  EXPECT_EQ(28, read.records[4].asked.qtype);
  EXPECT_TRUE(read.records[4].network.country.empty());
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(i, read.records[i].asked.ordinal);
  }
}

// ts-035: late replies under the names of the specification's text and of its
// example; a ping of before July 2022.
TEST(OoniSamples, DnsPing) {
  std::string text = kHead + std::string(R"("pings":[
    {"query":{"engine":"udp","failure":"generic_timeout_error",
      "hostname":"example.com","query_type":"A","answers":null,
      "resolver_address":"8.8.8.8:53","t0":5.001301915,"t":10.001762849},
     "delayed_response":[]},
    {"query":{"engine":"udp","failure":null,"hostname":"example.com",
      "query_type":"A","answers":[{"answer_type":"A","ipv4":"192.0.2.1"}],
      "resolver_address":"8.8.8.8:53","t0":6,"t":6.25},
     "delayed_responses":[{"engine":"udp","failure":null,
      "hostname":"example.com","query_type":"A","t0":6,"t":7,
      "answers":[{"answer_type":"A","ipv4":"192.0.2.2"}],
      "resolver_address":"8.8.8.8:53"}]},
    {"query":[{"engine":"udp","failure":"dns_nxdomain_error",
      "hostname":"example.org","query_type":"AAAA","answers":null,
      "resolver_address":"8.8.8.8:53"}],"delayed_response":null}]}})");
  text.replace(text.find("web_connectivity"), 16, "dnsping");
  const ReadText read = Read(ReadOoni, text);
  ASSERT_TRUE(read.bad.empty());
  ASSERT_EQ(3U, read.records.size());
  EXPECT_EQ(Outcome::kTimeout, read.records[0].asked.outcome);
  EXPECT_TRUE(read.records[0].asked.replies.empty());
  const auto& replies = read.records[1].asked.replies;
  ASSERT_EQ(2U, replies.size());
  EXPECT_EQ(250'000, replies[0].arrival_offset.count());
  EXPECT_EQ(1'000'000, replies[1].arrival_offset.count());
  EXPECT_EQ(3, read.records[2].asked.replies.at(0).rcode);
  EXPECT_NE(read.records[1].set, read.records[2].set);
}

struct Scenario {
  const char* name;
  const char* system;     // Members of the getaddrinfo query.
  const char* control;    // test_keys.control.
  const char* addresses;  // That the system's query gives.
  Outcome outcome;
  std::size_t controls;
};

// The scenarios of ooni/data differ in what getaddrinfo and the control say.
TEST(OoniSamples, BlockingScenarios) {
  constexpr char kGenuine[] =
      R"({"dns":{"failure":null,"addrs":["93.184.216.34"]}})";
  const Scenario scenarios[] = {
      {"control fails",
       R"("failure":null,"answers":[{"answer_type":"A","ipv4":"93.184.216.34"}])",
       "null", "93.184.216.34 ", Outcome::kResponse, 0},
      {"android", R"("failure":"android_dns_cache_no_data","answers":null)",
       kGenuine, "", Outcome::kCancelled, 1},
      {"bogon",
       R"("failure":null,"answers":[{"answer_type":"A","ipv4":"10.10.34.35"}])",
       kGenuine, "10.10.34.35 ", Outcome::kResponse, 1},
      {"nxdomain", R"("failure":"dns_nxdomain_error","answers":null)", kGenuine,
       "", Outcome::kResponse, 1},
      {"localhost",
       R"("failure":null,"answers":[{"answer_type":"A","ipv4":"127.0.0.1"}])",
       kGenuine, "127.0.0.1 ", Outcome::kResponse, 1},
      {"ghost",
       R"("failure":null,"answers":[{"answer_type":"A","ipv4":"83.224.65.41"}])",
       R"({"dns":{"failure":"dns_name_error","addrs":[]}})", "83.224.65.41 ",
       Outcome::kResponse, 2},
  };
  for (const Scenario& scenario : scenarios) {
    SCOPED_TRACE(scenario.name);
    const ReadText read = ReadKeys(
        std::string(
            R"("queries":[{"engine":"getaddrinfo","query_type":"ANY",)") +
        R"("hostname":"www.example.com",)" + scenario.system +
        R"(}],"control":)" + scenario.control);
    ASSERT_EQ(1 + scenario.controls, read.records.size());
    EXPECT_EQ(1, read.records[0].asked.qtype);
    EXPECT_EQ(scenario.outcome, read.records[0].asked.outcome);
    EXPECT_EQ(scenario.addresses, Addresses(read.records[0]));
    for (std::size_t i = 1; i < read.records.size(); ++i) {
      EXPECT_EQ(Role::kControl, read.records[i].role);
      EXPECT_EQ(Outcome::kResponse, read.records[i].asked.outcome);
    }
  }
}

TEST(OoniSamples, ControlsSayNothingWhereTheyKnowNothing) {
  const std::pair<const char*, std::size_t> cases[] = {
      {R"({"failure":"unknown_error","addrs":[]})", 0},
      {R"({"failure":"dns_server_failure","addrs":null})", 0},
      {R"({"failure":null,"addrs":["[scrubbed]"]})", 0},
      {R"({"failure":null,"addrs":["cdn.example.","192.0.2.1"]})", 1},
      {R"({"failure":null,"addrs":[]})", 2},
      {R"({"failure":"dns_nxdomain_error","addrs":null})", 2},
  };
  for (const auto& [dns, count] : cases) {
    EXPECT_EQ(count, ReadKeys(std::string(R"("control":{"dns":)") + dns + "}")
                         .records.size())
        << dns;
  }
}

TEST(OoniSamples, LateRepliesFindTheirQuery) {
  const std::string query =
      R"({"engine":"udp","failure":null,"hostname":"www.example.com",
          "resolver_address":"8.8.8.8:53","transaction_id":5,)";
  const ReadText read = ReadKeys(
      R"("queries":[)" + query +
      R"("query_type":"A","answers":[{"answer_type":"A","ipv4":"192.0.2.1"}]},)" +
      query + R"("query_type":"AAAA","failure":"dns_no_answer"}],
      "x_dns_late_responses":[)" +
      query +
      R"("query_type":"A","answers":[{"answer_type":"A","ipv4":"192.0.2.2"}]}],
      "x_dns_duplicate_responses":[)" +
      query +
      R"("query_type":"AAAA","answers":[{"answer_type":"AAAA","ipv6":"2001:db8::1"}]},)" +
      query + R"("query_type":"HTTPS","answers":null}])");
  ASSERT_EQ(3U, read.records.size());
  EXPECT_EQ("192.0.2.1 192.0.2.2 ", Addresses(read.records[0]));
  EXPECT_EQ("2001:db8::1 ", Addresses(read.records[1]));
  EXPECT_EQ(2U, read.records[1].asked.replies.size());
  EXPECT_EQ(65, read.records[2].asked.qtype);
}

}  // namespace
}  // namespace taster::exchange
