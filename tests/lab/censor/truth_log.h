// SPDX-License-Identifier: Apache-2.0
// The record of every forgery sent, against which verdicts are checked.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "tests/lab/censor/censor.h"

namespace taster::lab {

// One line a forgery, tab-separated: monotonic nanoseconds at sending,
// injector, address family (4 or 6), server address, client port, DNS message
// in hex, IP TTL, DF, IP ID. The last two are `-` over IPv6.
std::string TruthLine(const Emission& emission, std::uint64_t monotonic_ns);

// Appends to a file through a buffer. Lines reach readers whole, at Flush().
class TruthLog final {
 public:
  // PermissionDenied: the file cannot be written.
  absl::Status Open(const std::string& path);
  void Append(const std::string& line);
  void Flush();

 private:
  std::ofstream file_;
  std::string buffer_;
};

}  // namespace taster::lab
