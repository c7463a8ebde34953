// SPDX-License-Identifier: Apache-2.0
// A fixed number of threads with a short queue in front.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace taster::serve {

// When the queue is full, who enqueues waits: the server accepts no more
// connections for a while.
class BoundedPool : public httplib::TaskQueue {
 public:
  BoundedPool(std::size_t threads, std::size_t waiting);

  void enqueue(std::function<void()> task) override;
  // Finishes what is under way and what waits.
  void shutdown() override;

 private:
  void Work();

  const std::size_t waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace taster::serve
