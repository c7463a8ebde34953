// SPDX-License-Identifier: Apache-2.0
// Keeps what is published up to date, beside the rest of `serve`.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "collector/cli/database.h"
#include "collector/reference/networks.h"
#include "collector/store/second_level.h"

namespace taster::cli {

// Owns one thread: every few seconds it rolls up today if anything came, and
// one closed day if any changed. It rests four times as long as rolling up
// took, so that a busy day does not cost more than a fifth of a processor.
// What fails is logged and tried again; what is published is then older.
class RollUp {
 public:
  // `connection`: as taster_judge. `networks` must outlive this.
  RollUp(std::string connection, const reference::Networks* networks);
  ~RollUp();
  RollUp(const RollUp&) = delete;
  RollUp& operator=(const RollUp&) = delete;

 private:
  void Run();
  // How long it worked.
  std::chrono::microseconds Work();

  const std::string connection_;
  const reference::Networks* const networks_;
  store::SecondLevel second_level_;  // Of the thread.
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

// Starts it, after `floor` was set where it is not 0: how many distinct probes
// must stand behind whatever is published.
absl::Status StartRollUp(const Database& database, int floor,
                         const reference::Networks* networks,
                         std::unique_ptr<RollUp>* roll_up);

}  // namespace taster::cli
