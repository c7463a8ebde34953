// SPDX-License-Identifier: Apache-2.0
// One question with the replies it drew, whatever file it was read from.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "collector/judge/case.h"
#include "collector/judge/network.h"

namespace taster::exchange {

enum class Role : std::uint8_t {
  kProbe,    // To be judged.
  kControl,  // Asked in a free network: what others are judged by.
};

// `asked.control` is null: controls are records of their own. Where the file
// has no wire bytes, the replies' flag words are 0, which marks them as not
// known, and no header fact is set. Answers that the file withholds (masked by
// who published it) count in `answer_count` and `other_records`: a reply from
// which something is missing is never taken for an empty one.
struct Record {
  std::string id;  // As in the file; a probe's records have distinct ids.
  std::string
      set;  // Records of one question set share it; empty: stands alone.
  Role role = Role::kProbe;
  judge::Network network;
  std::chrono::sys_seconds time{};
  judge::Asked asked;
  // DNS messages as they travelled; an empty one is not known. `messages` has
  // one for each of `asked.replies`, or none when none is known.
  std::string query;
  std::vector<std::string> messages;
};

// Something in a file that is not what its format says.
struct BadInput {
  std::size_t line = 0;    // From 1.
  std::size_t column = 0;  // From 1: the field in tab-separated text, the byte
                           // in JSON; 0: the whole line.
  std::string what;        // For people; holds no raw bytes of the input.
};

// What a reader does with what it reads. Both are called in the order of the
// file; a status that is not OK ends the reading with it.
struct Sink {
  std::function<absl::Status(Record&&)> record;
  // OK: leave the line out and go on.
  std::function<absl::Status(const BadInput&)> bad;
};

}  // namespace taster::exchange
