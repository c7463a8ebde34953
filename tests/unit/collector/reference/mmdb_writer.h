// SPDX-License-Identifier: Apache-2.0
// Makes small MMDB files (the format's specification 2.0, maxmind.github.io).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "proto/net/ip_prefix.h"

namespace taster::reference {

// A record: texts, numbers and maps of texts, by key.
struct MmdbRecord {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::uint32_t> numbers;
  std::map<std::string, std::map<std::string, std::string>> maps;
};

// A tree of IPv6 addresses (IPv4 below ::/96), or with `version` 4 of IPv4
// alone; 24 bits a record.
class MmdbWriter {
 public:
  explicit MmdbWriter(int version = 6) : version_(version) {}

  void Add(const char* prefix, const MmdbRecord& record);
  // ::ffff:0:0/96 leads to the IPv4 addresses once more.
  void AliasMapped();
  // The file's bytes; built on 2026-06-17.
  std::string Bytes() const;

 private:
  static constexpr std::uint32_t kEmpty = 0xffffffff;
  static constexpr std::uint32_t kData = 0x80000000;  // And an offset.
  using Node = std::array<std::uint32_t, 2>;

  // The record at the end of the path of `length` bits.
  std::uint32_t* Descend(const std::array<std::uint8_t, 16>& bits, int length);

  int version_;
  std::vector<Node> nodes_ = {{kEmpty, kEmpty}};
  std::string data_;
};

}  // namespace taster::reference
