// SPDX-License-Identifier: Apache-2.0
// Damage costs what lies on the damaged bytes, is counted, and is never sent.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

#include "tests/unit/probe/spool/spool_cases.h"

namespace taster::spool {
namespace {

constexpr std::size_t kBatches = 12;
constexpr std::size_t kPayload = 20'000;

// Payloads by id, recorded into a spool that is closed again.
std::map<envelope::BatchId, std::string> Fill(const SpoolOptions& options) {
  std::map<envelope::BatchId, std::string> recorded;
  auto spool = MustOpen(options);
  for (std::size_t i = 0; i < kBatches; ++i) {
    const auto batch =
        MakeBatch(std::string(kPayload, static_cast<char>('a' + i)));
    EXPECT_TRUE(spool->Record(batch).ok());
    recorded[batch.id] = batch.payload;
  }
  return recorded;
}

// Delivers all that is offered and checks that each is as it was recorded.
std::size_t Drain(Spool* spool,
                  const std::map<envelope::BatchId, std::string>& recorded) {
  std::set<envelope::BatchId> seen;
  while (true) {
    const auto oldest = spool->Oldest();
    EXPECT_TRUE(oldest.ok()) << oldest.status();
    if (!oldest.ok() || !oldest->has_value()) return seen.size();
    const auto found = recorded.find((*oldest)->id);
    EXPECT_NE(found, recorded.end());
    if (found != recorded.end()) {
      EXPECT_EQ((*oldest)->payload, found->second);
    }
    EXPECT_TRUE(seen.insert((*oldest)->id).second);
    EXPECT_TRUE(spool->Deliver((*oldest)->id, {}).ok());
  }
}

void Overwrite(const std::filesystem::path& path, std::uint64_t offset,
               const std::string& bytes) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(offset));
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.flush());
}

// Opens after damage: all that is offered is true, the rest is counted.
std::size_t ExpectExactLoss(
    const SpoolOptions& options,
    const std::map<envelope::BatchId, std::string>& recorded) {
  auto spool = MustOpen(options);
  if (!spool) return 0;
  const auto kept = Drain(spool.get(), recorded);
  EXPECT_EQ(kept + spool->Status()->damaged_batches, recorded.size());
  EXPECT_TRUE(spool->Record(MakeBatch("after")).ok());
  return kept;
}

class DamagedAt : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(DamagedAt, LosesLittleAndCountsIt) {
  for (const auto& bytes :
       {std::string(16, '\xff'), std::string(512, '\0'), std::string("Z")}) {
    const ScratchDirectory scratch;
    const auto options = OptionsIn(scratch);
    const auto recorded = Fill(options);
    Overwrite(options.path, GetParam(), bytes);
    const auto kept = ExpectExactLoss(options, recorded);
    // The second page is the root of so small a tree: all rows hang on it.
    const bool hits_root =
        GetParam() < 8192 && GetParam() + bytes.size() > 4096;
    EXPECT_GE(kept, hits_root ? 0 : kBatches - 3);
  }
}

INSTANTIATE_TEST_SUITE_P(Offsets, DamagedAt,
                         ::testing::Values(0, 16, 18, 24, 28, 40, 60, 68, 92,
                                           100, 512, 1024, 4000, 4096, 4100,
                                           8192, 12'288, 16'384, 20'480, 24'576,
                                           40'000, 65'536, 100'000, 200'000));

TEST(Damage, EveryPageZeroedInTurn) {
  const ScratchDirectory original;
  const auto recorded = Fill(OptionsIn(original));
  const auto pages =
      std::filesystem::file_size(OptionsIn(original).path) / 4096;
  for (std::uint64_t page = 0; page < pages; ++page) {
    const ScratchDirectory scratch;
    for (const auto* suffix : {"", ".lock"}) {
      std::filesystem::copy_file(OptionsIn(original).path.string() + suffix,
                                 OptionsIn(scratch).path.string() + suffix);
    }
    Overwrite(OptionsIn(scratch).path, page * 4096, std::string(4096, '\0'));
    SCOPED_TRACE(page);
    ExpectExactLoss(OptionsIn(scratch), recorded);
  }
}

TEST(Damage, TruncatedExtendedEmptyAndBinaryFiles) {
  for (const std::uint64_t size : {0, 100, 4096, 50'000, 1'000'000}) {
    const ScratchDirectory scratch;
    const auto options = OptionsIn(scratch);
    const auto recorded = Fill(options);
    std::filesystem::resize_file(options.path, size);
    SCOPED_TRACE(size);
    ExpectExactLoss(options, recorded);
  }
  const ScratchDirectory scratch;
  const auto options = OptionsIn(scratch);
  const auto recorded = Fill(options);
  std::ofstream(options.path, std::ios::binary) << std::string(300'000, '\0');
  EXPECT_EQ(ExpectExactLoss(options, recorded), 0u);
}

TEST(Damage, DamagedFileIsKeptAside) {
  const ScratchDirectory scratch;
  const auto options = OptionsIn(scratch);
  Fill(options);
  Overwrite(options.path, 0, std::string(100, '\xee'));
  MustOpen(options).reset();
  EXPECT_TRUE(std::ranges::any_of(
      std::filesystem::directory_iterator(scratch.path()),
      [](const auto& entry) {
        return entry.path().filename().string().starts_with("quarantine-");
      }));
}

TEST(Damage, LogOfAnotherMomentLosesNothingUncounted) {
  const ScratchDirectory scratch;
  const auto options = OptionsIn(scratch);
  const auto recorded = Fill(options);
  std::ofstream(options.path.string() + "-wal", std::ios::binary)
      << std::string(40'000, '\x37');
  EXPECT_EQ(ExpectExactLoss(options, recorded), kBatches);
}

TEST(Damage, SalvageCutShortIsFinished) {
  const ScratchDirectory scratch;
  const auto options = OptionsIn(scratch);
  const auto recorded = Fill(options);
  std::filesystem::rename(options.path, options.path.string() + ".salvage");
  EXPECT_EQ(ExpectExactLoss(options, recorded), kBatches);
}

}  // namespace
}  // namespace taster::spool
