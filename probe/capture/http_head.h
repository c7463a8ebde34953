// SPDX-License-Identifier: Apache-2.0
// Reads status and Location of an HTTP/1.1 answer (RFC 9112) that somebody
// hostile may have written; its body is nobody's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "probe/capture/line_reader.h"

namespace taster::capture {

class HttpHead {
 public:
  enum class State : std::uint8_t {
    kReading,
    kWhole,      // All headers of the final answer have come.
    kMalformed,  // No HTTP/1.x, a bad header, or more than kMostBytes.
  };
  // Of status lines and headers, interim answers included.
  static constexpr std::size_t kMostBytes = 16'384;

  // Takes the next bytes, in pieces of any size.
  State Take(std::span<const std::uint8_t> bytes);

  State state() const { return state_; }
  // Of the final answer; nullopt: none came.
  std::optional<std::uint16_t> status() const { return status_; }
  // The host that its Location leads to; empty: nowhere else.
  const std::string& redirect_host() const { return redirect_host_; }

 private:
  void TakeLine(std::string_view line);
  void TakeStatus(std::string_view line);
  void TakeHeader(std::string_view line);

  LineReader reader_{kMostBytes};
  State state_ = State::kReading;
  std::size_t read_ = 0;
  bool in_headers_ = false;
  bool interim_ = false;  // Of an answer below 200, which another follows.
  bool located_ = false;  // The first Location counts.
  std::optional<std::uint16_t> status_;
  std::string redirect_host_;
};

// Host name or address of an http or https URL, or of one that leaves out its
// scheme ("//host/"), lower case, without brackets, port and final dot. Empty:
// it leads to no other host, or is no such URL.
std::string HostOfUrl(std::string_view url);

}  // namespace taster::capture
