// SPDX-License-Identifier: Apache-2.0
// The injectors' loose parser of DNS questions.
#include "tests/lab/censor/question.h"

namespace taster::lab {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::uint16_t kClassIn = 1;

char Lower(std::uint8_t byte) {
  const bool is_upper = byte >= 'A' && byte <= 'Z';
  return static_cast<char>(is_upper ? byte + 32 : byte);
}

// A length byte is a length whatever its upper bits: injectors do not know
// compression. false: the name runs past the end.
bool ReadName(ByteView rest, Question& question) {
  std::size_t at = 0;
  bool has_long_label = false;
  while (at < rest.size() && rest[at] != 0) {
    const std::size_t length = rest[at];
    if (length >= rest.size() - at) return false;
    if (at != 0) question.flat_name.push_back('.');
    for (const std::uint8_t byte : rest.subspan(at + 1, length)) {
      question.flat_name.push_back(Lower(byte));
    }
    has_long_label |= length > 63;
    at += 1 + length;
  }
  if (at >= rest.size()) return false;
  question.qname = rest.first(at + 1);
  question.is_well_formed = !has_long_label && question.qname.size() <= 255;
  return true;
}

}  // namespace

std::optional<Question> ParseQuestion(ByteView message) {
  if (message.size() < kHeaderBytes) return std::nullopt;
  const bool is_response = (message[2] & 0x80) != 0;
  if (is_response) return std::nullopt;
  Question question{.id = Read16(message, 0),
                    .recursion_desired = (message[2] & 0x01) != 0};
  const ByteView rest = message.subspan(kHeaderBytes);
  if (!ReadName(rest, question)) return std::nullopt;
  const std::size_t name_bytes = question.qname.size();
  if (rest.size() < name_bytes + 4) return std::nullopt;
  question.qtype = Read16(rest, name_bytes);
  if (Read16(rest, name_bytes + 2) != kClassIn) return std::nullopt;
  question.wire = rest.first(name_bytes + 4);
  const std::size_t zero_byte = question.flat_name.find('\0');
  if (zero_byte != std::string::npos) question.flat_name.resize(zero_byte);
  return question;
}

}  // namespace taster::lab
