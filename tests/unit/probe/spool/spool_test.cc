// SPDX-License-Identifier: Apache-2.0
// What was recorded is there until it is delivered, and not a moment longer.
#include "probe/spool/spool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/unit/probe/spool/spool_cases.h"

namespace taster::spool {
namespace {

using ::testing::HasSubstr;

// Runs one statement from outside while no spool is open.
void Execute(const std::filesystem::path& path, const char* sql) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
}

TEST(Spool, OldestFirstAndSurvivesReopening) {
  const ScratchDirectory scratch;
  const auto first = MakeBatch("first");
  {
    auto spool = MustOpen(OptionsIn(scratch));
    ASSERT_TRUE(spool->Record(first).ok());
    ASSERT_TRUE(spool->Record(MakeBatch(std::string(200'000, 'x'))).ok());
  }
  auto spool = MustOpen(OptionsIn(scratch));
  auto oldest = spool->Oldest();
  ASSERT_TRUE(oldest.ok() && oldest->has_value());
  EXPECT_EQ((*oldest)->id, first.id);
  EXPECT_EQ((*oldest)->payload, "first");
  EXPECT_EQ((*oldest)->measurements, 3u);
  ASSERT_TRUE(spool->Deliver(first.id, {}).ok());
  EXPECT_EQ(spool->Oldest()->value().payload.size(), 200'000u);
  const auto status = spool->Status().value();
  EXPECT_EQ(status.waiting_batches, 1u);
  EXPECT_EQ(status.recorded_measurements, 6u);
  EXPECT_EQ(status.delivered_measurements, 3u);
  EXPECT_EQ(status.damaged_batches, 0u);
  EXPECT_TRUE(status.last_receipt_time.has_value());
}

TEST(Spool, SameIdOrWrongHashIsRefused) {
  const ScratchDirectory scratch;
  auto spool = MustOpen(OptionsIn(scratch));
  auto batch = MakeBatch("once");
  ASSERT_TRUE(spool->Record(batch).ok());
  EXPECT_EQ(spool->Record(batch).code(), absl::StatusCode::kAlreadyExists);
  batch.id = envelope::BatchId::Make(kDay);
  batch.payload = "other";
  EXPECT_EQ(spool->Record(batch).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(spool->Status()->recorded_measurements, 3u);
}

TEST(Spool, DeliveringTheUnknownIsAnError) {
  const ScratchDirectory scratch;
  auto spool = MustOpen(OptionsIn(scratch));
  const auto id = envelope::BatchId::Make(kDay);
  EXPECT_TRUE(absl::IsNotFound(spool->Deliver(id, {})));
  EXPECT_TRUE(absl::IsNotFound(spool->Quarantine(id, "why")));
}

TEST(Spool, QuarantinedIsKeptButNotOffered) {
  const ScratchDirectory scratch;
  auto spool = MustOpen(OptionsIn(scratch));
  const auto batch = MakeBatch("bad");
  ASSERT_TRUE(spool->Record(batch).ok());
  ASSERT_TRUE(spool->Quarantine(batch.id, "TOO_OLD").ok());
  EXPECT_FALSE(spool->Oldest()->has_value());
  EXPECT_EQ(spool->Status()->quarantined_batches, 1u);
}

TEST(Spool, RefusedMeasurementsAreKeptAndCounted) {
  const ScratchDirectory scratch;
  {
    auto spool = MustOpen(OptionsIn(scratch));
    const auto batch = MakeBatch("three");
    ASSERT_TRUE(spool->Record(batch).ok());
    ASSERT_TRUE(
        spool->Deliver(batch.id, {{1, "BAD_QUERY query", "bytes"}}).ok());
    EXPECT_EQ(spool->Status()->refused_measurements, 1u);
    EXPECT_EQ(spool->Status()->delivered_measurements, 2u);
  }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(OptionsIn(scratch).path.c_str(), &raw), SQLITE_OK);
  sqlite3_stmt* select = nullptr;
  sqlite3_prepare_v2(raw, "SELECT ordinal, measurement FROM refused", -1,
                     &select, nullptr);
  ASSERT_EQ(sqlite3_step(select), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(select, 0), 1);
  EXPECT_STREQ(reinterpret_cast<const char*>(sqlite3_column_text(select, 1)),
               "bytes");
  sqlite3_finalize(select);
  sqlite3_close(raw);
}

TEST(Spool, FullStopsRecordingAndDeliveringMakesRoom) {
  const ScratchDirectory scratch;
  auto spool = MustOpen(OptionsIn(scratch));
  std::vector<envelope::BatchId> ids;
  absl::Status status;
  while (status.ok()) {
    const auto batch = MakeBatch(std::string(250'000, 'x'));
    status = spool->Record(batch);
    if (status.ok()) ids.push_back(batch.id);
    ASSERT_LT(ids.size(), 20u);
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(ids.size(), 12u);
  EXPECT_TRUE(spool->full());
  EXPECT_LE(spool->Status()->used_bytes, 4u << 20);
  EXPECT_EQ(spool->Status()->waiting_batches, ids.size());
  ASSERT_TRUE(spool->Deliver(ids.front(), {}).ok());
  EXPECT_FALSE(spool->full());
  EXPECT_TRUE(spool->Record(MakeBatch(std::string(200'000, 'y'))).ok());
}

TEST(Spool, NextAttemptSurvivesReopening) {
  const ScratchDirectory scratch;
  const std::chrono::sys_seconds due{std::chrono::seconds(1'795'000'000)};
  ASSERT_TRUE(MustOpen(OptionsIn(scratch))->SetNextAttempt(due).ok());
  EXPECT_EQ(MustOpen(OptionsIn(scratch))->Status()->next_attempt_time, due);
}

TEST(Spool, SecondProcessIsToldWhoHasIt) {
  const ScratchDirectory scratch;
  auto spool = MustOpen(OptionsIn(scratch));
  const auto second = Spool::Open(OptionsIn(scratch));
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(std::string(second.status().message()),
            "in use by pid " + std::to_string(::getpid()));
}

TEST(Spool, PeekNeedsNoLock) {
  const ScratchDirectory scratch;
  EXPECT_TRUE(absl::IsNotFound(Spool::Peek(OptionsIn(scratch)).status()));
  auto spool = MustOpen(OptionsIn(scratch));
  ASSERT_TRUE(spool->Record(MakeBatch("seen")).ok());
  const auto status = Spool::Peek(OptionsIn(scratch));
  ASSERT_TRUE(status.ok()) << status.status();
  EXPECT_EQ(status->waiting_measurements, 3u);
}

TEST(Spool, FilesAreOursAlone) {
  const ScratchDirectory scratch;
  auto spool = MustOpen(OptionsIn(scratch));
  for (const auto& entry :
       std::filesystem::directory_iterator(scratch.path())) {
    struct stat info {};
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 077, 0u) << entry.path();
  }
}

TEST(Spool, OpenDirectoriesLinksAndForeignFilesAreRefused) {
  const ScratchDirectory scratch;
  const auto options = OptionsIn(scratch);
  ASSERT_EQ(::symlink("/etc/passwd", options.path.c_str()), 0);
  EXPECT_FALSE(Spool::Open(options).ok());
  std::filesystem::remove(options.path);
  Execute(options.path, "CREATE TABLE theirs (x)");
  EXPECT_TRUE(absl::IsDataLoss(Spool::Open(options).status()));
  EXPECT_TRUE(std::filesystem::exists(options.path));
  std::filesystem::remove(options.path);
  ASSERT_EQ(::chmod(scratch.path().c_str(), 0755), 0);
  EXPECT_FALSE(Spool::Open(options).ok());
}

TEST(Spool, NewerVersionIsLeftUntouched) {
  const ScratchDirectory scratch;
  const auto options = OptionsIn(scratch);
  MustOpen(options).reset();
  Execute(options.path,
          "PRAGMA user_version = 2;"
          "UPDATE counter SET value = 2 WHERE name = 'file_version'");
  const auto opened = Spool::Open(options);
  ASSERT_TRUE(absl::IsDataLoss(opened.status()));
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("upgrade"));
}

TEST(Spool, OneThreadRecordsWhileAnotherDelivers) {
  const ScratchDirectory scratch;
  auto spool = MustOpen(OptionsIn(scratch));
  std::thread sender([&] {
    for (int delivered = 0; delivered < 50;) {
      const auto oldest = spool->Oldest();
      ASSERT_TRUE(oldest.ok()) << oldest.status();
      if (!oldest->has_value()) continue;
      ASSERT_TRUE(spool->Deliver((*oldest)->id, {}).ok());
      ++delivered;
    }
  });
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(spool->Record(MakeBatch(std::to_string(i))).ok());
  }
  sender.join();
  EXPECT_EQ(spool->Status()->delivered_measurements, 150u);
}

}  // namespace
}  // namespace taster::spool
