// SPDX-License-Identifier: Apache-2.0
// The end of once and send: wait for receipts, then tell.
#include <cinttypes>
#include <cstdio>
#include <thread>

#include "probe/cli/commands.h"
#include "probe/cli/interrupt.h"

namespace taster::cli {
namespace {

constexpr std::chrono::milliseconds kPause{50};

Refusal Undelivered(const absl::Status& failure, std::uint64_t waiting) {
  const std::string safe =
      std::to_string(waiting) + " measurements wait safely in the spool";
  if (absl::IsUnauthenticated(failure)) {
    return {
        kNotPermitted,
        "this probe's key is not enrolled (see `taster-probe key`); " + safe};
  }
  if (absl::IsPermissionDenied(failure)) {
    return {kNotPermitted, std::string(failure.message()) + "; " + safe};
  }
  return {kUnavailable, "collector out of reach; " + safe +
                            ": `taster-probe send` delivers them"};
}

void PrintTotals(const Station& station, const spool::SpoolStatus& spool,
                 std::FILE* totals) {
  const auto& counts = station.counts();
  std::fprintf(totals,
               "recorded=%" PRIu64 " answered=%" PRIu64 " delivered=%" PRIu64
               " waiting=%" PRIu64 " refused=%" PRIu64 " quarantined=%" PRIu64
               "\n",
               counts.recorded, counts.answered, station.delivered(),
               spool.waiting_measurements, station.news().refused(),
               spool.quarantined_batches);
  if (counts.unrecorded > 0) {
    std::fprintf(stderr,
                 "taster-probe: %" PRIu64
                 " measurements found no room in the "
                 "spool and were not recorded\n",
                 counts.unrecorded);
  }
}

}  // namespace

ExitCode AwaitDelivery(Station* station, std::chrono::seconds patience,
                       std::FILE* totals) {
  while (true) {
    const auto spool = station->spool().Status();
    if (!spool.ok()) return Refuse(SpoolRefusal(spool.status()));
    if (auto status = station->sending_status(); !status.ok()) {
      return Refuse(SpoolRefusal(status));
    }
    const auto failure = station->news().FailedFor(patience);
    const bool empty = spool->waiting_batches == 0;
    if (!empty && failure.ok() && !Finishing()) {
      std::this_thread::sleep_for(kPause);
      continue;
    }
    PrintTotals(*station, *spool, totals);
    if (!empty && !failure.ok()) {
      return Refuse(Undelivered(failure, spool->waiting_measurements));
    }
    return Finishing() ? kInterrupted : kDone;
  }
}

}  // namespace taster::cli
