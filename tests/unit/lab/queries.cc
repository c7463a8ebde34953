// SPDX-License-Identifier: Apache-2.0
// Builds queries and rules for the tests of the censor.
#include "tests/unit/lab/queries.h"

#include <sstream>

namespace taster::lab {
namespace {

constexpr std::size_t kHeaderBytes = 12;

void Append16(Bytes& bytes, std::size_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

// Where the answer record's TYPE begins, found from the end: fixed fields and
// RDATA come last, and RDLENGTH tells how long that is.
std::size_t AnswerTypeAt(const Bytes& message) {
  std::size_t at = kHeaderBytes;
  while (message[at] != 0) at += std::size_t{1} + message[at];
  at += 5;
  if (message[at] == 0xC0) return at + 2;
  while (message[at] != 0) at += std::size_t{1} + message[at];
  return at + 1;
}

std::size_t Read16(const Bytes& bytes, std::size_t at) {
  return std::size_t{bytes[at]} << 8 | bytes[at + 1];
}

}  // namespace

Bytes EncodeName(const std::string& name) {
  Bytes wire;
  std::istringstream labels(name);
  for (std::string label; std::getline(labels, label, '.');) {
    wire.push_back(static_cast<std::uint8_t>(label.size()));
    wire.insert(wire.end(), label.begin(), label.end());
  }
  wire.push_back(0);
  return wire;
}

Bytes MakeMessage(const QuerySpec& spec) {
  Bytes message;
  Append16(message, spec.id);
  Append16(message, spec.recursion_desired ? 0x0100u : 0u);
  for (const std::size_t count : {1, 0, 0, 1}) Append16(message, count);
  const Bytes name = EncodeName(spec.name);
  message.insert(message.end(), name.begin(), name.end());
  Append16(message, spec.type);
  Append16(message, 1);
  const Bytes opt{0, 0, 41, 0x04, 0xD0, 0, 0, 0x80, 0, 0, 0};
  message.insert(message.end(), opt.begin(), opt.end());
  return message;
}

Bytes MakePacket(const QuerySpec& spec, ByteView message) {
  Bytes probe{10, 9, 0, 2};
  Bytes server{10, 9, 6, 66};
  if (spec.is_ipv6) {
    probe = {0xFD, 0x99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
    server = {0xFD, 0x99, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x66};
  }
  // BuildAnswer swaps the ends, so the query is given as its own answer.
  const UdpPacket reversed{.is_ipv6 = spec.is_ipv6,
                           .source = server,
                           .destination = probe,
                           .source_port = spec.destination_port,
                           .destination_port = spec.source_port};
  return BuildAnswer(reversed, {.ip_ttl = spec.ip_ttl}, message);
}

Bytes MakePacket(const QuerySpec& spec) {
  return MakePacket(spec, MakeMessage(spec));
}

Rules MakeRules() {
  Rules rules;
  rules.blocklist.Add("both.test", Group::kMainBoth);
  rules.blocklist.Add("teredo.test", Group::kMainTeredo);
  rules.blocklist.Add("face.test", Group::kMainFace);
  rules.blocklist.Add("p20.test", Group::kP20);
  rules.blocklist.Add("legacy.test", Group::kLegacy);
  rules.blocklist.Add("s10.test", Group::kS10);
  rules.blocklist.Add("google.test", Group::kMainBoth);
  rules.blocklist.Add("drop.test", Group::kDrop);
  rules.pools.main_a = {{1, 0, 0, 1}, {1, 0, 0, 2}, {1, 0, 0, 3}, {1, 0, 0, 4}};
  rules.pools.main_aaaa = {{0x2A, 0x03, 1}, {0x2A, 0x03, 2}, {0x2A, 0x03, 3}};
  rules.pools.p20 = {{2, 0, 0, 1}};
  rules.pools.legacy = {{3, 0, 0, 1}};
  rules.pools.s10 = {{4, 0, 0, 1}};
  rules.pools.gfw1 = {{5, 0, 0, 1}};
  return rules;
}

const Emission* From(Injector injector, const Decision& decision) {
  for (const Emission& emission : decision.emissions) {
    if (emission.injector == injector) return &emission;
  }
  return nullptr;
}

std::uint16_t FlagsOf(const Emission& emission) {
  return static_cast<std::uint16_t>(Read16(emission.message, 2));
}

std::uint16_t TypeOf(const Emission& emission) {
  const Bytes& message = emission.message;
  return static_cast<std::uint16_t>(Read16(message, AnswerTypeAt(message)));
}

std::uint32_t RrTtlOf(const Emission& emission) {
  const Bytes& message = emission.message;
  const std::size_t at = AnswerTypeAt(message) + 4;
  return static_cast<std::uint32_t>(Read16(message, at) << 16 |
                                    Read16(message, at + 2));
}

Bytes RdataOf(const Emission& emission) {
  const Bytes& message = emission.message;
  const std::size_t at = AnswerTypeAt(message) + 10;
  return Bytes(message.begin() + static_cast<std::ptrdiff_t>(at),
               message.end());
}

Decision Ask(Censor& censor, const QuerySpec& spec) {
  return censor.Decide(MakePacket(spec), Direction::kOutward);
}

}  // namespace taster::lab
