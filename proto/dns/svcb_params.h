// SPDX-License-Identifier: Apache-2.0
// Walks the parameters of an SVCB or HTTPS record (RFC 9460 section 2.2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace taster::dns {

// SvcParamKeys (RFC 9460 section 14.3.2).
constexpr std::uint16_t kSvcMandatory = 0;
constexpr std::uint16_t kSvcAlpn = 1;
constexpr std::uint16_t kSvcNoDefaultAlpn = 2;
constexpr std::uint16_t kSvcPort = 3;
constexpr std::uint16_t kSvcIpv4Hint = 4;
constexpr std::uint16_t kSvcEch = 5;
constexpr std::uint16_t kSvcIpv6Hint = 6;

// A parameter whose value has the format that its key demands.
struct SvcParam {
  std::uint16_t key = 0;
  std::span<const std::uint8_t> value;
};

// A cursor over RDATA that must outlive it and whatever it gives.
class SvcParamReader {
 public:
  explicit SvcParamReader(std::span<const std::uint8_t> rdata);

  // SvcPriority and TargetName in wire form; 0 and empty when they were
  // malformed.
  std::uint16_t priority() const { return priority_; }
  std::span<const std::uint8_t> target() const { return target_; }

  // The next well-formed parameter; nullopt at the end or at a defect.
  std::optional<SvcParam> Next();
  bool malformed() const { return malformed_; }

 private:
  std::uint16_t priority_ = 0;
  std::span<const std::uint8_t> target_;
  std::span<const std::uint8_t> rest_;
  std::uint32_t least_key_ = 0;  // Keys must strictly increase.
  bool malformed_ = true;
};

}  // namespace taster::dns
