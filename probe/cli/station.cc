// SPDX-License-Identifier: Apache-2.0
// Opens things in the order in which they may be opened.
#include "probe/cli/station.h"

#include <unistd.h>

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "probe/cli/allowance.h"
#include "probe/cli/config_file.h"
#include "probe/cli/host.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/round.h"
#include "probe/cli/secret.h"
#include "probe/cli/version.h"
#include "probe/cli/visited.h"
#include "probe/consent/consent.h"
#include "probe/consent/state_file.h"
#include "probe/plan/budget.h"

namespace taster::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr uplink::BackoffLimits kLabBackoff{milliseconds(50),
                                            milliseconds(2000)};
// safety.md T1: an upload right after a round would betray the round.
constexpr minutes kHoldLeast{10};
constexpr minutes kHoldMost{20};
// A wait that an earlier process was told; a clock that was wrong then must
// not keep this one silent for years.
constexpr std::chrono::hours kLongestWait{24};

// Sending may make room for what a full spool could not take.
constexpr std::chrono::seconds kRoomPatience{10};
// In percent of the spool: no set is begun above, so that what is then still
// open finds room.
constexpr std::uint64_t kBeginBelow = 90;

constexpr milliseconds kBatchAge{10'000};
// Somebody waits for the answers.
constexpr milliseconds kTaskBatchAge{2000};

absl::Status FlushWithPatience(record::Recorder* recorder) {
  const auto end = std::chrono::steady_clock::now() + kRoomPatience;
  auto status = recorder->Flush();
  while (absl::IsResourceExhausted(status) && !Aborting() &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(milliseconds(100));
    status = recorder->Flush();
  }
  return status;
}

milliseconds WaitLeft(const spool::SpoolStatus& status) {
  if (!status.next_attempt_time) return milliseconds(0);
  const auto left =
      *status.next_attempt_time - std::chrono::system_clock::now();
  if (left < milliseconds(0) || left > kLongestWait) return milliseconds(0);
  return std::chrono::ceil<milliseconds>(left);
}

}  // namespace

uplink::BackoffLimits BackoffFor(plan::Profile profile) {
  return profile == plan::Profile::kLab ? kLabBackoff : uplink::BackoffLimits{};
}

std::optional<Refusal> RefuseRoot(const CommonOptions& common) {
  if (::geteuid() != 0 || common.allow_root) return {};
  return Refusal{kNotPermitted,
                 "will not run as root: use an ordinary user, or --allow-root "
                 "in a closed lab"};
}

std::variant<std::unique_ptr<Station>, Refusal> Station::Open(
    const CommonOptions& common, const Edges& edges) {
  if (auto refusal = RefuseRoot(common)) return *refusal;
  auto loaded = LoadConfig(common.config);
  if (auto* refusal = std::get_if<Refusal>(&loaded)) return *refusal;
  std::unique_ptr<Station> station(
      new Station(std::get<Config>(std::move(loaded)), edges));
  const auto& state_dir = station->config_.state_dir;
  if (auto status = consent::Check(state_dir, station->config_.level());
      !status.ok()) {
    return Refusal{kNotPermitted, std::string(status.message())};
  }
  if (auto status = consent::PrepareStateDirectory(state_dir); !status.ok()) {
    return Refusal{kBadConfiguration, std::string(status.message())};
  }
  auto spool = spool::Spool::Open({.path = state_dir / "spool.db",
                                   .max_bytes = station->config_.spool_bytes});
  if (!spool.ok()) return SpoolRefusal(spool.status());
  station->spool_ = *std::move(spool);
  if (station->RemembersVisits()) {
    const auto status =
        LoadVisited(state_dir, Clocks::Now(), &station->check_ledger_);
    if (!status.ok()) {
      return Refusal{kBadConfiguration, std::string(status.message())};
    }
  }
  auto& plan = station->config_.plan;
  plan.system = station->config_.system_servers.empty()
                    ? edges.system_servers()
                    : station->config_.system_servers;
  return station;
}

std::optional<Refusal> Station::CheckDay(
    const std::vector<dns::Name>& names) const {
  const auto per_day = plan::CapsOf(config_.plan.profile).queries_per_day;
  for (const auto& traced : config_.plan.traces) {
    if (std::ranges::find(names, traced) != names.end()) continue;
    return Refusal{kBadConfiguration, "plan.traces: " + traced.ToText() +
                                          " is not on the target list"};
  }
  const auto budget = plan::BudgetOf(config_.plan, names);
  const auto questions = budget.asked() + budget.trace_questions;
  if (per_day == 0 || questions <= per_day) return {};
  return Refusal{kNotPermitted, "a round would have " +
                                    std::to_string(questions) +
                                    " queries; this profile may ask " +
                                    std::to_string(per_day) + " a day"};
}

std::optional<Refusal> Station::StartSending(bool hold) {
  const auto secret = LoadOrCreateSecret(config_.state_dir);
  if (!secret.ok()) {
    return Refusal{kBadConfiguration, std::string(secret.status().message())};
  }
  auto uplink = edges_.open_uplink(config_.collector);
  if (!uplink.ok()) {
    return Refusal{kBadConfiguration, std::string(uplink.status().message())};
  }
  uplink_ = *std::move(uplink);
  const bool volunteer = config_.plan.profile == plan::Profile::kVolunteer;
  sender_ = std::make_unique<uplink::Sender>(
      spool_.get(), uplink_.get(),
      envelope::SigningKey::ForVantage(*secret, config_.network()),
      BackoffFor(config_.plan.profile));
  uplink::SendingOptions options;
  options.on_attempt = [this](const uplink::Attempt& attempt) {
    news_.Note(attempt);
  };
  if (hold && volunteer) {
    options.hold_least = kHoldLeast;
    options.hold_most = kHoldMost;
  }
  const auto status = spool_->Status();
  if (!status.ok()) return SpoolRefusal(status.status());
  // A person who waits at the terminal asks for an attempt now.
  if (hold) options.first_wait = WaitLeft(*status);
  thread_ = std::make_unique<uplink::SendingThread>(sender_.get(), options);
  return {};
}

bool Station::HasNoRoom() {
  if (spool_->full()) return true;
  const auto status = spool_->Status();
  return status.ok() &&
         status->used_bytes > status->max_bytes / 100 * kBeginBelow;
}

absl::Status Station::sending_status() const {
  return thread_ ? thread_->status() : absl::OkStatus();
}

absl::Status Station::OpenEngines(capture::Witness* witness) {
  const milliseconds window = config_.plan.window;
  auto capture = edges_.open_capture({.window = window}, witness);
  if (!capture.ok()) return capture.status();
  capture_ = *std::move(capture);
  if (!config_.plan.streams.empty() || !config_.plan.check_ports.empty() ||
      config_.plan.proof) {
    auto streams = edges_.open_streams(
        {.window = window, .ca_file = config_.stream_ca.string()}, witness);
    if (!streams.ok()) return streams.status();
    streams_ = *std::move(streams);
  }
  if (!config_.plan.system_lookup || config_.plan.system.empty()) {
    return absl::OkStatus();
  }
  auto lookup = edges_.open_lookup(
      {.window = window, .servers = config_.system_servers}, witness);
  if (!lookup.ok()) return lookup.status();
  lookup_ = *std::move(lookup);
  return absl::OkStatus();
}

absl::Status Station::BeginRound(const std::vector<dns::Name>& names) {
  auto status = plan::CheckSetSize(config_.plan);
  if (!status.ok()) return status;
  return TakeAllowance(
      config_.state_dir,
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()),
      plan::BudgetOf(config_.plan, names).asked(),
      plan::CapsOf(config_.plan.profile).queries_per_day);
}

absl::Status Station::Measure(const std::vector<dns::Name>& names,
                              Progress progress) {
  auto status = BeginRound(names);
  if (!status.ok()) return status;
  const auto own = OwnPublicAddresses();
  record::Recorder recorder(
      spool_.get(), {.software = "taster-probe/" + std::string(kVersion),
                     .target_list = "local",
                     .window = config_.plan.window,
                     .own_addresses = own,
                     .batch_age = fetching_ ? kTaskBatchAge : kBatchAge});
  const bool checks = !config_.plan.check_ports.empty();
  const plan::CheckPlan check_plan(config_.plan, own);
  Answered answered(&recorder);
  status = checks ? OpenEngines(&answered) : OpenEngines(&recorder);
  if (!status.ok()) return status;
  std::random_device entropy;
  plan::Rng rng((static_cast<std::uint64_t>(entropy()) << 32) | entropy());
  plan::Pacer pacer(config_.plan.rate, plan::CapsOf(config_.plan.profile), rng);
  Round round(
      config_.plan, names,
      {.capture = capture_.get(),
       .lookup = lookup_.get(),
       .streams = streams_.get(),
       .recorder = &recorder,
       .pacer = &pacer,
       .rng = &rng,
       .progress = &progress,
       .answered = checks ? &answered : nullptr,
       .check_plan = &check_plan,
       .check_ledger = &check_ledger_,
       .proof_ledger = &proof_ledger_,
       .spool_full = [this] { return HasNoRoom(); },
       .next_task = [this] { return fetching_ ? NextTask() : std::nullopt; }});
  status = round.Run();
  if (!status.ok()) {
    // Whatever ended the round, what was measured is recorded if it can be.
    capture_->CancelAll();
    if (lookup_) lookup_->CancelAll();
    if (streams_) streams_->CancelAll();
    FlushWithPatience(&recorder).IgnoreError();
  }
  lookup_.reset();
  streams_.reset();
  capture_.reset();
  AddCounts(recorder.counts());
  if (status.ok() && RemembersVisits()) {
    status = SaveVisited(config_.state_dir, check_ledger_, Clocks::Now());
  }
  // A round of tasks alone has none.
  return status.ok() && !names.empty() ? MeasureTraces() : status;
}

void Station::AddCounts(const record::RecorderCounts& counts) {
  counts_.recorded += counts.recorded;
  counts_.answered += counts.answered;
  counts_.unrecorded += counts.unrecorded;
  counts_.never_sent += counts.never_sent;
  counts_.trimmed += counts.trimmed;
  counts_.masked += counts.masked;
}

}  // namespace taster::cli
