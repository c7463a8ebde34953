// SPDX-License-Identifier: Apache-2.0
// Numbers of the DNS protocol, named as IANA names them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace taster::dns {

// Resource record types.
constexpr std::uint16_t kTypeA = 1;
constexpr std::uint16_t kTypeNs = 2;
constexpr std::uint16_t kTypeCname = 5;
constexpr std::uint16_t kTypeSoa = 6;
constexpr std::uint16_t kTypePtr = 12;
constexpr std::uint16_t kTypeMx = 15;
constexpr std::uint16_t kTypeTxt = 16;
constexpr std::uint16_t kTypeAaaa = 28;
constexpr std::uint16_t kTypeDname = 39;
constexpr std::uint16_t kTypeOpt = 41;
constexpr std::uint16_t kTypeDs = 43;
constexpr std::uint16_t kTypeRrsig = 46;
constexpr std::uint16_t kTypeNsec = 47;
constexpr std::uint16_t kTypeDnskey = 48;
constexpr std::uint16_t kTypeNsec3 = 50;
constexpr std::uint16_t kTypeSvcb = 64;
constexpr std::uint16_t kTypeHttps = 65;
constexpr std::uint16_t kTypeTsig = 250;

constexpr std::uint16_t kClassIn = 1;
constexpr std::uint16_t kClassChaos = 3;

// Flag bits of the third and fourth header byte (RFC 1035 section 4.1.1,
// RFC 4035 section 3.2).
constexpr std::uint16_t kFlagQr = 0x8000;
constexpr std::uint16_t kFlagAa = 0x0400;
constexpr std::uint16_t kFlagTc = 0x0200;
constexpr std::uint16_t kFlagRd = 0x0100;
constexpr std::uint16_t kFlagRa = 0x0080;
constexpr std::uint16_t kFlagAd = 0x0020;
constexpr std::uint16_t kFlagCd = 0x0010;

// Response codes.
constexpr std::uint8_t kRcodeNoError = 0;
constexpr std::uint8_t kRcodeServFail = 2;
constexpr std::uint8_t kRcodeNxDomain = 3;
constexpr std::uint8_t kRcodeRefused = 5;

constexpr std::size_t kHeaderBytes = 12;

}  // namespace taster::dns
