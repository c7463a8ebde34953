// SPDX-License-Identifier: Apache-2.0
// Whatever a file holds, a reader tells where it is not as agreed, and lives.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "collector/exchange/json_place.h"
#include "collector/exchange/ooni_reader.h"
#include "collector/exchange/ooni_writer.h"
#include "collector/exchange/taster_measurement.h"
#include "collector/exchange/taster_reader.h"
#include "tests/unit/collector/exchange/exchange_text.h"
#include "tests/unit/collector/exchange/random_record.h"

namespace taster::exchange {
namespace {

using nlohmann::json;

// Every field that the reader knows, OONI's and ours.
json SampleMeasurement() {
  std::mt19937 random(5);
  std::vector<Record> records;
  std::size_t replies = 0;
  while (replies < 4) {
    for (Record& record : RandomSet(
             records.empty() ? Bytes::kKnown : Bytes::kUnknown, &random)) {
      record.set = "s";
      record.role = Role::kProbe;
      record.network = {"CN", 4134};
      replies += record.asked.replies.size();
      records.push_back(std::move(record));
    }
  }
  std::vector<JudgedRecord> judged;
  for (const Record& record : records) judged.push_back({&record, nullptr});
  json sample = json::parse(*OoniLine(judged));
  json foreign = json::parse(
      R"({"hostname":"a.example","query_type":"ANY","engine":"getaddrinfo",
      "failure":null,"rcode":0,"resolver_hostname":"192.0.2.1",
      "resolver_port":"53","t0":1,"t":2,"transaction_id":7,
      "x_transaction_id":8,"raw_response":"AAAA","answers":[
        {"answer_type":"A","ipv4":"192.0.2.1","ttl":1},
        {"answer_type":"CNAME","hostname":"b.example"}]})");
  json& keys = sample["test_keys"];
  keys["queries"].push_back(foreign);
  keys["pings"] = {{{"query", foreign}, {"delayed_responses", {foreign}}}};
  keys["control"] = {
      {"dns", {{"failure", nullptr}, {"addrs", {"192.0.2.1", "2001:db8::1"}}}}};
  sample["measurement_uid"] = "uid";
  sample["input"] = "http://a.example/";
  return sample;
}

// Pointers to every value inside `value`, itself included.
void Collect(const json& value, const json::json_pointer& at,
             std::vector<json::json_pointer>* places) {
  places->push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      Collect(member, at / key, places);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      Collect(value[i], at / i, places);
    }
  }
}

// Reads `sample` with each value replaced by one of every type. Counts those
// that were refused; every other one gave records.
std::size_t RefusedMutations(Reader reader, const json& sample) {
  const json others[] = {nullptr,
                         true,
                         -1,
                         1.5,
                         1e300,
                         "\xf0\x9f\x98\x80",
                         json::array(),
                         json::array({nullptr}),
                         json::object(),
                         "",
                         18446744073709551615U};
  std::vector<json::json_pointer> places;
  Collect(sample, json::json_pointer(), &places);
  std::size_t refused = 0;
  for (const auto& place : places) {
    for (const json& other : others) {
      json mutated = sample;
      mutated[place] = other;
      const ReadText read = Read(reader, mutated.dump());
      EXPECT_LE(read.bad.size(), 1U);
      EXPECT_TRUE(read.bad.empty() || read.records.empty());
      for (const BadInput& bad : read.bad) {
        EXPECT_EQ(1U, bad.line);
        EXPECT_FALSE(bad.what.empty());
        EXPECT_EQ(std::string::npos, bad.what.find('\xf0')) << bad.what;
      }
      refused += read.bad.size();
    }
  }
  return refused;
}

TEST(OoniBadInput, EveryFieldMayBeAnything) {
  const json sample = SampleMeasurement();
  ASSERT_TRUE(Read(ReadOoni, sample.dump()).bad.empty());
  EXPECT_GT(RefusedMutations(ReadOoni, sample), 500U);
}

std::string TasterText() {
  std::mt19937 random(8);
  std::vector<Record> records;
  while (records.empty() || records.front().asked.replies.empty() ||
         !records.front().asked.server) {
    records = RandomSet(Bytes::kKnown, &random);
  }
  return ToText(*EvidenceOf(records.front()));
}

TEST(TasterBadInput, EveryFieldMayBeAnything) {
  const json sample = json::parse(TasterText());
  ASSERT_TRUE(Read(ReadTaster, sample.dump()).bad.empty());
  EXPECT_GT(RefusedMutations(ReadTaster, sample), 100U);
}

void ExpectTruncatedIsBad(Reader reader, const std::string& text) {
  for (std::size_t size = 1; size < text.size(); ++size) {
    const ReadText read = Read(reader, text.substr(0, size) + "\n" + text);
    ASSERT_EQ(1U, read.bad.size()) << size;
    EXPECT_EQ(1U, read.bad[0].line);
    EXPECT_GT(read.bad[0].column, 0U);
    EXPECT_LE(read.bad[0].column, size + 1);
  }
}

TEST(BadInput, TruncatedLinesDoNotTouchTheNext) {
  ExpectTruncatedIsBad(ReadTaster, TasterText());
  ExpectTruncatedIsBad(
      ReadOoni,
      R"({"test_name":"dnsping","measurement_start_time":"2024-02-12 20:33:47",)"
      R"("test_keys":{"pings":[{"query":{"hostname":"a.example","query_type":"A"}}]}})");
}

struct BadCase {
  std::string from;
  std::string to;
  std::string what;
};

void ExpectBad(Reader reader, const std::string& good, const BadCase& given) {
  SCOPED_TRACE(given.to);
  std::string text = good;
  const std::size_t at = text.find(given.from);
  ASSERT_NE(std::string::npos, at);
  text.replace(at, given.from.size(), given.to);
  const ReadText read = Read(reader, "\n" + text);
  ASSERT_EQ(1U, read.bad.size());
  EXPECT_EQ(2U, read.bad[0].line);
  EXPECT_EQ(given.what, read.bad[0].what);
}

TEST(OoniBadInput, SaysWhatAndWhere) {
  const std::string good =
      R"({"test_name":"dnsping","measurement_start_time":"2024-02-12 20:33:47",)"
      R"("probe_cc":"IT","probe_asn":"AS137","test_keys":{"queries":[)"
      R"({"hostname":"a.example","query_type":"A","engine":"udp","t0":1,)"
      R"("raw_response":null,"answers":[{"answer_type":"A",)"
      R"("ipv4":"192.0.2.1","ttl":1}]}]}})";
  ASSERT_EQ(1U, Read(ReadOoni, good).records.size());
  const std::string query = "test_keys.queries[0]";
  const BadCase cases[] = {
      {"20:33:47", "20:73:47",
       "measurement_start_time: not a time like 2019-10-10 23:59:23"},
      {"2024-02-12", "2024-02-31",
       "measurement_start_time: not a time like 2019-10-10 23:59:23"},
      {"\"IT\"", "\"it\"", "probe_cc: not a country code"},
      {"AS137", "AS99999999999", "probe_asn: not an AS number"},
      {"\"a.example\"", "\"a..example\"",
       query + ".hostname: not a domain name"},
      {"\"a.example\"", "7", query + ".hostname: not text"},
      {"\"A\",\"engine\"", "\"B\",\"engine\"",
       query + ".query_type: not a type of record"},
      {"\"t0\":1", "\"t0\":-1", query + ".t0: out of range"},
      {"\"raw_response\":null", "\"raw_response\":\"!\"",
       query + ".raw_response: not base64"},
      {"192.0.2.1", "192.0.2.256", query + ".answers[0].ipv4: not an address"},
      {"\"ttl\":1", "\"ttl\":1.5",
       query + ".answers[0].ttl: not a whole number"},
      {"\"ttl\":1", "\"ttl\":4294967296",
       query + ".answers[0].ttl: out of range"},
  };
  for (const BadCase& given : cases) ExpectBad(ReadOoni, good, given);
}

TEST(OoniBadInput, OtherTestsAreNamedAsSuch) {
  const ReadText read =
      Read(ReadOoni, R"({"test_name":"ndt","measurement_start_time":)"
                     R"("2024-02-12 20:33:47","test_keys":{"summary":{}}})");
  ASSERT_EQ(1U, read.bad.size());
  EXPECT_EQ(
      "test_name: a test without DNS queries; read are web_connectivity, "
      "dnsping and every test with test_keys.queries",
      read.bad[0].what);
}

TEST(TasterBadInput, SaysWhatAndWhere) {
  // A for a.example, at 192.0.2.1.
  const std::string good =
      R"({"id":"1","role":"probe","network":{"country":"IT","asn":137},)"
      R"("measurement":{"questionRole":"QUESTION_ROLE_TARGET",)"
      R"("query":"EjQBAAABAAAAAAAAAWEHZXhhbXBsZQAAAQAB",)"
      R"("server":{"address":"wAACAQ==","port":53},)"
      R"("serverKind":"SERVER_KIND_RECURSIVE","transport":"TRANSPORT_UDP",)"
      R"("queryTime":"2026-11-22T08:00:00.5Z","outcome":"OUTCOME_TIMEOUT"}})";
  const ReadText read = Read(ReadTaster, good);
  ASSERT_EQ(1U, read.records.size()) << read.bad.at(0).what;
  EXPECT_EQ("a.example.", read.records[0].asked.qname.ToText());
  // A name of four labels of 63 bytes and the root's: 257 bytes.
  std::string long_query("\x12\x34\1\0\0\1\0\0\0\0\0\0", 12);
  for (int i = 0; i < 4; ++i) long_query += '\x3f' + std::string(63, 'a');
  long_query += std::string("\0\0\1\0\1", 5);
  const std::string field = "measurement.";
  const std::string not_wire = ": not as taster.v1 has it";
  const BadCase cases[] = {
      {"TRANSPORT_UDP", "TRANSPORT_PIGEON", field + "transport" + not_wire},
      {"\"TRANSPORT_UDP\"", "99", field + "transport: not a known word"},
      {"TRANSPORT_UDP", "TRANSPORT_UNSPECIFIED", field + "transport: missing"},
      {"2026-11", "1969-11", field + "query_time: out of range"},
      {"\"2026-11-22T08:00:00.5Z\"", "-1", field + "query_time" + not_wire},
      {"EjQBAAABAAAAAAAAAWEHZXhhbXBsZQAAAQAB", ToBase64(long_query),
       field + "query: not a DNS query"},
      {"EjQB", "!!!!", field + "query" + not_wire},
      {"wAACAQ==", "wAAC", field + "server.address: not an address"},
      {"\"port\":53", "\"port\":65536", field + "server.port: out of range"},
      {"\"probe\"", "\"judge\"", "role: neither probe nor control"},
      {"\"asn\":137", "\"asn\":-1", "network.asn: out of range"},
      {"\"id\":\"1\"", "\"id\":\"\"", "id: missing"},
      {"\"id\"", "\"time\":\"2026-11-22T09:00:00Z\",\"id\"",
       "time: not the time of measurement.query_time"},
      {"\"id\"", "\"time\":\"noon\",\"id\"",
       "time: not a time like 2026-11-22T08:00:00Z"},
  };
  for (const BadCase& given : cases) ExpectBad(ReadTaster, good, given);
}

}  // namespace
}  // namespace taster::exchange
