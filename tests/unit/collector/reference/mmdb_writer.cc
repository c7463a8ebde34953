// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/reference/mmdb_writer.h"

#include <algorithm>
#include <tuple>

namespace taster::reference {
namespace {

void PutHead(int type, std::size_t size, std::string* out) {
  const auto low = static_cast<char>(size < 29 ? size : 29);
  if (type < 8) {
    *out += static_cast<char>(type << 5 | low);
  } else {
    *out += low;
    *out += static_cast<char>(type - 7);
  }
  if (size >= 29) *out += static_cast<char>(size - 29);
}

void PutText(const std::string& text, std::string* out) {
  PutHead(2, text.size(), out);
  *out += text;
}

// Type 5 is 16 bits, 6 is 32, 9 is 64.
void PutNumber(int type, std::uint64_t number, std::string* out) {
  std::string bytes;
  for (; number != 0; number >>= 8) bytes += static_cast<char>(number & 0xff);
  std::ranges::reverse(bytes);
  PutHead(type, bytes.size(), out);
  *out += bytes;
}

std::string DataOf(const MmdbRecord& record) {
  std::string data;
  const std::size_t fields =
      record.texts.size() + record.numbers.size() + record.maps.size();
  PutHead(7, fields, &data);
  for (const auto& [key, text] : record.texts) {
    PutText(key, &data);
    PutText(text, &data);
  }
  for (const auto& [key, number] : record.numbers) {
    PutText(key, &data);
    PutNumber(6, number, &data);
  }
  for (const auto& [key, map] : record.maps) {
    PutText(key, &data);
    PutHead(7, map.size(), &data);
    for (const auto& [inner, text] : map) {
      PutText(inner, &data);
      PutText(text, &data);
    }
  }
  return data;
}

std::string Metadata(std::size_t nodes, int version) {
  constexpr std::uint64_t kBuilt = 1781654400;  // 2026-06-17 00:00 UTC.
  std::string data = "\xab\xcd\xefMaxMind.com";
  PutHead(7, 9, &data);
  const std::tuple<const char*, int, std::uint64_t> numbers[] = {
      {"node_count", 6, nodes},
      {"record_size", 5, 24},
      {"ip_version", 5, static_cast<std::uint64_t>(version)},
      {"binary_format_major_version", 5, 2},
      {"binary_format_minor_version", 5, 0},
      {"build_epoch", 9, kBuilt}};
  for (const auto& [key, type, number] : numbers) {
    PutText(key, &data);
    PutNumber(type, number, &data);
  }
  PutText("database_type", &data);
  PutText("Made-Up", &data);
  PutText("languages", &data);
  PutHead(11, 0, &data);
  PutText("description", &data);
  PutHead(7, 0, &data);
  return data;
}

}  // namespace

std::uint32_t* MmdbWriter::Descend(const std::array<std::uint8_t, 16>& bits,
                                   int length) {
  std::uint32_t node = 0;
  for (int bit = version_ == 4 ? 96 : 0;; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const std::size_t side = bits[at] >> (7 - bit % 8) & 1;
    if (bit + 1 == length) return &nodes_[node][side];
    if (nodes_[node][side] == kEmpty) {
      nodes_[node][side] = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({kEmpty, kEmpty});
    }
    node = nodes_[node][side];
  }
}

void MmdbWriter::Add(const char* prefix, const MmdbRecord& record) {
  const net::IpPrefix parsed = *net::IpPrefix::Parse(prefix);
  std::array<std::uint8_t, 16> bits{};
  const auto bytes = parsed.address.bytes();
  std::ranges::copy(bytes,
                    bits.end() - static_cast<std::ptrdiff_t>(bytes.size()));
  const int length = parsed.length + (parsed.address.is_v4() ? 96 : 0);
  *Descend(bits, length) = kData | static_cast<std::uint32_t>(data_.size());
  data_ += DataOf(record);
}

void MmdbWriter::AliasMapped() {
  const std::uint32_t v4 = *Descend({}, 96);
  std::array<std::uint8_t, 16> mapped{};
  mapped[10] = mapped[11] = 0xff;
  *Descend(mapped, 96) = v4;
}

std::string MmdbWriter::Bytes() const {
  std::string file;
  const auto count = static_cast<std::uint32_t>(nodes_.size());
  for (const Node& node : nodes_) {
    for (const std::uint32_t record : node) {
      std::uint32_t value = record == kEmpty ? count : record;
      if (record != kEmpty && (record & kData) != 0) {
        value = count + 16 + (record & ~kData);
      }
      for (const int shift : {16, 8, 0}) {
        file += static_cast<char>(value >> shift & 0xff);
      }
    }
  }
  return file + std::string(16, '\0') + data_ + Metadata(count, version_);
}

}  // namespace taster::reference
