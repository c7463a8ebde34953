// SPDX-License-Identifier: Apache-2.0
#include "probe/record/arrival_order.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

namespace taster::record {
namespace {

auto OffsetOf(const v1::Response& response) {
  const auto& offset = response.arrival_offset();
  return std::tuple(offset.seconds(), offset.nanos());
}

}  // namespace

void PutInOrderOfArrival(Kept* kept) {
  auto* const responses = kept->measurement.mutable_responses();
  std::vector<std::size_t> order(kept->matches.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t index) {
    return OffsetOf(responses->Get(static_cast<int>(index)));
  });
  if (std::ranges::is_sorted(order)) return;

  google::protobuf::RepeatedPtrField<v1::Response> sorted;
  std::vector<bool> matches;
  std::vector<std::uint32_t> place(order.size());
  for (std::size_t to = 0; to < order.size(); ++to) {
    const std::size_t from = order[to];
    sorted.Add(std::move(*responses->Mutable(static_cast<int>(from))));
    matches.push_back(kept->matches[from]);
    place[from] = static_cast<std::uint32_t>(to);
  }
  responses->Swap(&sorted);
  kept->matches.assign(matches.begin(), matches.end());
  for (auto& redaction : *kept->measurement.mutable_redactions()) {
    redaction.set_response(place[redaction.response()]);
  }
}

}  // namespace taster::record
