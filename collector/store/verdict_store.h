// SPDX-License-Identifier: Apache-2.0
// Verdicts made again: replaced in place, evidence untouched.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/batch_rows.h"
#include "collector/store/evidence_reader.h"
#include "collector/store/session.h"

namespace taster::store {

// A new verdict on a stored set; `row.set` equals `key.set`.
struct Rejudged {
  SetKey key;
  SetRow row;
  bool is_open = false;  // IsOpen.
};

// Owns a connection of role taster_judge, opened at first use and again after
// it was lost. Not thread-safe; several stores, also of other processes, may
// replace the same sets: the last one's verdict stays and the counts stay
// right.
class VerdictStore {
 public:
  // `ruleset` names what judges, as WriterOptions::ruleset does.
  VerdictStore(std::string connection, std::string ruleset);

  // One transaction: set_verdict rows are locked and rewritten, what they said
  // is kept in verdict_history if it was settled or another ruleset's and is
  // something else now, the verdicts and findings of their measurements
  // replaced, vantage_cell moved by the difference. Sets that are not stored
  // are left out. After an error nothing has changed (Unknown: perhaps), and
  // the same again is safe.
  absl::Status Replace(const std::vector<Rejudged>& sets, Time judge_time);

 private:
  absl::Status Connect();
  absl::Status ReplaceIn(const std::vector<Rejudged>& sets, Time judge_time);

  std::string connection_;
  std::string ruleset_;
  std::int64_t ruleset_id_ = 0;
  std::unique_ptr<Session> session_;
};

}  // namespace taster::store
