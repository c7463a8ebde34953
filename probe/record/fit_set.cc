// SPDX-License-Identifier: Apache-2.0
// Trims step by step until the set fits.
#include "probe/record/fit_set.h"

#include <algorithm>
#include <array>
#include <utility>

namespace taster::record {
namespace {

// The smallest still holds header and question of any query.
constexpr std::array<std::size_t, 4> kMessageBytes = {1232, 768, 512, 288};
constexpr std::array<int, 4> kResponses = {6, 4, 2, 1};

void ClipRedactions(v1::Measurement* measurement, int response,
                    std::size_t bytes) {
  auto* redactions = measurement->mutable_redactions();
  for (int i = redactions->size() - 1; i >= 0; --i) {
    auto* one = redactions->Mutable(i);
    if (static_cast<int>(one->response()) != response) continue;
    if (one->offset() >= bytes) {
      redactions->DeleteSubrange(i, 1);
    } else {
      one->set_length(std::min(
          one->length(), static_cast<std::uint32_t>(bytes) - one->offset()));
    }
  }
}

std::uint32_t CutMessages(std::size_t bytes, v1::Measurement* measurement) {
  std::uint32_t cut = 0;
  for (int i = 0; i < measurement->responses_size(); ++i) {
    auto* response = measurement->mutable_responses(i);
    const auto size = response->message().size();
    if (size <= bytes) continue;
    if (!response->has_original_size()) {
      response->set_original_size(static_cast<std::uint32_t>(size));
    }
    response->mutable_message()->resize(bytes);
    ClipRedactions(measurement, i, bytes);
    ++cut;
  }
  return cut;
}

void DropResponse(int at, Kept* kept) {
  auto& measurement = kept->measurement;
  measurement.mutable_responses()->DeleteSubrange(at, 1);
  kept->matches.erase(kept->matches.begin() + at);
  measurement.set_uncounted_responses(measurement.uncounted_responses() + 1);
  ClipRedactions(&measurement, at, 0);
  for (auto& one : *measurement.mutable_redactions()) {
    if (static_cast<int>(one.response()) > at)
      one.set_response(one.response() - 1);
  }
}

// Drops from the end; keeps the only response that matched.
std::uint32_t DropResponses(int most, Kept* kept) {
  std::uint32_t dropped = 0;
  while (kept->measurement.responses_size() > most) {
    int last = kept->measurement.responses_size() - 1;
    const auto matching =
        std::count(kept->matches.begin(), kept->matches.end(), true);
    if (last > 0 && matching == 1 && kept->matches.back()) --last;
    DropResponse(last, kept);
    ++dropped;
  }
  return dropped;
}

// Issuers first: anybody can look those up.
std::uint32_t DropCertificates(int most, v1::Measurement* measurement) {
  if (!measurement->has_stream()) return 0;
  auto* chain = measurement->mutable_stream()->mutable_certificates();
  const int dropped = std::max(0, chain->size() - most);
  chain->DeleteSubrange(chain->size() - dropped, dropped);
  return static_cast<std::uint32_t>(dropped);
}

}  // namespace

std::size_t BytesIn(const std::vector<Kept>& set) {
  std::size_t bytes = 0;
  for (const auto& kept : set) {
    // Tag and length beside each.
    bytes += kept.measurement.ByteSizeLong() + 4;
  }
  return bytes;
}

Trimmed FitSet(std::size_t limit, std::vector<Kept>* set) {
  Trimmed trimmed;
  for (const int most : {1, 0}) {
    if (BytesIn(*set) <= limit) return trimmed;
    for (auto& kept : *set) {
      trimmed.certificates += DropCertificates(most, &kept.measurement);
    }
  }
  for (const auto bytes : kMessageBytes) {
    if (BytesIn(*set) <= limit) return trimmed;
    for (auto& kept : *set)
      trimmed.cut += CutMessages(bytes, &kept.measurement);
  }
  for (const auto most : kResponses) {
    if (BytesIn(*set) <= limit) return trimmed;
    for (auto& kept : *set) trimmed.dropped += DropResponses(most, &kept);
  }
  return trimmed;
}

}  // namespace taster::record
