// SPDX-License-Identifier: Apache-2.0
// Injector 1 as Triplet Censors (FOCI 2020) describes it.
#include "tests/lab/censor/gfw1.h"

namespace taster::lab {
namespace {

// Below this an answer might expire on the way back.
constexpr std::uint8_t kLowestIpTtl = 40;
constexpr std::uint32_t kRrTtl = 60;

}  // namespace

Gfw1::Gfw1(const Pools& pools, std::mt19937_64& random)
    : pools_(pools),
      random_(random),
      ip_id_(static_cast<std::uint16_t>(random())),
      ip_ttl_(static_cast<std::uint8_t>(kLowestIpTtl + random() % 200)) {}

std::optional<Forgery> Gfw1::Forge(const Question& question) {
  if (!question.is_well_formed || question.qtype != kTypeA ||
      question.flat_name.find("google") == std::string::npos) {
    return std::nullopt;
  }
  const Ipv4& address = pools_.gfw1[random_() % pools_.gfw1.size()];
  ip_ttl_ = ip_ttl_ == 255 ? kLowestIpTtl : std::uint8_t(ip_ttl_ + 1);
  return Forgery{
      .injector = Injector::kGfw1,
      .traits = {.ip_ttl = ip_ttl_, .dont_fragment = false, .ip_id = ++ip_id_},
      .flags = std::uint16_t(question.recursion_desired ? 0x8580 : 0x8480),
      .rr_ttl = kRrTtl,
      .has_full_owner = true,
      .type = kTypeA,
      .rdata = Bytes(address.begin(), address.end())};
}

}  // namespace taster::lab
