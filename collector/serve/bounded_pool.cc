// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/bounded_pool.h"

#include <utility>

namespace taster::serve {

BoundedPool::BoundedPool(std::size_t threads, std::size_t waiting)
    : waiting_(waiting) {
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

void BoundedPool::enqueue(std::function<void()> task) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return tasks_.size() < waiting_; });
    tasks_.push_back(std::move(task));
  }
  changed_.notify_all();
}

void BoundedPool::shutdown() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void BoundedPool::Work() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    changed_.notify_all();
    task();
  }
}

}  // namespace taster::serve
