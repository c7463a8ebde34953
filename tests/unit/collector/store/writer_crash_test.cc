// SPDX-License-Identifier: Apache-2.0
// Servers that die under load: nobody is told "stored" of what is not there,
// and sending again completes everything once.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "collector/store/writer.h"
#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::store {
namespace {

constexpr std::uint32_t kBatches = 120;
constexpr std::uint32_t kSets = 20;

// What became of each batch of one pass; callbacks come from another thread.
class Outcomes {
 public:
  Writer::Done For(std::uint32_t number) {
    return [this, number](absl::StatusOr<PutResult> outcome) {
      const std::lock_guard lock(mutex_);
      EXPECT_TRUE(outcomes_.emplace(number, std::move(outcome)).second)
          << "told twice: " << number;
      changed_.notify_all();
    };
  }

  const std::map<std::uint32_t, absl::StatusOr<PutResult>>& Await(
      std::size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, std::chrono::seconds(60),
                                  [&] { return outcomes_.size() == count; }))
        << outcomes_.size() << " of " << count;
    return outcomes_;
  }

  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return outcomes_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint32_t, absl::StatusOr<PutResult>> outcomes_;
};

class WriterCrash : public testing::Test {
 protected:
  void Start() {
    auto writer =
        Writer::Start({.connection = postgres_.Connection("taster_ingest"),
                       .ruleset = {},
                       .rows_per_commit = 1000});
    ASSERT_TRUE(writer.ok()) << writer.status();
    writer_ = *std::move(writer);
  }

  void SubmitAll(Outcomes* outcomes) {
    for (std::uint32_t i = 0; i < kBatches; ++i) {
      while (
          !writer_->Submit(SampleBatch(vantage_, i, kSets), outcomes->For(i))) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
  }

  bool IsWhole(std::uint32_t number) {
    const std::string id = " WHERE vantage_id = " + std::to_string(vantage_) +
                           " AND payload_hash = decode(repeat(lpad(to_hex(" +
                           std::to_string(number) + "), 2, '0'), 32), 'hex')";
    return postgres_.Number(
               "SELECT count(measurement.ordinal) FROM taster.batch"
               " JOIN taster.measurement USING (vantage_id, batch_day,"
               " batch_id)" +
               id) == 2 * kSets;
  }

  // While `break_it` happens in the middle, then once more without harm.
  // Returns how many batches failed in between.
  int Survive(const std::function<void()>& break_it,
              const std::function<void()>& mend_it) {
    Start();
    Outcomes first;
    std::thread sender([&] { SubmitAll(&first); });
    while (first.size() < kBatches / 4) std::this_thread::yield();
    break_it();
    sender.join();
    const auto& outcomes = first.Await(kBatches);
    mend_it();
    int failed = 0;
    for (const auto& [number, outcome] : outcomes) {
      if (outcome.ok()) {
        EXPECT_EQ(*outcome, PutResult::kStored);
        EXPECT_TRUE(IsWhole(number)) << number;
        continue;
      }
      ++failed;
      EXPECT_TRUE(absl::IsUnavailable(outcome.status()) ||
                  absl::IsUnknown(outcome.status()))
          << outcome.status();
    }
    Outcomes second;
    SubmitAllUntilTaken(&second);
    return failed;
  }

  void SubmitAllUntilTaken(Outcomes* outcomes) {
    // The writer finds the server again by itself.
    for (bool connected = false; !connected;) {
      Outcomes probe;
      ASSERT_TRUE(
          writer_->Submit(SampleBatch(vantage_, 0, kSets), probe.For(0)));
      connected = probe.Await(1).at(0).ok();
    }
    SubmitAll(outcomes);
    for (const auto& [number, outcome] : outcomes->Await(kBatches)) {
      EXPECT_TRUE(outcome.ok()) << outcome.status();
      EXPECT_TRUE(IsWhole(number)) << number;
    }
    const std::string mine = " WHERE vantage_id = " + std::to_string(vantage_);
    EXPECT_EQ(postgres_.Number("SELECT count(ordinal) FROM taster.measurement" +
                               mine),
              kBatches * 2 * kSets);
    EXPECT_EQ(postgres_.Number("SELECT sum(set_count)::bigint"
                               " FROM taster.vantage_cell" +
                               mine),
              kBatches * kSets);
  }

  TestPostgres& postgres_ = TestPostgres::Get();
  const std::int64_t vantage_ = postgres_.NextVantage();
  std::unique_ptr<Writer> writer_;
};

TEST_F(WriterCrash, SurvivesTheLossOfItsConnection) {
  Survive(
      [this] {
        for (int i = 0; i < 5; ++i) {
          postgres_.Number(
              "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
              " WHERE usename = 'taster_ingest'");
          std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
      },
      [] {});
}

TEST_F(WriterCrash, SurvivesTheDeathOfTheServer) {
  const int failed =
      Survive([this] { postgres_.Kill(); }, [this] { postgres_.Restart(); });
  EXPECT_GT(failed, 0) << "the server died too late to hurt";
}

}  // namespace
}  // namespace taster::store
