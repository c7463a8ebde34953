// SPDX-License-Identifier: Apache-2.0
// Makes a set fit into one batch although a flood of replies made it large.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "taster/v1/measurement.pb.h"

namespace taster::record {

// A measurement, and which of its responses matched the query.
struct Kept {
  v1::Measurement measurement;
  std::vector<bool> matches;
};

struct Trimmed {
  std::uint32_t certificates = 0;  // Left out.
  std::uint32_t cut = 0;           // Responses of which the end was cut off.
  std::uint32_t dropped = 0;  // Responses left out, and counted as uncounted.
};

// Bytes that the measurements take in a batch.
std::size_t BytesIn(const std::vector<Kept>& set);

// A set never spans batches, so one that is larger than `limit` is trimmed
// evenly, openly: first certificates are left out, issuers before the peers'
// own; then the ends of long responses are cut off (original_size tells), then
// the last responses of each measurement are left out
// (uncounted_responses tells); one that matched stays. A set of at most 512
// measurements always fits into 250,000 bytes.
Trimmed FitSet(std::size_t limit, std::vector<Kept>* set);

}  // namespace taster::record
