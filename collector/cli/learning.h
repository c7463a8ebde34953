// SPDX-License-Identifier: Apache-2.0
// Learns again and again while the collector serves.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "collector/control/knowledge.h"
#include "collector/control/learner.h"
#include "collector/control/rejudger.h"

namespace taster::cli {

// Owns one thread: at once and then every minute. What was learned goes on the
// shelf, and what is judged otherwise for it to the rejudger. What fails is
// logged and tried again in the next round.
class Learning {
 public:
  // `shelf` and `rejudger` must outlive it.
  Learning(std::unique_ptr<control::Learner> learner,
           control::KnowledgeShelf* shelf, control::Rejudger* rejudger);
  ~Learning();
  Learning(const Learning&) = delete;
  Learning& operator=(const Learning&) = delete;

 private:
  void Run();
  absl::Status Round();

  std::unique_ptr<control::Learner> learner_;
  control::KnowledgeShelf* shelf_;
  control::Rejudger* rejudger_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  // Last: it uses everything above.
};

}  // namespace taster::cli
