// SPDX-License-Identifier: Apache-2.0
// A full disk stops the recording and never the delivering.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/unit/probe/spool/spool_cases.h"

namespace taster::spool {
namespace {

constexpr int kNoNamespace = 77;

// A disk of 3 MiB that only this process sees.
bool MountSmallDisk(const std::filesystem::path& at) {
  const int flags =
      ::geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;
  return ::unshare(flags) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=3m,mode=0700") == 0;
}

// Fills what is left, as another program on the same disk would.
void FillDisk(const std::filesystem::path& directory) {
  std::ofstream file(directory / "other", std::ios::binary);
  const std::string block(4096, 'x');
  while (file.write(block.data(), 4096).flush()) continue;
}

// What is found wrong, as an exit code; 0: nothing.
int Check(const std::filesystem::path& directory) {
  auto spool =
      Spool::Open({.path = directory / "spool.db", .max_bytes = 64 << 20});
  if (!spool.ok()) return 2;
  std::size_t recorded = 0;
  absl::Status status;
  while (status.ok() && recorded < 100) {
    status = (*spool)->Record(MakeBatch(std::string(100'000, 'x')));
    if (status.ok()) ++recorded;
  }
  if (!absl::IsResourceExhausted(status) || recorded < 5) return 3;
  if (!(*spool)->full()) return 4;
  FillDisk(directory);
  for (std::size_t i = 0; i < recorded; ++i) {
    const auto oldest = (*spool)->Oldest();
    if (!oldest.ok() || !oldest->has_value()) return 5;
    if (!(*spool)->Deliver((*oldest)->id, {}).ok()) return 6;
  }
  if ((*spool)->Oldest()->has_value()) return 7;
  // The space of what was delivered serves again, although the disk is full.
  if (!(*spool)->Record(MakeBatch("after")).ok()) return 8;
  return (*spool)->Status()->damaged_batches == 0 ? 0 : 9;
}

TEST(DiskFull, RecordingStopsDeliveringGoesOn) {
  const ScratchDirectory scratch;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (!MountSmallDisk(scratch.path())) ::_exit(kNoNamespace);
    ::_exit(Check(scratch.path()));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kNoNamespace) {
    GTEST_SKIP() << "no mount namespaces here";
  }
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace taster::spool
