// SPDX-License-Identifier: Apache-2.0
// What run, once and send work with: configuration, consent, key, spool and
// the sending beside them.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "probe/cli/config.h"
#include "probe/cli/edges.h"
#include "probe/cli/exit_code.h"
#include "probe/cli/ladder.h"
#include "probe/cli/progress.h"
#include "probe/cli/sending_news.h"
#include "probe/plan/check_ledger.h"
#include "probe/plan/proof_questions.h"
#include "probe/plan/task.h"
#include "probe/record/recorder.h"
#include "probe/spool/spool.h"
#include "probe/uplink/fetching_thread.h"
#include "probe/uplink/sender.h"
#include "probe/uplink/sending_thread.h"

namespace taster::study {
struct Report;
}

namespace taster::cli {

struct StudyOptions;
struct SweepOptions;
struct SweepSummary;

// Options that every command takes.
struct CommonOptions {
  std::filesystem::path config;  // Empty: where FindConfig looks.
  bool allow_root = false;
};

// How long to leave a collector alone that failed.
uplink::BackoffLimits BackoffFor(plan::Profile profile);

// Exit code 77 for root without --allow-root.
std::optional<Refusal> RefuseRoot(const CommonOptions& common);

class Station {
 public:
  // Checks, in this order: root, configuration, policy, consent; then opens
  // the spool. No socket is opened, nothing is sent.
  static std::variant<std::unique_ptr<Station>, Refusal> Open(
      const CommonOptions& common, const Edges& edges);

  // Exit code 77 when one round alone is more than the day's cap; 78 when a
  // name is to be traced that is not among `names`.
  std::optional<Refusal> CheckDay(const std::vector<dns::Name>& names) const;

  // Starts sending in the background. `hold`: keep volunteers' fresh data back
  // for a while.
  std::optional<Refusal> StartSending(bool hold);

  // One round over `names`, then the plan's traces. The message of
  // ResourceExhausted says which bound was met: the spool's or the day's.
  absl::Status Measure(const std::vector<dns::Name>& names, Progress progress);

  // Starts to fetch tasks in the background; from now on Measure does what has
  // come first. Only of plans with `tasks`.
  std::optional<Refusal> StartFetching();
  // Some wait to be done: Measure, over whatever names, does them.
  bool HasTasks() const;

  // One trace, recorded as a set of its own. Errors as of Measure, and those of
  // plan::CheckTrace.
  absl::StatusOr<Ladder> Trace(const plan::TraceOptions& what);

  // One study. Errors as of Measure; PermissionDenied also when the canary is
  // not silent.
  absl::StatusOr<study::Report> Study(const StudyOptions& what);

  // One sweep, which tells in `*summary` how far it came. Errors as of Study;
  // DataLoss when the list or the state to go on from is not to be used.
  absl::Status Sweep(const SweepOptions& what, SweepSummary* summary);

  const Config& config() const { return config_; }
  spool::Spool& spool() { return *spool_; }
  const record::RecorderCounts& counts() const { return counts_; }
  const SendingNews& news() const { return news_; }
  std::uint64_t delivered() const { return news_.delivered(); }
  // OK while the spool works for the sending.
  absl::Status sending_status() const;

 private:
  Station(Config config, const Edges& edges)
      : config_(std::move(config)),
        edges_(edges),
        check_ledger_(plan::CapsOf(config_.plan.profile).check_rest) {}

  // No set is begun: what is still open then would find no room.
  bool HasNoRoom();
  // Whether a round over `names` may begin: takes it out of the day's cap.
  absl::Status BeginRound(const std::vector<dns::Name>& names);
  // The plan's traces, until the first signal.
  absl::Status MeasureTraces();
  void AddCounts(const record::RecorderCounts& counts);
  // Whom it checked is known to its next start.
  bool RemembersVisits() const {
    return config_.plan.profile == plan::Profile::kControl &&
           !config_.plan.check_ports.empty();
  }
  absl::Status OpenEngines(capture::Witness* witness);
  // The next one that this plan allows; nullopt: there is none now.
  std::optional<plan::Task> NextTask();

  Config config_;
  const Edges& edges_;
  plan::CheckLedger check_ledger_;  // Of all rounds.
  plan::ProofLedger proof_ledger_;  // Likewise.
  std::unique_ptr<spool::Spool> spool_;
  record::RecorderCounts counts_;  // Of all rounds so far.
  std::unique_ptr<capture::UdpCapture> capture_;
  std::unique_ptr<capture::SystemLookup> lookup_;
  std::unique_ptr<capture::StreamLookup> streams_;
  SendingNews news_;
  std::unique_ptr<uplink::Uplink> uplink_;
  std::unique_ptr<uplink::Sender> sender_;
  std::unique_ptr<uplink::TaskSource> task_source_;
  std::unique_ptr<uplink::FetchingThread> fetching_;  // Null: no tasks.
  std::unique_ptr<uplink::SendingThread> thread_;     // Last: ends first.
};

}  // namespace taster::cli
