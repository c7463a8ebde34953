// SPDX-License-Identifier: Apache-2.0
// Injector 2 as Triplet Censors (FOCI 2020) and GFWatch (USENIX Security
// 2021) describe it; type 65 as seen since March 2026.
#include "tests/lab/censor/gfw2.h"

namespace taster::lab {
namespace {

// Also to queries with RD=0.
constexpr std::uint16_t kFlags = 0x8180;

}  // namespace

Gfw2::Gfw2(const Pools& pools, std::mt19937_64& random)
    : pools_(pools), random_(random) {}

std::optional<Forgery> Gfw2::Forge(const Question& question, Group group) {
  if (!question.is_well_formed || group == Group::kMainFace) {
    return std::nullopt;
  }
  Forgery forgery{
      .injector = Injector::kGfw2,
      .traits = {.ip_ttl = static_cast<std::uint8_t>(Draw(40, 255)),
                 .dont_fragment = true,
                 .ip_id = static_cast<std::uint16_t>(Draw(1, 65535))},
      .flags = kFlags,
      .rr_ttl = Draw(60, 300),
      .rdata = {}};
  if (question.qtype == kTypeAaaa) {
    const Ipv6 address = PickIpv6(group);
    forgery.type = kTypeAaaa;
    forgery.rdata.assign(address.begin(), address.end());
  } else if (question.qtype == kTypeHttps) {
    const Ipv4 ipv4hint = PickIpv4(group);
    forgery.type = kTypeHttps;
    forgery.rdata = BuildHttpsRdata(ipv4hint, PickIpv6(group));
  } else {
    const Ipv4 address = PickIpv4(group);
    forgery.rdata.assign(address.begin(), address.end());
  }
  return forgery;
}

const std::vector<Ipv4>& Gfw2::PoolOf(Group group) const {
  switch (group) {
    case Group::kP20:
      return pools_.p20;
    case Group::kLegacy:
      return pools_.legacy;
    case Group::kS10:
      return pools_.s10;
    default:
      return pools_.main_a;
  }
}

std::uint32_t Gfw2::Draw(std::uint32_t low, std::uint32_t high) {
  return std::uniform_int_distribution<std::uint32_t>(low, high)(random_);
}

Ipv4 Gfw2::PickIpv4(Group group) {
  const std::vector<Ipv4>& pool = PoolOf(group);
  return pool[random_() % pool.size()];
}

Ipv6 Gfw2::PickIpv6(Group group) {
  if (IsSmall(group)) return EmbedInTeredo(Ipv4{0, 0, 0, 1});
  return EmbedInTeredo(PickIpv4(group));
}

}  // namespace taster::lab
