// SPDX-License-Identifier: Apache-2.0
// Line by line.
#include "probe/capture/http_head.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "probe/capture/letter_case.h"

namespace taster::capture {
namespace {

// RFC 9110 section 5.6.2.
bool IsTokenByte(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         kMarks.find(c) != kMarks.npos;
}

// RFC 9110 section 5.5: no control characters but the tab.
bool IsValueByte(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

HttpHead::State HttpHead::Take(std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) {
    if (state_ != State::kReading) break;
    const auto read = reader_.Take(byte);
    if (++read_ > kMostBytes || read == LineReader::State::kTooLong) {
      state_ = State::kMalformed;
    } else if (read == LineReader::State::kWhole) {
      TakeLine(reader_.line());
    }
  }
  return state_;
}

void HttpHead::TakeLine(std::string_view line) {
  if (!in_headers_) return TakeStatus(line);
  if (!line.empty()) return TakeHeader(line);
  in_headers_ = false;
  if (!interim_) state_ = State::kWhole;
}

void HttpHead::TakeStatus(std::string_view line) {
  // "HTTP/1.1 200", and behind a blank whatever its author had to say.
  constexpr std::string_view kVersion = "HTTP/1.";
  const auto code = line.size() >= 12 ? line.substr(9, 3) : "";
  const bool formed = line.starts_with(kVersion) && code.size() == 3 &&
                      absl::ascii_isdigit(line[7]) && line[8] == ' ' &&
                      std::ranges::all_of(code, absl::ascii_isdigit) &&
                      code[0] != '0' && (line.size() == 12 || line[12] == ' ');
  if (!formed) {
    state_ = State::kMalformed;
    return;
  }
  in_headers_ = true;
  interim_ = code[0] == '1';
  if (interim_) return;
  status_ = static_cast<std::uint16_t>((code[0] - '0') * 100 +
                                       (code[1] - '0') * 10 + (code[2] - '0'));
}

void HttpHead::TakeHeader(std::string_view line) {
  if (!std::ranges::all_of(line, IsValueByte)) {
    state_ = State::kMalformed;
    return;
  }
  // RFC 9112 section 5.2: an old way to go on with a header.
  if (line[0] == ' ' || line[0] == '\t') return;
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == line.npos || name.empty() ||
      !std::ranges::all_of(name, IsTokenByte)) {
    state_ = State::kMalformed;
    return;
  }
  const bool redirects = status_ && *status_ / 100 == 3 && !located_;
  if (!redirects || !EqualsAnyCase(name, "location")) return;
  located_ = true;
  redirect_host_ = HostOfUrl(Trimmed(line.substr(colon + 1)));
}

}  // namespace taster::capture
