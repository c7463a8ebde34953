// SPDX-License-Identifier: Apache-2.0
// Formats and buffers the truth log.
#include "tests/lab/censor/truth_log.h"

namespace taster::lab {
namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

void AppendHex(std::string& text, ByteView bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const std::uint8_t byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 0x0F]);
  }
}

}  // namespace

std::string TruthLine(const Emission& emission, std::uint64_t monotonic_ns) {
  std::string line = std::to_string(monotonic_ns);
  line.append("\t").append(NameOf(emission.injector));
  const auto forged = ParseUdp(emission.packet);
  if (!forged) return line + "\n";
  line.append(forged->is_ipv6 ? "\t6\t" : "\t4\t");
  line.append(AddressText(forged->source)).append("\t");
  line.append(std::to_string(forged->destination_port)).append("\t");
  AppendHex(line, emission.message);
  line.append("\t").append(std::to_string(emission.traits.ip_ttl));
  if (forged->is_ipv6) return line.append("\t-\t-\n");
  line.append(emission.traits.dont_fragment ? "\t1\t" : "\t0\t");
  return line.append(std::to_string(emission.traits.ip_id)).append("\n");
}

absl::Status TruthLog::Open(const std::string& path) {
  file_.open(path, std::ios::app | std::ios::binary);
  if (!file_) return absl::PermissionDeniedError("cannot write " + path);
  return absl::OkStatus();
}

void TruthLog::Append(const std::string& line) {
  buffer_.append(line);
  if (buffer_.size() >= kBufferBytes) Flush();
}

void TruthLog::Flush() {
  file_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  file_.flush();
  buffer_.clear();
}

}  // namespace taster::lab
