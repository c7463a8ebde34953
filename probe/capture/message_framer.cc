// SPDX-License-Identifier: Apache-2.0
// Length, then bytes, as they come.
#include "probe/capture/message_framer.h"

#include <algorithm>
#include <utility>

namespace taster::capture {

void MessageFramer::Take(std::span<const std::uint8_t> bytes,
                         std::vector<StreamMessage>* whole) {
  while (!bytes.empty()) {
    if (length_bytes_ < 2) {
      announced_ = announced_ << 8 | bytes.front();
      ++length_bytes_;
      bytes = bytes.subspan(1);
    } else {
      const std::size_t take =
          std::min<std::size_t>(bytes.size(), announced_ - seen_);
      const auto keep = bytes.first(std::min(take, kKeptBytes - kept_.size()));
      kept_.insert(kept_.end(), keep.begin(), keep.end());
      seen_ += static_cast<std::uint32_t>(take);
      bytes = bytes.subspan(take);
    }
    if (length_bytes_ == 2 && seen_ == announced_) {
      whole->push_back({std::exchange(kept_, {}), announced_});
      announced_ = seen_ = 0;
      length_bytes_ = 0;
    }
  }
}

}  // namespace taster::capture
