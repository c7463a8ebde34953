// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/store/sample_batch.h"

#include <chrono>

namespace taster::store {
namespace {

using std::chrono::microseconds;

// Judges nothing: a row of the registry in shape only.
constexpr judge::Rule kRule{
    .id = "sample_rule", .summary = "Nothing.", .citation = "None."};

net::IpAddress V4(std::uint32_t host_order) {
  return net::IpAddress::FromV4(host_order);
}

net::IpAddress V6(std::uint8_t last) {
  return net::IpAddress::FromV6(
      {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last});
}

MeasurementRow Question(std::uint32_t set, std::uint32_t ordinal) {
  MeasurementRow row;
  row.set = set;
  row.asked.ordinal = ordinal;
  row.asked.qname = *dns::Name::Parse(SampleName(set));
  row.asked.qtype = 1;
  row.query = std::string("\x12\x34\x01\x00 query", 10);
  row.query_time = Today() + std::chrono::milliseconds(ordinal);
  row.window = std::chrono::seconds(5);
  return row;
}

void AddReply(MeasurementRow* row, const net::IpAddress& source) {
  judge::Observation reply;
  reply.source = {source, 53};
  reply.arrival_offset = microseconds(1500 + row->messages.size());
  reply.flags = 0x8400;
  reply.addresses.push_back({V4(0x08070600), 300, 1});
  reply.addresses.push_back({V6(9), 300, 28});
  reply.rr_ttl = 4294967295;
  if (row->messages.empty()) {
    reply.ip_ttl = 255;
    reply.dont_fragment = true;
    reply.ip_id_zero = false;
  }
  row->asked.replies.push_back(reply);
  row->messages.push_back(std::string("\0\x80\xff reply", 9));
  row->original_sizes.push_back(row->messages.size() == 1
                                    ? std::optional<std::uint32_t>()
                                    : std::optional<std::uint32_t>(9000));
}

MeasurementRow Answered(std::uint32_t set, std::uint32_t ordinal) {
  MeasurementRow row = Question(set, ordinal);
  row.asked.server = net::Endpoint{V4(0x01010101), 53};
  row.asked.outcome = judge::Outcome::kResponse;
  row.source_port = 65535;
  row.query_ip_ttl = 64;
  AddReply(&row, V4(0x01010101));
  AddReply(&row, V6(1));
  row.icmp_errors.push_back({V4(0x0a000001), 3, 13, microseconds(7)});
  row.redactions.push_back({2, 40, 4, 1});
  row.asked.server_name = *dns::Name::Parse("resolver.example");
  row.stream = StreamRow{.phase = 2,
                         .bytes_received = 7,
                         .connect_time = microseconds(900),
                         .handshake_time = {},
                         .tls_alert = 42,
                         .http_status = {},
                         .certificate_fault = 1,
                         .certificates = {std::string("\x30\0\xff", 3), ""},
                         .redirect_host = "tom.example"};
  return row;
}

judge::MeasurementVerdict Poisoned(std::uint32_t ordinal) {
  judge::MeasurementVerdict verdict;
  verdict.ordinal = ordinal;
  verdict.verdict = judge::Class::kPoisoned;
  verdict.mechanism = judge::Mechanism::kOnPathInjection;
  verdict.injector = "gfw-1";
  judge::ReplyVerdict reply;
  reply.verdict = judge::Class::kPoisoned;
  reply.mechanism = judge::Mechanism::kOnPathInjection;
  reply.injector = "gfw-1";
  reply.fired.push_back({&kRule,
                         judge::Status::kFired,
                         {"8.7.6.0", "it's \"quoted\"; -- \\ \xe6\xb1\xa1"}});
  verdict.replies.push_back(reply);
  verdict.replies.push_back(judge::ReplyVerdict{});
  return verdict;
}

}  // namespace

Time Today() {
  using namespace std::chrono;
  return time_point_cast<microseconds>(floor<seconds>(system_clock::now()));
}

std::string SampleName(std::uint32_t set) {
  return "name" + std::to_string(set) + ".example.";
}

JudgedBatch SampleBatch(std::int64_t vantage_id, std::uint32_t number,
                        std::uint32_t sets) {
  JudgedBatch batch;
  batch.vantage_id = vantage_id;
  batch.batch_id =
      envelope::BatchId::Make(std::chrono::floor<std::chrono::days>(Today()));
  for (std::size_t i = 4; i < 16; ++i) {
    batch.batch_id.bytes[i] =
        static_cast<std::uint8_t>(i < 8 ? number >> (8 * (i - 4)) : 0);
  }
  batch.payload_hash.fill(static_cast<std::uint8_t>(number));
  batch.receive_time = Today();
  batch.refused_count = 1;
  batch.software = "taster-probe/0.1.0";
  for (std::uint32_t set = 0; set < sets; ++set) {
    batch.measurements.push_back(Answered(set, 2 * set));
    batch.measurements.push_back(Question(set, 2 * set + 1));
    SetRow row{.set = set, .qname = SampleName(set), .verdict = {}};
    row.verdict.verdict = judge::Class::kPoisoned;
    row.verdict.mechanism = judge::Mechanism::kOnPathInjection;
    row.verdict.injector = "gfw-1";
    row.verdict.measurements.push_back(Poisoned(2 * set));
    row.verdict.measurements.push_back({});
    row.verdict.measurements.back().ordinal = 2 * set + 1;
    batch.sets.push_back(row);
  }
  return batch;
}

}  // namespace taster::store
