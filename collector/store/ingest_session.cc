// SPDX-License-Identifier: Apache-2.0
#include "collector/store/ingest_session.h"

#include <algorithm>

#include "collector/store/durability.h"
#include "collector/store/ruleset.h"

namespace taster::store {
namespace {

using std::chrono::milliseconds;

// A lock that does not come within 2 s is a reason to let the sender wait, not
// the writer. No statement of a commit takes anywhere near 30 s.
constexpr char kSettings[] =
    "SET lock_timeout = '2s'; SET statement_timeout = '30s';"
    " SET idle_in_transaction_session_timeout = '60s'";

}  // namespace

absl::Status IngestSession::Open() {
  absl::StatusOr<std::unique_ptr<Session>> session =
      Session::Open(connection_, kSettings);
  if (!session.ok()) return session.status();
  absl::Status status = CheckDurability(session->get());
  if (!status.ok()) return status;
  absl::StatusOr<std::int64_t> id = RulesetId(ruleset_, session->get());
  if (!id.ok()) return id.status();
  ruleset_id_ = *id;
  session_ = *std::move(session);
  return absl::OkStatus();
}

absl::Status IngestSession::Connect() {
  absl::Status status = Open();
  backoff_ = status.ok() ? milliseconds{0}
                         : std::clamp(backoff_ * 2, milliseconds{50},
                                      milliseconds{2000});
  return status;
}

}  // namespace taster::store
