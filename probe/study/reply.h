// SPDX-License-Identifier: Apache-2.0
// What one reply shows of its sender.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "proto/net/ip_address.h"

namespace taster::study {

// What stays the same from one reply of a sender to the next, as long as the
// queries have the same flags.
struct Fingerprint {
  bool authoritative = false;  // AA
  // Of the IPv4 header; nullopt where the system did not show it.
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;
  // The first record's owner is the whole name, not a pointer to the question.
  bool full_owner = false;
  bool answers = false;  // Has a record at all.

  // The same sender, if flags of the query may differ.
  bool SameSender(const Fingerprint& other) const;
  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
};

struct Reply {
  Fingerprint fingerprint;
  std::uint16_t flags = 0;    // The whole flag word.
  std::uint16_t rr_type = 0;  // Of the first record; 0: there is none.
  std::uint32_t rr_ttl = 0;   // Of the first record.
  bool case_kept = false;     // The question came back byte by byte.
  bool has_opt = false;       // EDNS.
  std::optional<std::uint8_t> ip_ttl;
  std::vector<net::IpAddress> addresses;  // A and AAAA, and hints of HTTPS.
};

// What the IP header showed.
struct Carrier {
  std::optional<std::uint8_t> ip_ttl;
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;
};

// nullopt when `message` has no readable header and question. `query` is what
// was sent.
std::optional<Reply> ReadReply(std::span<const std::uint8_t> message,
                               std::span<const std::uint8_t> query,
                               const Carrier& carrier);

}  // namespace taster::study
