// SPDX-License-Identifier: Apache-2.0
// Injector 3 as Wallbleed (NDSS 2025) takes it apart; type 65 as seen since
// March 2026.
#include "tests/lab/censor/gfw3.h"

namespace taster::lab {
namespace {

// Its buffer for the flattened name; what is longer draws no answer.
constexpr std::size_t kLongestQnameBytes = 126;

}  // namespace

Gfw3::Gfw3(const Pools& pools, unsigned processes, std::mt19937_64& random)
    : pools_(pools), random_(random), processes_(processes) {
  for (Process& process : processes_) {
    process.next_a = random_() % pools_.main_a.size();
    process.next_aaaa = random_() % pools_.main_aaaa.size();
  }
}

std::optional<Forgery> Gfw3::Forge(const UdpPacket& query,
                                   const Question& question, Group group) {
  const bool has_aaaa = group != Group::kMainTeredo;
  if (IsSmall(group) || question.qname.size() > kLongestQnameBytes ||
      (question.qtype == kTypeAaaa && !has_aaaa)) {
    return std::nullopt;
  }
  Forgery forgery{
      .injector = Injector::kGfw3,
      .traits = {.ip_ttl = query.ip_ttl, .dont_fragment = false, .ip_id = 0},
      .flags = std::uint16_t(question.recursion_desired ? 0x8180 : 0x8400),
      .rr_ttl = std::uniform_int_distribution<std::uint32_t>(60, 300)(random_),
      .rdata = {}};
  Process& process = processes_[ProcessOf(query)];
  if (question.qtype == kTypeAaaa) {
    const Ipv6 address = NextIpv6(process);
    forgery.type = kTypeAaaa;
    forgery.rdata.assign(address.begin(), address.end());
  } else if (question.qtype == kTypeHttps) {
    const Ipv4 ipv4hint = NextIpv4(process);
    forgery.type = kTypeHttps;
    forgery.rdata = BuildHttpsRdata(
        ipv4hint,
        has_aaaa ? std::optional<Ipv6>(NextIpv6(process)) : std::nullopt);
  } else {
    const Ipv4 address = NextIpv4(process);
    forgery.rdata.assign(address.begin(), address.end());
  }
  return forgery;
}

std::size_t Gfw3::ProcessOf(const UdpPacket& query) const {
  // FNV-1a: any hash that spreads the 4-tuples will do.
  std::uint64_t hash = 0xCBF29CE484222325u;
  const auto mix = [&hash](std::uint64_t byte) {
    hash = (hash ^ byte) * 0x100000001B3u;
  };
  for (const std::uint8_t byte : query.source) mix(byte);
  for (const std::uint8_t byte : query.destination) mix(byte);
  mix(query.source_port >> 8);
  mix(query.source_port & 0xFF);
  mix(query.destination_port);
  return (hash >> 32) % processes_.size();
}

Ipv4 Gfw3::NextIpv4(Process& process) {
  const Ipv4 address = pools_.main_a[process.next_a];
  process.next_a = (process.next_a + 1) % pools_.main_a.size();
  return address;
}

Ipv6 Gfw3::NextIpv6(Process& process) {
  const Ipv6 address = pools_.main_aaaa[process.next_aaaa];
  process.next_aaaa = (process.next_aaaa + 1) % pools_.main_aaaa.size();
  return address;
}

}  // namespace taster::lab
