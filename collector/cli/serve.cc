// SPDX-License-Identifier: Apache-2.0
// `taster-collector serve`: receives, judges and stores until it is told to
// stop. The only place where the edges are put together.

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "collector/cli/canary_names.h"
#include "collector/cli/clock.h"
#include "collector/cli/commands.h"
#include "collector/cli/control_watch.h"
#include "collector/cli/database.h"
#include "collector/cli/end_signals.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/housekeeping.h"
#include "collector/cli/learning.h"
#include "collector/cli/load_reference.h"
#include "collector/cli/log.h"
#include "collector/cli/proving.h"
#include "collector/cli/roll_up.h"
#include "collector/cli/tasking.h"
#include "collector/cli/vantage_roll.h"
#include "collector/cli/web_front.h"
#include "collector/control/control_book.h"
#include "collector/control/knowledge.h"
#include "collector/control/learned_rows.h"
#include "collector/control/learner.h"
#include "collector/control/rejudger.h"
#include "collector/ingest/identity.h"
#include "collector/ingest/server.h"
#include "collector/ingest/task_desk.h"
#include "collector/ingest/tasking_service.h"
#include "collector/judge/verdict.h"
#include "collector/store/learned_store.h"
#include "collector/store/network_snapshot.h"
#include "collector/store/reference_store.h"
#include "collector/store/writer.h"
#include "proto/dns/constants.h"
#include "proto/net/endpoint.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDefaultPort = 8443;
constexpr auto kDrainGrace = std::chrono::seconds(5);

// By which these addresses are asked for.
std::vector<std::uint16_t> TypesOf(
    const std::vector<net::IpAddress>& addresses) {
  std::vector<std::uint16_t> types;
  if (std::ranges::any_of(addresses, &net::IpAddress::is_v4)) {
    types.push_back(dns::kTypeA);
  }
  if (!std::ranges::all_of(addresses, &net::IpAddress::is_v4)) {
    types.push_back(dns::kTypeAaaa);
  }
  return types;
}

// Everything that serves, in the order in which it is built; destroyed the
// other way round, so that nothing outlives what it uses.
class Collector {
 public:
  absl::Status Start(const Settings& settings, const ServeOptions& options);
  std::uint16_t port() const { return server_->port(); }
  const judge::Reference& reference() const { return *base_; }
  const reference::Networks& networks() const { return networks_; }
  // No new batches; the ones under way get their receipts.
  void Drain() {
    desk_->Close();
    server_->Drain(kDrainGrace);
    LogDemand(*desk_);
  }

 private:
  // Loads what is known beforehand, and keeps which networks that were.
  absl::Status Refer(const std::string& ingest, const ServeOptions& options);
  absl::Status StartJudging(const std::string& ruleset);
  // What controls are to be asked for next.
  absl::Status StartTasking(const std::vector<store::ControlRow>& answers);
  absl::Status StartServing(const net::Endpoint& endpoint);
  void OnStored(const ingest::News& news);

  control::Canaries canaries_;
  std::filesystem::path trust_anchor_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<ingest::Identity> identity_;
  reference::Networks networks_;
  // What is known beforehand; what was learned is on the shelf, added to it.
  std::shared_ptr<const judge::Reference> base_;
  std::unique_ptr<control::KnowledgeShelf> shelf_;
  std::unique_ptr<control::ControlBook> book_;
  std::unique_ptr<VantageRoll> roll_;
  std::unique_ptr<control::Rejudger> rejudger_;
  std::unique_ptr<Learning> learning_;
  std::unique_ptr<Proving> proving_;
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<Housekeeping> housekeeping_;
  std::unique_ptr<RollUp> roll_up_;
  std::unique_ptr<ingest::TaskDesk> desk_;
  std::unique_ptr<ControlWatch> watch_;
  std::unique_ptr<ingest::CollectionService> service_;
  std::unique_ptr<ingest::TaskingService> tasking_;
  std::unique_ptr<ingest::Server> server_;
  std::unique_ptr<WebFront> web_;  // nullptr: not wanted.
};

absl::Status Collector::Start(const Settings& settings,
                              const ServeOptions& options) {
  const auto endpoint = net::Endpoint::Parse(options.listen, kDefaultPort);
  if (!endpoint.has_value()) {
    return absl::InvalidArgumentError("--listen: not ADDRESS:PORT");
  }
  trust_anchor_ = settings.trust_anchor;
  auto identity = ingest::LoadOrMakeIdentity(settings.state_dir / "identity");
  if (!identity.ok()) return identity.status();
  identity_ = std::make_unique<ingest::Identity>(*std::move(identity));

  auto canaries = ReadCanaryNames(options.canary_names);
  if (!canaries.ok()) return canaries.status();
  canaries_ = *std::move(canaries);

  auto database = Database::Open(settings);
  if (!database.ok()) return database.status();
  database_ = std::make_unique<Database>(*std::move(database));

  const auto ingest = database_->Connection("taster_ingest");
  if (!ingest.ok()) return ingest.status();
  if (auto status = Refer(*ingest, options); !status.ok()) return status;

  const std::string ruleset =
      std::string(judge::RulesetVersion()) + "+" + base_->version;
  if (auto status = StartJudging(ruleset); !status.ok()) return status;
  absl::Status status = StartServing(*endpoint);
  if (!status.ok()) return status;
  status = StartRollUp(*database_, options.floor, &networks_, &roll_up_);
  return status.ok() ? StartWeb(*database_, options.web, &web_) : status;
}

absl::Status Collector::Refer(const std::string& ingest,
                              const ServeOptions& options) {
  auto networks = LoadNetworks(options.networks);
  if (!networks.ok()) return networks.status();
  networks_ = *std::move(networks);
  if (!networks_.snapshot.empty()) {
    const auto recorded = store::RecordNetworkSnapshot(ingest, networks_);
    if (!recorded.ok()) return recorded;
  }
  auto reference = LoadReference(ingest, networks_);
  if (!reference.ok()) return reference.status();
  base_ = std::make_shared<const judge::Reference>(*std::move(reference));
  const auto learned = store::LoadLearned(ingest);
  if (!learned.ok()) return learned.status();
  judge::Reference full = *base_;
  control::AddLearned(*learned, &full);
  shelf_ = std::make_unique<control::KnowledgeShelf>(std::move(full));
  return absl::OkStatus();
}

absl::Status Collector::StartJudging(const std::string& ruleset) {
  const auto ingest = database_->Connection("taster_ingest");
  const auto judging = database_->Connection("taster_judge");
  if (!ingest.ok()) return ingest.status();
  if (!judging.ok()) return judging.status();

  book_ = std::make_unique<control::ControlBook>(&base_->origin_as);
  const auto answers = store::LoadControlAnswers(*ingest);
  if (!answers.ok()) return answers.status();
  book_->Learn(*answers);

  control::RejudgerOptions options;
  options.connection = *judging;
  options.ruleset = ruleset;
  options.now = Now;
  options.on_error = [](const absl::Status& status) {
    LogLine("rejudge_failed")
        .Add("error", std::string(status.message()))
        .Warning();
  };
  rejudger_ = std::make_unique<control::Rejudger>(std::move(options),
                                                  book_.get(), shelf_.get());

  learning_ = std::make_unique<Learning>(
      std::make_unique<control::Learner>(
          control::LearnerOptions{.connection = *judging}, book_.get(),
          &networks_, base_),
      shelf_.get(), rejudger_.get());

  auto proving =
      Proving::Start(*ingest, trust_anchor_, book_.get(), rejudger_.get());
  if (!proving.ok()) return proving.status();
  proving_ = *std::move(proving);

  auto writer =
      store::Writer::Start({.connection = *ingest, .ruleset = ruleset});
  if (!writer.ok()) return writer.status();
  writer_ = *std::move(writer);
  housekeeping_ = std::make_unique<Housekeeping>(*ingest);
  roll_ = std::make_unique<VantageRoll>(*ingest);
  if (auto status = roll_->Refresh(); !status.ok()) return status;
  return StartTasking(*answers);
}

absl::Status Collector::StartTasking(
    const std::vector<store::ControlRow>& answers) {
  const auto ingest = database_->Connection("taster_ingest");
  const auto judging = database_->Connection("taster_judge");
  if (!ingest.ok()) return ingest.status();
  if (!judging.ok()) return judging.status();
  desk_ = std::make_unique<ingest::TaskDesk>(ingest::DeskEdges{
      .now = Now,
      .subnet_of =
          [this](std::uint32_t asn) { return networks_.ClientSubnetOf(asn); },
      .book = book_.get(),
      .on_leased = [this](std::int64_t control) { watch_->Leased(control); }});
  for (const auto& [qname, addresses] : canaries_) {
    desk_->Standing(qname, TypesOf(addresses));
  }
  watch_ =
      std::make_unique<ControlWatch>(WatchEdges{.connection = *ingest,
                                                .book = book_.get(),
                                                .rejudger = rejudger_.get(),
                                                .desk = desk_.get()},
                                     canaries_);
  if (auto status = watch_->Restore(); !status.ok()) return status;
  return RestoreDemand(*judging, answers, desk_.get());
}

absl::Status Collector::StartServing(const net::Endpoint& endpoint) {
  const auto find = [this](const envelope::PublicKey& key) {
    return roll_->Find(key);
  };
  service_ = std::make_unique<ingest::CollectionService>(ingest::ServiceEdges{
      .find_vantage = find,
      .now = Now,
      .writer = writer_.get(),
      .receipt_key = &identity_->receipt_key,
      .bench = {.shelf = *shelf_, .book = *book_},
      .on_stored = [this](const ingest::News& news) { OnStored(news); }});
  tasking_ = std::make_unique<ingest::TaskingService>(
      ingest::TaskingEdges{.find_vantage = find,
                           .now = Now,
                           .desk = desk_.get(),
                           .receipt_key = &identity_->receipt_key});
  auto server = ingest::Server::Start(endpoint, *identity_, service_.get(),
                                      tasking_.get());
  if (!server.ok()) return server.status();
  server_ = *std::move(server);
  return absl::OkStatus();
}

void Collector::OnStored(const ingest::News& news) {
  if (!news.answers.empty() || !news.control.empty()) {
    watch_->Stored(news.vantage_id, news.answers, news.control);
  }
  if (!news.awaited.sets.empty()) rejudger_->Stored(news.awaited);
  proving_->Take(news.links);
  desk_->Settled(news.vantage_id, news.seen, Now());
  desk_->Wished(news.wishes);
}

}  // namespace

int Serve(const Settings& settings, const ServeOptions& options) {
  StartLog(options.log_format);
  const sigset_t ends = BlockEndSignals();
  const auto begun = std::chrono::steady_clock::now();

  Collector collector;
  if (absl::Status status = collector.Start(settings, options); !status.ok()) {
    return Fail(status);
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - begun;
  LogLine("serving")
      .Add("port", std::int64_t{collector.port()})
      .Add("startup_seconds", took.count())
      .Add("ruleset", judge::RulesetVersion())
      .Add("reference", collector.reference().version)
      .Add("networks", collector.networks().snapshot)
      .Add("disputed_networks",
           static_cast<std::int64_t>(collector.networks().disputes))
      .Info();

  int signal = 0;
  sigwait(&ends, &signal);
  LogLine("stopping").Add("signal", std::int64_t{signal}).Info();
  collector.Drain();
  return kOk;
}

}  // namespace taster::cli
