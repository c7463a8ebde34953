// SPDX-License-Identifier: Apache-2.0
// kill -9 at any moment loses nothing recorded and brings back nothing that
// was delivered.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "tests/unit/probe/spool/spool_cases.h"

namespace taster::spool {
namespace {

struct Ledger {
  std::set<envelope::BatchId> recorded;
  std::set<envelope::BatchId> began;  // Deliver was called.
  std::set<envelope::BatchId> delivered;
};

void Tell(int fd, char what, const envelope::BatchId& id) {
  std::array<char, 17> line{};
  line[0] = what;
  std::copy(id.bytes.begin(), id.bytes.end(), line.begin() + 1);
  if (::write(fd, line.data(), line.size()) != 17) ::_exit(1);
}

// Records and delivers until it is killed.
[[noreturn]] void Work(const SpoolOptions& options, int fd) {
  auto spool = Spool::Open(options);
  if (!spool.ok()) ::_exit(2);
  for (int round = 0;; ++round) {
    const auto batch = MakeBatch(std::string(30'000, 'k'));
    if ((*spool)->Record(batch).ok()) Tell(fd, 'r', batch.id);
    if (round % 3 == 0) continue;
    const auto oldest = (*spool)->Oldest();
    if (!oldest.ok() || !oldest->has_value()) continue;
    Tell(fd, 'b', (*oldest)->id);
    if ((*spool)->Deliver((*oldest)->id, {}).ok()) {
      Tell(fd, 'd', (*oldest)->id);
    }
  }
}

struct Fate {
  int lines = 1;                       // What the worker tells before,
  std::chrono::microseconds after{0};  // and how long after that.
};

// Reads what the worker told; kills it when its fate comes.
void ReadAndKill(int fd, pid_t worker, Fate fate, Ledger* ledger) {
  std::array<std::uint8_t, 17> line{};
  while (::read(fd, line.data(), line.size()) == 17) {
    const auto id =
        envelope::BatchId::FromBytes(std::span(line).subspan(1)).value();
    if (line[0] == 'r') ledger->recorded.insert(id);
    if (line[0] == 'b') ledger->began.insert(id);
    if (line[0] == 'd') ledger->delivered.insert(id);
    if (--fate.lines != 0) continue;
    std::this_thread::sleep_for(fate.after);
    ::kill(worker, SIGKILL);
  }
}

void KillAWorker(const SpoolOptions& options, Fate fate, Ledger* ledger) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t worker = ::fork();
  ASSERT_GE(worker, 0);
  if (worker == 0) {
    ::close(ends[0]);
    Work(options, ends[1]);
  }
  ::close(ends[1]);
  ReadAndKill(ends[0], worker, fate, ledger);
  int status = 0;
  ::waitpid(worker, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the worker left by itself";
  ::close(ends[0]);
}

TEST(Kill, ThirtyTimes) {
  const ScratchDirectory scratch;
  const auto options = OptionsIn(scratch);
  std::mt19937 rng(11);
  Ledger ledger;
  for (int i = 0; i < 30; ++i) {
    KillAWorker(options,
                {.lines = 1 + static_cast<int>(rng() % 12),
                 .after = std::chrono::microseconds(rng() % 8000)},
                &ledger);
  }
  auto spool = MustOpen(options);
  std::set<envelope::BatchId> left;
  while (true) {
    const auto oldest = spool->Oldest();
    ASSERT_TRUE(oldest.ok()) << oldest.status();
    if (!oldest->has_value()) break;
    EXPECT_TRUE(left.insert((*oldest)->id).second);
    ASSERT_TRUE(spool->Deliver((*oldest)->id, {}).ok());
  }
  EXPECT_GT(ledger.delivered.size(), 10u);
  for (const auto& id : ledger.recorded) {
    EXPECT_TRUE(left.contains(id) || ledger.began.contains(id));
    EXPECT_FALSE(left.contains(id) && ledger.delivered.contains(id));
  }
  EXPECT_EQ(spool->Status()->damaged_batches, 0u);
}

}  // namespace
}  // namespace taster::spool
