// SPDX-License-Identifier: Apache-2.0
// load-generator: whom to enrol, and what they send.
//
//   load-generator keys
//   load-generator send --endpoint HOST:PORT --pin HEX --receipt-key HEX
#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "probe/uplink/uplink.h"
#include "proto/envelope/batch_id.h"
#include "tests/load/sets.h"

namespace taster::load {
namespace {

constexpr std::uint32_t kMostMeasurements = 512;
constexpr std::size_t kMostBytes = 240 * 1024;
constexpr int kControls = 2;
constexpr int kThreads = 24;

struct Options {
  std::string facts = "tests/lab/facts";
  std::string endpoint;
  std::string pin;
  std::string receipt_key;
  std::uint64_t measurements = 1'000'000;
  std::size_t names = 300;
  std::uint32_t probes = 6;  // Of a network.
  int days = 60;
};

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "load-generator: %s\n", why.c_str());
  std::exit(1);
}

envelope::SigningKey KeyOf(const Prober& prober) {
  envelope::Secret seed{};
  for (std::size_t i = 0; i < seed.size(); ++i) {
    seed[i] = static_cast<std::uint8_t>(Mixed(prober.number, i, 77));
  }
  return envelope::SigningKey::FromSeed(seed);
}

// Volunteers first, then controls in the last networks.
std::vector<Prober> Probers(const World& world, std::uint32_t probes) {
  std::vector<Prober> all;
  std::uint32_t number = 0;
  for (const auto& network : world.networks) {
    for (std::uint32_t i = 0; i < probes; ++i) {
      all.push_back({&network, number++, false});
    }
  }
  for (int i = 1; i <= kControls; ++i) {
    all.push_back(
        {&world.networks[world.networks.size() - static_cast<std::size_t>(i)],
         number++, true});
  }
  return all;
}

void PrintKeys(const std::vector<Prober>& probers) {
  for (const auto& prober : probers) {
    std::printf("%s %s %s %u\n",
                envelope::ToHex(KeyOf(prober).public_key()).c_str(),
                prober.is_control ? "control" : "probe",
                prober.network->country, prober.network->asn);
  }
}

class Sender {
 public:
  explicit Sender(uplink::Uplink* uplink) : uplink_(uplink) {}

  std::uint64_t sent() const { return sent_; }

  // Sends what `batch` holds, of `prober` and `day`, and empties it.
  void Send(const Prober& prober, std::chrono::sys_days day, v1::Batch* batch) {
    if (batch->measurements().empty()) return;
    const auto id = envelope::BatchId::Make(day);
    const std::string text(id.bytes.begin(), id.bytes.end());
    batch->set_batch_id(text);
    batch->set_software("load-generator/1");
    batch->set_target_list("local");
    v1::SubmitBatchRequest request;
    const auto key = KeyOf(prober);
    request.set_vantage_key(key.public_key().data(), key.public_key().size());
    request.set_batch_id(text);
    batch->SerializeToString(request.mutable_plain());
    const auto signature =
        key.Sign(envelope::kBatchContext, envelope::HashOf(request.plain()));
    request.set_signature(signature.data(), signature.size());
    Deliver(request);
    sent_ += static_cast<std::uint64_t>(batch->measurements_size());
    batch->Clear();
  }

 private:
  void Deliver(const v1::SubmitBatchRequest& request) {
    while (true) {
      const auto receipt = uplink_->Submit(request);
      if (receipt.ok() && receipt->status() == v1::RECEIPT_STATUS_STORED) {
        if (receipt->refused().empty()) return;
        Die("a measurement was refused: " + receipt->refused(0).field());
      }
      if (receipt.ok()) Die("a batch was rejected");
      const auto& status = receipt.status();
      if (!absl::IsResourceExhausted(status) && !absl::IsUnavailable(status)) {
        Die(status.ToString());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }

  uplink::Uplink* uplink_;
  std::uint64_t sent_ = 0;
};

// One prober's day: `sets` targets, which ones changes from day to day.
void SendDay(const World& world, const Sets& sets, const Prober& prober,
             int day, std::size_t count, std::chrono::sys_days date,
             Sender* sender) {
  v1::Batch batch;
  std::uint32_t set = 0;
  const auto flush = [&] {
    sender->Send(prober, date, &batch);
    set = 0;
  };
  const std::size_t first =
      Mixed(static_cast<unsigned>(day), prober.network->asn) %
      world.targets.size();
  const std::size_t all = prober.is_control ? world.targets.size() : count;
  for (std::size_t i = 0; i < all; ++i) {
    sets.AddTarget(prober, (first + i) % world.targets.size(), day, set++,
                   &batch);
    if (batch.measurements_size() + kSetSize > int{kMostMeasurements} ||
        batch.ByteSizeLong() > kMostBytes) {
      flush();
    }
  }
  flush();
  if (!prober.is_control && prober.number % 3 == 0) {
    sets.AddTrace(prober, first, day, 0, &batch);
    flush();
  }
}

std::unique_ptr<uplink::Uplink> Open(const Options& options) {
  uplink::UplinkOptions to;
  to.endpoint = options.endpoint;
  to.pins.resize(1);
  if (!envelope::FromHex(options.pin, to.pins[0]) ||
      !envelope::FromHex(options.receipt_key, to.receipt_key)) {
    Die("--pin and --receipt-key have 64 hex digits each");
  }
  auto uplink = uplink::Uplink::Open(std::move(to));
  if (!uplink.ok()) Die(uplink.status().ToString());
  return *std::move(uplink);
}

// All days of `probers`, several probers at a time; each waits for a receipt
// before it sends on, as probes do.
void SendOf(const Options& options, const World& world,
            const std::vector<Prober>& probers, std::size_t each,
            std::atomic<std::uint64_t>* sent) {
  const auto today =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto begin = today - std::chrono::days(options.days - 1);
  const Sets sets(world, begin);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    const auto uplink = Open(options);
    for (std::size_t i = next++; i < probers.size(); i = next++) {
      Sender sender(uplink.get());
      for (int day = 0; day < options.days; ++day) {
        SendDay(world, sets, probers[i], day, each,
                begin + std::chrono::days(day), &sender);
      }
      *sent += sender.sent();
    }
  };
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
}

void SendAll(const Options& options, const World& world) {
  auto volunteers = Probers(world, options.probes);
  const auto each =
      options.measurements /
      (static_cast<std::uint64_t>(options.days) * volunteers.size() * kSetSize);
  std::vector<Prober> controls;
  while (volunteers.back().is_control) {
    controls.push_back(volunteers.back());
    volunteers.pop_back();
  }
  const auto started = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> sent = 0;
  // Controls first, so that little has to be judged again.
  SendOf(options, world, controls, each, &sent);
  SendOf(options, world, volunteers, each, &sent);
  const std::chrono::duration<double> spent =
      std::chrono::steady_clock::now() - started;
  std::printf("sent %llu\nsent_per_second %.0f\n",
              static_cast<unsigned long long>(sent),
              static_cast<double>(sent) / spent.count());
}

int Main(int argc, char** argv) {
  CLI::App app("Fills a collector with a load, through its own door.");
  Options options;
  app.add_option("--facts", options.facts, "The directory tests/lab/facts");
  app.add_option("--probes", options.probes, "Volunteers of a network");
  app.add_option("--names", options.names, "Targets");
  app.require_subcommand(1);
  auto* keys = app.add_subcommand("keys", "A line KEY ROLE COUNTRY AS each");
  auto* send = app.add_subcommand("send", "Sends everything");
  send->add_option("--endpoint", options.endpoint, "HOST:PORT")->required();
  send->add_option("--pin", options.pin, "SHA-256, as 64 hex digits")
      ->required();
  send->add_option("--receipt-key", options.receipt_key, "Likewise")
      ->required();
  send->add_option("--measurements", options.measurements, "About how many");
  send->add_option("--days", options.days, "Up to today")
      ->check(CLI::Range(1, 90));
  CLI11_PARSE(app, argc, argv);
  envelope::Initialise();
  const auto world = ReadWorld(options.facts, options.names);
  if (!world.ok()) Die(world.status().ToString());
  if (keys->parsed()) {
    PrintKeys(Probers(*world, options.probes));
  } else {
    SendAll(options, *world);
  }
  return 0;
}

}  // namespace
}  // namespace taster::load

int main(int argc, char** argv) { return taster::load::Main(argc, argv); }
