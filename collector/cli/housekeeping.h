// SPDX-License-Identifier: Apache-2.0
// What a database needs every hour: partitions for the days ahead.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace taster::cli {

// Owns one thread: at once and then every hour. What fails is logged and tried
// again after a minute; partitions reach days ahead, so there is time.
class Housekeeping {
 public:
  // `connection`: as taster_ingest.
  explicit Housekeeping(std::string connection);
  ~Housekeeping();
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;

 private:
  void Run();

  const std::string connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace taster::cli
