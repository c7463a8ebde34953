// SPDX-License-Identifier: Apache-2.0
#include "collector/store/reader_pool.h"

#include <utility>

namespace taster::store {
namespace {

// While the database is down, most requests are refused without asking it.
constexpr auto kPause = std::chrono::milliseconds(500);

}  // namespace

absl::StatusOr<std::unique_ptr<PubReader>> ReaderPool::Connect() {
  {
    const std::lock_guard lock(mutex_);
    if (std::chrono::steady_clock::now() < retry_at_) {
      return absl::UnavailableError("the database does not answer");
    }
  }
  auto reader = PubReader::Open(options_.connection, options_.timeout);
  if (!reader.ok()) {
    const std::lock_guard lock(mutex_);
    retry_at_ = std::chrono::steady_clock::now() + kPause;
  }
  return reader;
}

absl::StatusOr<std::unique_ptr<PubReader>> ReaderPool::Borrow() {
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, options_.patience,
                            [this] { return borrowed_ < options_.size; })) {
      return absl::UnavailableError("all readers are busy");
    }
    ++borrowed_;
    if (!idle_.empty()) {
      auto reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  auto reader = Connect();
  if (!reader.ok()) Return(nullptr);
  return reader;
}

void ReaderPool::Return(std::unique_ptr<PubReader> reader) {
  {
    const std::lock_guard lock(mutex_);
    --borrowed_;
    if (reader != nullptr && !reader->is_lost()) {
      idle_.push_back(std::move(reader));
    } else if (reader != nullptr) {
      idle_.clear();  // The others were lost with it.
    }
  }
  returned_.notify_one();
}

absl::Status ReaderPool::With(
    const std::function<absl::Status(PubReader&)>& work) {
  auto reader = Borrow();
  if (!reader.ok()) return reader.status();
  absl::Status status = work(**reader);
  if (!status.ok() && (*reader)->is_lost()) {
    auto fresh = Connect();
    if (fresh.ok()) {
      reader = std::move(fresh);
      status = work(**reader);
    }
  }
  Return(*std::move(reader));
  return status;
}

absl::StatusOr<TextTable> ReaderPool::Read(const std::string& sql,
                                           const Parameters& parameters) {
  TextTable table;
  const absl::Status status = With([&](PubReader& reader) {
    auto read = reader.Read(sql, parameters);
    if (!read.ok()) return read.status();
    table = *std::move(read);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return table;
}

}  // namespace taster::store
