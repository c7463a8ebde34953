// SPDX-License-Identifier: Apache-2.0
// What a chain proves, and how far one gets link by link.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace taster::control::dnssec {

// RFC 4033 section 5. Values are stored: never renumbered. The lower, the more
// it says.
enum class Result : std::uint8_t {
  kSecure = 1,    // Signed, from the root to the answer.
  kInsecure = 2,  // Proved to lie below a zone that is not signed.
  kBogus = 3,     // Should be signed, and is not, or wrongly.
  // Nobody knows: something is missing, unknown, or too much work.
  kUnvalidated = 4,
};

// "secure", "insecure", "bogus", "unvalidated".
std::string_view ToString(Result result);

struct Conclusion {
  Result result = Result::kUnvalidated;
  // Why; names as Name::ToText(), printable ASCII. Empty where all is well.
  std::string reason;

  bool is_secure() const { return result == Result::kSecure; }
  friend bool operator==(const Conclusion&, const Conclusion&) = default;
};

using Seconds = std::chrono::sys_seconds;

struct Proof {
  Conclusion conclusion;
  // Of each link of the chain, in its order. A link that was not looked at says
  // so: unvalidated, "not needed".
  std::vector<Conclusion> links{};
  // During which every signature that was used is valid; both included. Only
  // of secure and insecure.
  Seconds valid_from{};
  Seconds valid_until{};
  int signature_checks = 0;

  friend bool operator==(const Proof&, const Proof&) = default;
};

// A proof that was not to be had.
Proof Unvalidated(std::string reason, std::size_t links);

}  // namespace taster::control::dnssec
