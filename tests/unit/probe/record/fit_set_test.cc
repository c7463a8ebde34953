// SPDX-License-Identifier: Apache-2.0
// A flood makes a set smaller, never silently.
#include "probe/record/fit_set.h"

#include <gtest/gtest.h>

#include "probe/record/batch_builder.h"

namespace taster::record {
namespace {

Kept Flooded(std::size_t replies, std::size_t bytes) {
  Kept kept;
  kept.measurement.set_query(std::string(60, 'q'));
  for (std::size_t i = 0; i < replies; ++i) {
    auto* response = kept.measurement.add_responses();
    response->set_message(std::string(bytes, 'r'));
    response->mutable_source()->set_address(std::string(16, 's'));
    response->mutable_source()->set_port(53);
    response->mutable_arrival_offset()->set_nanos(20'000'000);
    kept.matches.push_back(i + 1 == replies);
  }
  return kept;
}

TEST(FitSet, SmallSetsStayAsTheyAre) {
  std::vector<Kept> set(20, Flooded(4, 200));
  const auto trimmed = FitSet(kMaxSetBytes, &set);
  EXPECT_EQ(trimmed.cut + trimmed.dropped, 0u);
  EXPECT_EQ(set[0].measurement.responses_size(), 4);
}

TEST(FitSet, TheLargestSetFits) {
  std::vector<Kept> set(512, Flooded(8, 4096));
  const auto trimmed = FitSet(kMaxSetBytes, &set);
  EXPECT_LE(BytesIn(set), kMaxSetBytes);
  EXPECT_EQ(trimmed.dropped, 512u * 7);
  for (const auto& kept : set) {
    // The one that matched came last; it is what stays.
    ASSERT_EQ(kept.measurement.responses_size(), 1);
    EXPECT_TRUE(kept.matches.at(0));
    EXPECT_EQ(kept.measurement.uncounted_responses(), 7u);
    EXPECT_EQ(kept.measurement.responses(0).original_size(), 4096u);
  }
}

TEST(FitSet, CuttingComesBeforeDropping) {
  std::vector<Kept> set(20, Flooded(8, 4096));
  const auto trimmed = FitSet(kMaxSetBytes, &set);
  EXPECT_EQ(trimmed.dropped, 0u);
  EXPECT_GE(trimmed.cut, 160u);
  EXPECT_EQ(set[3].measurement.responses_size(), 8);
}

TEST(FitSet, RedactionsFollowWhatIsLeft) {
  std::vector<Kept> set(30, Flooded(8, 4096));
  for (const auto& [response, offset, length] :
       {std::tuple{0u, 1200u, 100u}, {0u, 100u, 8u}, {7u, 280u, 20u}}) {
    auto* redaction = set[0].measurement.add_redactions();
    redaction->set_response(response);
    redaction->set_offset(offset);
    redaction->set_length(length);
  }
  FitSet(60'000, &set);
  const auto& kept = set[0].measurement;
  for (const auto& redaction : kept.redactions()) {
    ASSERT_LT(static_cast<int>(redaction.response()), kept.responses_size());
    EXPECT_LE(redaction.offset() + redaction.length(),
              kept.responses(static_cast<int>(redaction.response()))
                  .message()
                  .size());
  }
  EXPECT_GE(kept.redactions_size(), 1);
}

}  // namespace
}  // namespace taster::record
