// SPDX-License-Identifier: Apache-2.0
// Each thing that df-002-dnst allows, and what becomes of it.
#include "collector/exchange/ooni_reader.h"

#include <gtest/gtest.h>

#include "tests/unit/collector/exchange/exchange_text.h"

namespace taster::exchange {
namespace {

using judge::Outcome;
using judge::ServerKind;
using judge::Transport;

// A measurement with these members of test_keys.
std::string Measurement(const std::string& test_keys) {
  return R"({"test_name":"urlgetter","measurement_uid":"m",)"
         R"("input":"https://www.example.com/","probe_cc":"IT",)"
         R"("probe_asn":"AS137","measurement_start_time":)"
         R"("2024-02-12 20:33:47","test_keys":{)" +
         test_keys + "}}";
}

// A query for the A records of www.example.com with these further members.
std::string Query(const std::string& members) {
  return R"({"hostname":"www.example.com","query_type":"A",)" + members + "}";
}

std::vector<Record> ReadAll(const std::string& test_keys) {
  ReadText read = Read(ReadOoni, Measurement(test_keys));
  for (const BadInput& bad : read.bad) ADD_FAILURE() << bad.what;
  return std::move(read.records);
}

Record ReadQuery(const std::string& members) {
  std::vector<Record> records =
      ReadAll(R"("queries":[)" + Query(members) + "]");
  EXPECT_EQ(1U, records.size());
  return records.empty() ? Record{} : records.front();
}

TEST(OoniReader, SaysWhoAskedAndWhen) {
  const Record record = ReadQuery(
      R"("engine":"udp","resolver_address":"8.8.8.8:53","t0":61.5,"t":61.75,
         "answers":[{"answer_type":"A","ipv4":"192.0.2.1","ttl":60}])");
  EXPECT_EQ("m/0", record.id);
  EXPECT_EQ("m/www.example.com.", record.set);
  EXPECT_EQ((judge::Network{"IT", 137}), record.network);
  EXPECT_EQ(1707770027 + 61, record.time.time_since_epoch().count());
  EXPECT_EQ(Role::kProbe, record.role);
  ASSERT_EQ(1U, record.asked.replies.size());
  const judge::Observation& reply = record.asked.replies[0];
  EXPECT_EQ(250'000, reply.arrival_offset.count());
  EXPECT_EQ("8.8.8.8:53", reply.source.ToString());
  EXPECT_EQ(0, reply.flags);
  EXPECT_EQ(60U, reply.rr_ttl);
  EXPECT_TRUE(record.messages.empty());
}

struct EngineCase {
  std::string members;
  ServerKind kind;
  Transport transport;
  std::string server;  // Empty: not known.
};

TEST(OoniReader, KnowsEngines) {
  const EngineCase cases[] = {
      {R"("engine":"system")", ServerKind::kSystem, Transport::kUdp, ""},
      {R"("engine":"getaddrinfo","resolver_address":"")", ServerKind::kSystem,
       Transport::kUdp, ""},
      {R"("engine":"go")", ServerKind::kSystem, Transport::kUdp, ""},
      {R"("engine":null)", ServerKind::kSystem, Transport::kUdp, ""},
      {R"("resolver_hostname":"192.0.2.5","resolver_port":"5353")",
       ServerKind::kRecursive, Transport::kUdp, "192.0.2.5:5353"},
      {R"("resolver_hostname":"192.0.2.5","resolver_port":54)",
       ServerKind::kRecursive, Transport::kUdp, "192.0.2.5:54"},
      {R"("engine":"udp","resolver_address":"[2001:db8::1]:53")",
       ServerKind::kRecursive, Transport::kUdp, "[2001:db8::1]:53"},
      {R"("engine":"udp","resolver_address":"2001:db8::1")",
       ServerKind::kRecursive, Transport::kUdp, "[2001:db8::1]:53"},
      {R"("engine":"udp","resolver_address":"[scrubbed]:53")",
       ServerKind::kRecursive, Transport::kUdp, ""},
      {R"("engine":"tcp","resolver_address":"192.0.2.1:53")",
       ServerKind::kRecursive, Transport::kTcp, "192.0.2.1:53"},
      {R"("engine":"dot","resolver_address":"dns.google:853")",
       ServerKind::kRecursive, Transport::kTls, ""},
      {R"("engine":"doh","resolver_address":"https://1.1.1.1/dns-query")",
       ServerKind::kRecursive, Transport::kHttps, "1.1.1.1:443"},
      {R"("engine":"doh3","resolver_address":"https://dns.google/dns-query")",
       ServerKind::kRecursive, Transport::kHttps, ""},
  };
  for (const EngineCase& given : cases) {
    SCOPED_TRACE(given.members);
    const auto asked =
        ReadQuery(given.members + R"(,"failure":"dns_nxdomain_error")").asked;
    EXPECT_EQ(given.kind, asked.server_kind);
    EXPECT_EQ(given.transport, asked.transport);
    EXPECT_EQ(given.server, asked.server ? asked.server->ToString() : "");
  }
}

struct FailureCase {
  std::string failure;
  Outcome outcome;
  int rcode;  // -1: no reply.
};

TEST(OoniReader, KnowsFailures) {
  const FailureCase cases[] = {
      {"dns_nxdomain_error", Outcome::kResponse, 3},
      {"dns_name_error", Outcome::kResponse, 3},
      {"dns_refused_error", Outcome::kResponse, 5},
      {"dns_servfail_error", Outcome::kResponse, 2},
      {"dns_server_misbehaving", Outcome::kResponse, 2},
      {"dns_no_answer", Outcome::kResponse, 0},
      {"generic_timeout_error", Outcome::kTimeout, -1},
      {"eof_error", Outcome::kTimeout, -1},
      {"connection_reset", Outcome::kTimeout, -1},
      {"connection_refused", Outcome::kPortUnreachable, -1},
      {"host_unreachable", Outcome::kHostUnreachable, -1},
      {"network_unreachable", Outcome::kNetworkUnreachable, -1},
      {"android_dns_cache_no_data", Outcome::kCancelled, -1},
      {"interrupted", Outcome::kCancelled, -1},
      {"unknown_failure: whatever", Outcome::kCancelled, -1},
  };
  for (const FailureCase& given : cases) {
    SCOPED_TRACE(given.failure);
    const auto asked =
        ReadQuery(R"("engine":"udp","answers":null,"failure":")" +
                  given.failure + '"')
            .asked;
    EXPECT_EQ(given.outcome, asked.outcome);
    ASSERT_EQ(given.rcode < 0 ? 0U : 1U, asked.replies.size());
    if (given.rcode < 0) continue;
    EXPECT_EQ(given.rcode, asked.replies[0].rcode);
    EXPECT_EQ(given.rcode == 0, asked.replies[0].is_nodata());
  }
}

TEST(OoniReader, RcodeTellsMoreThanTheFailure) {
  const auto asked =
      ReadQuery(
          R"("engine":"udp","failure":"dns_server_misbehaving","rcode":4)")
          .asked;
  ASSERT_EQ(1U, asked.replies.size());
  EXPECT_EQ(4, asked.replies[0].rcode);
}

TEST(OoniReader, NoFailureAndNoAnswerIsNodata) {
  for (const char* members :
       {R"("engine":"udp","failure":null,"answers":null)",
        R"("engine":"udp","answers":[])", R"("engine":"udp")"}) {
    const auto asked = ReadQuery(members).asked;
    ASSERT_EQ(1U, asked.replies.size());
    EXPECT_TRUE(asked.replies[0].is_nodata());
  }
}

TEST(OoniReader, KeepsAnswersOfBogons) {
  const auto asked = ReadQuery(
                         R"("engine":"udp","failure":"dns_bogon_error",
      "answers":[{"answer_type":"A","ipv4":"10.10.34.35","ttl":null}])")
                         .asked;
  ASSERT_EQ(1U, asked.replies.size());
  ASSERT_EQ(1U, asked.replies[0].addresses.size());
  EXPECT_EQ("10.10.34.35", asked.replies[0].addresses[0].address.ToString());
  EXPECT_FALSE(asked.replies[0].rr_ttl.has_value());
}

TEST(OoniReader, WithheldIsNotEmpty) {
  for (const char* members :
       {R"("answers":[{"answer_type":"A","ipv4":"[scrubbed]"}])",
        R"("answers":[{"answer_type":"A","ipv4":""}])",
        R"("answers":[{"answer_type":"CNAME","hostname":"[scrubbed]"}])",
        R"("failure":"dns_bogon_error","answers":null)"}) {
    const auto asked =
        ReadQuery(std::string(R"("engine":"udp",)") + members).asked;
    ASSERT_EQ(1U, asked.replies.size()) << members;
    EXPECT_TRUE(asked.replies[0].addresses.empty()) << members;
    EXPECT_FALSE(asked.replies[0].is_nodata()) << members;
  }
}

TEST(OoniReader, ReadsAllKindsOfAnswers) {
  const auto asked = ReadQuery(R"("engine":"udp","answers":[
      {"answer_type":"CNAME","hostname":"cdn.example.","ttl":30},
      {"answer_type":"A","ipv4":"192.0.2.1","ttl":20},
      {"answer_type":"AAAA","ipv6":"2001:db8::1","ipv4":""},
      {"answer_type":"AAAA","ipv6":"192.0.2.2"},
      {"answer_type":"SOA","hostname":"ns.example."},
      {"answer_type":"HTTPS","ipv4":"192.0.2.3"},{}])")
                         .asked;
  ASSERT_EQ(1U, asked.replies.size());
  const judge::Observation& reply = asked.replies[0];
  EXPECT_EQ(7, reply.answer_count);
  EXPECT_EQ(2, reply.other_records);
  EXPECT_EQ(20U, reply.rr_ttl);
  ASSERT_EQ(1U, reply.aliases.size());
  EXPECT_EQ("cdn.example.", reply.aliases[0].ToText());
  ASSERT_EQ(4U, reply.addresses.size());
  EXPECT_EQ(28, reply.addresses[1].type);
  EXPECT_EQ(1, reply.addresses[2].type);
  EXPECT_EQ(65, reply.addresses[3].type);
}

TEST(OoniReader, LeavesOutWhatNamesNoDomain) {
  EXPECT_TRUE(ReadAll(R"("queries":[
      {"hostname":"192.0.2.1","query_type":"A","engine":"system"},
      {"hostname":"[scrubbed]","query_type":"A","engine":"udp"}])")
                  .empty());
}

TEST(OoniReader, MarksControls) {
  std::string text = Measurement(R"("queries":[)" + Query("\"t\":1") + "]");
  text.insert(1, R"("x_taster_role":"control",)");
  const ReadText read = Read(ReadOoni, text);
  // Neither an answer nor a failure of a function of the system's.
  EXPECT_TRUE(read.records.empty());
  text.replace(text.find("\"t\":1"), 5, R"("engine":"doh")");
  const ReadText again = Read(ReadOoni, text);
  ASSERT_EQ(1U, again.records.size());
  EXPECT_EQ(Role::kControl, again.records[0].role);
}

TEST(OoniReader, NamesNobodysNetwork) {
  std::string text =
      Measurement(R"("queries":[)" + Query(R"("engine":"udp")") + "]");
  text.replace(text.find("\"IT\""), 4, "\"ZZ\"");
  text.replace(text.find("AS137"), 5, "AS0");
  const ReadText read = Read(ReadOoni, text);
  ASSERT_EQ(1U, read.records.size());
  EXPECT_EQ(judge::Network{}, read.records[0].network);
}

}  // namespace
}  // namespace taster::exchange
