// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/exchange_seeds.h"

#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "collector/exchange/ooni_writer.h"
#include "collector/exchange/taster_measurement.h"
#include "tests/unit/collector/exchange/random_record.h"

namespace taster::exchange {
namespace {

constexpr char kForeign[] = R"({"test_name":"web_connectivity",
 "measurement_uid":"m","input":"http://a.example/","probe_cc":"IT",
 "probe_asn":"AS137","measurement_start_time":"2024-02-12 20:33:47",
 "test_keys":{"queries":[{"engine":"getaddrinfo","hostname":"a.example",
  "query_type":"ANY","failure":null,"answers":[
   {"answer_type":"A","ipv4":"192.0.2.1","ttl":null},
   {"answer_type":"AAAA","ipv6":"[scrubbed]"},
   {"answer_type":"CNAME","hostname":"b.example"}]}],
 "control":{"dns":{"failure":null,"addrs":["192.0.2.1","2001:db8::1"]}}}}
)";

constexpr char kPing[] =
    R"({"test_name":"dnsping","measurement_start_time":"2024-02-12 20:33:47",)"
    R"("test_keys":{"pings":[{"query":{"hostname":"a.example",)"
    R"("query_type":"A","engine":"udp","failure":"dns_bogon_error",)"
    R"("resolver_address":"[2001:db8::1]:53","t0":0.5,"t":1},)"
    R"("delayed_responses":[{"hostname":"a.example","query_type":"A"}]}]}})"
    "\n";

constexpr char kAnswers[] =
    "id\ttime\trole\tcountry\tasn\tserver\tserver_kind\ttransport\tqname\t"
    "qtype\trcode\tanswers\tttl\n"
    "1\t2024-09-06T00:00:00Z\tprobe\tCN\t4134\t8.8.8.8\trecursive\tudp\t"
    "a.example\tA\tNOERROR\t192.0.2.1,cname:b.example.\t60\n";

// Without the version that wrote it: seeds outlive versions.
std::string Line(const std::vector<Record>& records) {
  std::vector<JudgedRecord> judged;
  for (const Record& record : records) judged.push_back({&record, nullptr});
  auto line = nlohmann::ordered_json::parse(*OoniLine(judged));
  line.erase("software_version");
  line.erase("test_version");
  return line.dump();
}

}  // namespace

void AddSeeds(std::map<std::string, std::string>* seeds) {
  (*seeds)["fuzz_exchange/ooni_foreign"] = kForeign;
  (*seeds)["fuzz_exchange/ooni_ping"] = kPing;
  (*seeds)["fuzz_exchange/answers"] = kAnswers;
  (*seeds)["fuzz_exchange/broken"] = "{\"a\":[{\n{}\n[[[\"\\u00";
  std::mt19937 random(11);
  const std::vector<Record> known = RandomSet(Bytes::kKnown, &random);
  (*seeds)["fuzz_exchange/ooni_own_bytes"] = Line(known);
  (*seeds)["fuzz_exchange/taster"] = ToText(*EvidenceOf(known.front()));
  const std::vector<Record> unknown = RandomSet(Bytes::kUnknown, &random);
  (*seeds)["fuzz_exchange/ooni_own_text"] = Line(unknown);
}

}  // namespace taster::exchange
