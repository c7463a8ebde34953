// SPDX-License-Identifier: Apache-2.0
// `taster-collector serve`: receives, judges and stores until it is told to
// stop. The only place where the edges are put together.

#include <signal.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "collector/cli/clock.h"
#include "collector/cli/commands.h"
#include "collector/cli/database.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/housekeeping.h"
#include "collector/cli/learning.h"
#include "collector/cli/load_reference.h"
#include "collector/cli/log.h"
#include "collector/cli/vantage_roll.h"
#include "collector/cli/web_front.h"
#include "collector/control/control_book.h"
#include "collector/control/knowledge.h"
#include "collector/control/learned_rows.h"
#include "collector/control/learner.h"
#include "collector/control/rejudger.h"
#include "collector/ingest/identity.h"
#include "collector/ingest/server.h"
#include "collector/judge/verdict.h"
#include "collector/store/learned_store.h"
#include "collector/store/network_snapshot.h"
#include "collector/store/reference_store.h"
#include "collector/store/writer.h"
#include "proto/net/endpoint.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDefaultPort = 8443;
constexpr auto kDrainGrace = std::chrono::seconds(5);

// Everything that serves, in the order in which it is built; destroyed the
// other way round, so that nothing outlives what it uses.
class Collector {
 public:
  absl::Status Start(const Settings& settings, const ServeOptions& options);
  std::uint16_t port() const { return server_->port(); }
  const judge::Reference& reference() const { return *base_; }
  const reference::Networks& networks() const { return networks_; }
  // No new batches; the ones under way get their receipts.
  void Drain() { server_->Drain(kDrainGrace); }

 private:
  // Loads what is known beforehand, and keeps which networks that were.
  absl::Status Refer(const std::string& ingest, const ServeOptions& options);
  absl::Status StartJudging(const std::string& ruleset);
  absl::Status StartServing(const net::Endpoint& endpoint);
  void OnStored(const ingest::News& news);

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
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<Housekeeping> housekeeping_;
  std::unique_ptr<ingest::CollectionService> service_;
  std::unique_ptr<ingest::Server> server_;
  std::unique_ptr<WebFront> web_;  // nullptr: not wanted.
};

absl::Status Collector::Start(const Settings& settings,
                              const ServeOptions& options) {
  const auto endpoint = net::Endpoint::Parse(options.listen, kDefaultPort);
  if (!endpoint.has_value()) {
    return absl::InvalidArgumentError("--listen: not ADDRESS:PORT");
  }
  auto identity = ingest::LoadOrMakeIdentity(settings.state_dir / "identity");
  if (!identity.ok()) return identity.status();
  identity_ = std::make_unique<ingest::Identity>(*std::move(identity));

  auto database = Database::Open(settings);
  if (!database.ok()) return database.status();
  database_ = std::make_unique<Database>(*std::move(database));

  const auto ingest = database_->Connection("taster_ingest");
  if (!ingest.ok()) return ingest.status();
  if (auto status = Refer(*ingest, options); !status.ok()) return status;

  const std::string ruleset =
      std::string(judge::RulesetVersion()) + "+" + base_->version;
  if (auto status = StartJudging(ruleset); !status.ok()) return status;
  if (auto status = StartServing(*endpoint); !status.ok()) return status;
  return StartWeb(*database_, options.web, &web_);
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

  auto writer =
      store::Writer::Start({.connection = *ingest, .ruleset = ruleset});
  if (!writer.ok()) return writer.status();
  writer_ = *std::move(writer);
  housekeeping_ = std::make_unique<Housekeeping>(*ingest);
  roll_ = std::make_unique<VantageRoll>(*ingest);
  return roll_->Refresh();
}

absl::Status Collector::StartServing(const net::Endpoint& endpoint) {
  service_ = std::make_unique<ingest::CollectionService>(ingest::ServiceEdges{
      .find_vantage =
          [this](const envelope::PublicKey& key) { return roll_->Find(key); },
      .now = Now,
      .writer = writer_.get(),
      .receipt_key = &identity_->receipt_key,
      .bench = {.shelf = *shelf_, .book = *book_},
      .on_stored = [this](const ingest::News& news) { OnStored(news); }});
  auto server = ingest::Server::Start(endpoint, *identity_, service_.get());
  if (!server.ok()) return server.status();
  server_ = *std::move(server);
  return absl::OkStatus();
}

void Collector::OnStored(const ingest::News& news) {
  if (!news.control.empty()) rejudger_->Grown(book_->Learn(news.control));
  if (!news.awaited.sets.empty()) rejudger_->Stored(news.awaited);
}

// Blocks the signals that end a server, in this thread and in all that it will
// start; then sigwait takes them.
sigset_t BlockEndSignals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  return ends;
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
