// SPDX-License-Identifier: Apache-2.0
// Recognises the server that was asked and the question that was put without
// holding either: 32-bit keyed hashes, for an open query must stay small.
//
// With the key unknown to them, a wrong sender or a wrong name passes with a
// chance of 2^-32 a datagram, after it has met port and id; the exact check is
// the collector's, on the recorded bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "probe/capture/random_source.h"
#include "proto/net/endpoint.h"

namespace taster::capture {

class EchoMark {
 public:
  explicit EchoMark(RandomSource* random);

  std::uint32_t OfServer(const net::Endpoint& server) const;
  // Letter case of `qname_wire` is ignored. REQUIRES: at most 255 bytes.
  std::uint32_t OfQuestion(std::span<const std::uint8_t> qname_wire,
                           std::uint16_t qtype) const;
  // Of the question that a response echoes. nullopt: not a response, or not
  // exactly one readable, uncompressed question of class IN.
  std::optional<std::uint32_t> OfEcho(
      std::span<const std::uint8_t> message) const;

 private:
  std::uint64_t Mix(std::uint64_t left, std::uint64_t right) const;

  std::uint64_t first_key_;
  std::uint64_t second_key_;
};

}  // namespace taster::capture
