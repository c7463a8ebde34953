// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ingest_load.h"

#include <chrono>
#include <span>
#include <string>

#include "collector/control/assemble.h"
#include "collector/dissect/dissect.h"
#include "proto/dns/name.h"
#include "proto/net/bytes_of.h"

namespace taster::bench {
namespace {

constexpr std::uint32_t kForged = 0x08070600;   // 8.7.6.0/24
constexpr std::uint32_t kGenuine = 0xc6336500;  // 198.51.101.0/24
constexpr std::uint32_t kUnknown = 0xcb007200;  // 203.0.114.0/24
constexpr std::uint32_t kNames = 60'000;
constexpr std::uint32_t kVantages = 16;

std::string NameText(std::uint32_t number) {
  return "www.name" + std::to_string(number) + ".example.";
}

net::IpAddress AddressOf(std::uint32_t name, std::uint32_t salt) {
  const std::uint32_t base = name % 3 == 0   ? kForged
                             : name % 3 == 1 ? kGenuine
                                             : kUnknown;
  return net::IpAddress::FromV4(base + (name + salt) % 200);
}

// Header, question A IN; and with an address also the answer, owner c00c.
std::string Message(const dns::Name& name, const net::IpAddress* answer) {
  std::string message("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 12);
  message.append(reinterpret_cast<const char*>(name.wire().data()),
                 name.wire().size());
  message.append("\x00\x01\x00\x01", 4);
  if (answer == nullptr) return message;
  message[2] = '\x81';
  message[3] = '\x80';
  message[7] = '\x01';
  message.append("\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04", 12);
  message.append(reinterpret_cast<const char*>(answer->bytes().data()), 4);
  return message;
}

store::MeasurementRow RawMeasurement(std::uint32_t number,
                                     std::uint32_t ordinal) {
  const std::uint32_t name =
      (number * kMeasurements + ordinal) / kSetSize % kNames;
  const dns::Name qname = *dns::Name::Parse(NameText(name));
  const net::IpAddress answer = AddressOf(name, ordinal);
  store::MeasurementRow row;
  row.set = ordinal / kSetSize;
  row.query = Message(qname, nullptr);
  row.query_time = std::chrono::time_point_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now());
  row.window = std::chrono::seconds(5);
  row.source_port = 40'000;
  row.asked.ordinal = ordinal;
  row.asked.server = net::Endpoint{
      net::IpAddress::FromV4(0x01010101 + ordinal % kSetSize), 53};
  row.asked.outcome = judge::Outcome::kResponse;
  row.messages.push_back(Message(qname, &answer));
  row.original_sizes.emplace_back();
  judge::Observation arrival;
  arrival.source = *row.asked.server;
  arrival.arrival_offset = std::chrono::microseconds(12'345 + ordinal);
  arrival.ip_ttl = 55;
  row.asked.replies.push_back(arrival);
  return row;
}

void Dissect(store::MeasurementRow* row) {
  dissect::DissectQuery(net::BytesOf(row->query), &row->asked);
  const judge::Observation arrival = row->asked.replies[0];
  row->asked.replies[0] = dissect::Dissect(net::BytesOf(row->messages[0]),
                                           {.offset = arrival.arrival_offset,
                                            .source = arrival.source,
                                            .ip_ttl = arrival.ip_ttl,
                                            .dont_fragment = std::nullopt,
                                            .ip_id_zero = std::nullopt},
                                           row->asked);
}

}  // namespace

World::World() : book(&reference.origin_as) {
  reference.version = "bench";
  reference.origin_as = judge::PrefixTable::Build(
      {{*net::IpPrefix::Parse("8.7.6.0/24"), 64500},
       {*net::IpPrefix::Parse("198.51.101.0/24"), 64501},
       {*net::IpPrefix::Parse("203.0.114.0/24"), 64502}});
  for (std::uint32_t i = 0; i < 200; ++i) {
    reference.forged[net::IpAddress::FromV4(kForged + i)].push_back(
        {.pool = "bench-pool"});
  }
  std::vector<store::ControlRow> rows;
  for (std::uint32_t name = 1; name < kNames; name += 3) {
    rows.push_back({.qname = NameText(name),
                    .qtype = 1,
                    .kind = store::ControlRow::Kind::kAddress,
                    .address = AddressOf(name, 0),
                    .vantage_id = 1,
                    .seen_time = {}});
  }
  book.Learn(rows);
}

store::JudgedBatch RawBatch(std::uint32_t number) {
  store::JudgedBatch batch;
  batch.vantage_id = 1 + number % kVantages;
  batch.batch_id = envelope::BatchId::Make(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  batch.payload_hash.fill(static_cast<std::uint8_t>(number));
  batch.receive_time = std::chrono::time_point_cast<std::chrono::microseconds>(
      std::chrono::system_clock::now());
  batch.software = "taster-probe/0.1.0";
  for (std::uint32_t i = 0; i < kMeasurements; ++i) {
    batch.measurements.push_back(RawMeasurement(number, i));
  }
  return batch;
}

void DissectAndJudge(const World& world, store::JudgedBatch* batch) {
  for (std::uint32_t at = 0; at < kMeasurements; at += kSetSize) {
    std::vector<judge::Asked> asked;
    asked.reserve(kSetSize);
    for (std::uint32_t i = at; i < at + kSetSize; ++i) {
      store::MeasurementRow& row = batch->measurements[i];
      Dissect(&row);
      asked.push_back(row.asked);
    }
    const auto day = std::chrono::floor<std::chrono::days>(
        batch->measurements[at].query_time);
    const judge::Case subject = control::Assemble(
        std::move(asked), {world.book, world.reference}, {{}, day});
    batch->sets.push_back({.set = batch->measurements[at].set,
                           .qname = subject.asked[0].qname.ToText(),
                           .verdict = judge::Judge(subject)});
  }
}

}  // namespace taster::bench
