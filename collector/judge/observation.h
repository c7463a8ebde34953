// SPDX-License-Identifier: Apache-2.0
// One reply, dissected: flat facts, no opinion.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "proto/dns/name.h"
#include "proto/net/endpoint.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// How a reply fits the query it is filed under. Only replies that match are
// judged; the others are kept and shown as unsolicited.
enum class Fit : std::uint8_t {
  kMatches,
  kOtherSource,    // Another address or port than the one asked.
  kOtherId,        // Another transaction id.
  kOtherQuestion,  // Echoes another question, or none.
  kNotAResponse,   // QR=0, no QUERY response, or no readable header.
};

// An address in an answer: from A or AAAA RDATA, or an SVCB/HTTPS hint.
struct AnsweredAddress {
  net::IpAddress address;
  std::uint32_t rr_ttl = 0;  // Seconds.
  std::uint16_t type = 0;    // The record's type: A, AAAA, SVCB or HTTPS.
};

struct Observation {
  Fit fit = Fit::kMatches;
  std::chrono::microseconds arrival_offset{0};
  net::Endpoint source;
  // IP header facts; nullopt where the probe's system did not show them.
  std::optional<std::uint8_t> ip_ttl;
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;

  // Header facts; meaningless when `fit` is kNotAResponse. A flag word without
  // QR marks a reply whose wire bytes are not known (imported text): then
  // neither flags nor `has_opt` are compared with anything.
  std::uint16_t flags = 0;
  std::uint8_t rcode = 0;  // With the OPT record's upper bits; at most 255.
  bool has_opt = false;
  // The question came back in exactly the letter case that was sent.
  bool case_preserved = false;
  // The first answer's owner is the pointer c00c to the question; nullopt
  // without an answer.
  std::optional<bool> owner_is_pointer;
  std::uint16_t answer_count = 0;  // As announced in the header.
  std::uint16_t authority_count = 0;
  std::uint16_t additional_count = 0;

  // Answer section, in message order.
  absl::InlinedVector<AnsweredAddress, 4> addresses;
  absl::InlinedVector<dns::Name, 1> aliases;  // CNAME and DNAME targets.
  // Answer records that gave neither address nor alias (MX, TXT, RRSIG, an
  // HTTPS record without hints, ...).
  std::uint16_t other_records = 0;
  // Lowest TTL of the answer section in seconds; nullopt without an answer.
  std::optional<std::uint32_t> rr_ttl;

  // Extended DNS Error codes of the OPT record (RFC 8914), in its order.
  absl::InlinedVector<std::uint16_t, 2> extended_errors;

  // Numeric value of dns::Defect that ended the reading; 0 when well formed.
  std::uint8_t defect = 0;

  bool Has(std::uint16_t flag) const { return (flags & flag) != 0; }
  // NOERROR without any answer record.
  bool is_nodata() const { return rcode == 0 && answer_count == 0; }
};

}  // namespace taster::judge
