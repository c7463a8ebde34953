// SPDX-License-Identifier: Apache-2.0
// Sends in the background while measuring goes on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "probe/uplink/sender.h"

namespace taster::uplink {

struct SendingOptions {
  // Data that finds the spool empty waits a random time between these before
  // it is sent: an upload right after a round would betray the round.
  std::chrono::milliseconds hold_least{0};
  std::chrono::milliseconds hold_most{0};
  // A wait that an earlier process began.
  std::chrono::milliseconds first_wait{0};
  // Told of every attempt but idle ones, from the thread itself.
  std::function<void(const Attempt&)> on_attempt = {};
};

class SendingThread {
 public:
  // `sender` must outlive the thread and is used by it alone.
  SendingThread(Sender* sender, SendingOptions options);
  // Ends after the attempt under way.
  ~SendingThread();
  SendingThread(const SendingThread&) = delete;
  SendingThread& operator=(const SendingThread&) = delete;

  // OK while the spool works.
  absl::Status status() const;

 private:
  void Loop();
  std::chrono::milliseconds Hold();
  // False when the thread is to end.
  bool Rest(std::chrono::milliseconds time);

  Sender* sender_;
  const SendingOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  absl::Status status_;
  std::thread thread_;  // Last: it starts with everything above in place.
};

}  // namespace taster::uplink
