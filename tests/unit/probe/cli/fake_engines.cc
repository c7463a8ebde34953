// SPDX-License-Identifier: Apache-2.0
// Each question is "sent", answered once and closed some turns later.
#include "tests/unit/probe/cli/fake_engines.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "proto/dns/query_builder.h"

namespace taster::cli {
namespace {

// Either engine: their contracts differ in what they open, not in how they
// tell.
class Answerer {
 public:
  Answerer(World* world, capture::Witness* witness)
      : world_(world), witness_(witness) {}

  bool Ask(const capture::Question& question, capture::Token token) {
    std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> query{};
    const auto size = dns::QueryTemplate::Build(question.shape)
                          ->Write(7, question.qname.wire(), query);
    const std::span sent(query.data(), size);
    const auto now = std::chrono::floor<std::chrono::microseconds>(
        std::chrono::system_clock::now());
    witness_->OnSent(token, {.query = sent, .source_port = 4711, .time = now});
    query[2] |= 0x80;
    const auto reply = ReplyOf(question, sent);
    const bool answers = !world_->answers || world_->answers(question);
    if (answers) {
      witness_->OnArrived(
          token, {.message = reply,
                  .original_size = static_cast<std::uint32_t>(reply.size()),
                  .offset = std::chrono::milliseconds(1),
                  .source = question.server,
                  .ip_ttl = {},
                  .dont_fragment = {},
                  .ip_id_zero = {},
                  .matches = true});
    }
    open_.push_back({token, world_->turns_open, answers});
    ++world_->asked;
    if (world_->on_ask) world_->on_ask(world_->asked);
    return true;
  }

  void Run(std::chrono::milliseconds patience) {
    std::this_thread::sleep_for(
        std::min(patience, std::chrono::milliseconds(1)));
    for (auto& one : open_) --one.turns;
    while (!open_.empty() && open_.front().turns <= 0) {
      Close(open_.front().answered ? capture::Outcome::kResponse
                                   : capture::Outcome::kTimeout);
    }
  }

  void CancelAll() {
    while (!open_.empty()) Close(capture::Outcome::kCancelled);
  }
  std::size_t size() const { return open_.size(); }

 private:
  struct Open {
    capture::Token token;
    int turns;
    bool answered;
  };
  // The question, and the address behind it where there is one.
  std::vector<std::uint8_t> ReplyOf(const capture::Question& question,
                                    std::span<const std::uint8_t> query) const {
    std::vector<std::uint8_t> reply(query.begin(), query.end());
    if (!world_->address) return reply;
    reply.resize(12 + question.qname.wire().size() + 4);
    reply[7] = 1;   // ANCOUNT
    reply[11] = 0;  // ARCOUNT
    const bool v4 = world_->address->is_v4();
    const auto rdata = world_->address->bytes();
    reply.insert(reply.end(),
                 {0xc0, 12, 0, static_cast<std::uint8_t>(v4 ? 1 : 28), 0, 1, 0,
                  0, 0, 60, 0, static_cast<std::uint8_t>(rdata.size())});
    reply.insert(reply.end(), rdata.begin(), rdata.end());
    return reply;
  }
  void Close(capture::Outcome outcome) {
    const auto token = open_.front().token;
    open_.pop_front();
    witness_->OnClosed(token, outcome, 0);
  }

  World* world_;
  capture::Witness* witness_;
  std::deque<Open> open_;
};

class FakeCapture final : public capture::UdpCapture {
 public:
  FakeCapture(World* world, capture::Witness* witness)
      : answerer_(world, witness) {}
  bool Ask(const capture::Question& question, capture::Token token) override {
    return answerer_.Ask(question, token);
  }
  absl::Status Run(std::chrono::milliseconds patience) override {
    answerer_.Run(patience);
    return absl::OkStatus();
  }
  std::size_t open_queries() const override { return answerer_.size(); }
  void CancelAll() override { answerer_.CancelAll(); }
  std::uint64_t unsolicited() const override { return 0; }

 private:
  Answerer answerer_;
};

class FakeLookup final : public capture::SystemLookup {
 public:
  FakeLookup(World* world, capture::Witness* witness)
      : answerer_(world, witness) {}
  bool Ask(const capture::Question& question, capture::Token token) override {
    return answerer_.Ask(question, token);
  }
  absl::Status Run(std::chrono::milliseconds patience) override {
    answerer_.Run(patience);
    return absl::OkStatus();
  }
  std::size_t open_queries() const override { return answerer_.size(); }
  void CancelAll() override { answerer_.CancelAll(); }
  std::vector<net::Endpoint> servers() const override { return {}; }

 private:
  Answerer answerer_;
};

// Serves what it is asked to check.
class FakeStreams final : public capture::StreamLookup {
 public:
  FakeStreams(World* world, capture::Witness* witness)
      : world_(world), witness_(witness) {}
  bool Ask(const capture::Question& question, capture::Token token) override {
    world_->streamed.push_back(question);
    open_.push_back(token);
    if (world_->on_check) world_->on_check(world_->streamed.size());
    return true;
  }
  absl::Status Run(std::chrono::milliseconds) override {
    Close(capture::Outcome::kServed);
    return absl::OkStatus();
  }
  std::size_t open_queries() const override { return open_.size(); }
  void CancelAll() override { Close(capture::Outcome::kCancelled); }

 private:
  void Close(capture::Outcome outcome) {
    for (const auto token : std::exchange(open_, {})) {
      witness_->OnSent(token, {.query = {}, .source_port = 1, .time = {}});
      witness_->OnStream(token, {});
      witness_->OnClosed(token, outcome, 0);
    }
  }

  World* world_;
  capture::Witness* witness_;
  std::vector<capture::Token> open_;
};

// Gives its lease, then waits until it is cancelled.
class FakeTaskSource final : public uplink::TaskSource {
 public:
  explicit FakeTaskSource(World* world) : world_(world) {}

  absl::StatusOr<v1::Lease> Fetch(std::uint32_t /*max_tasks*/,
                                  std::chrono::milliseconds wait) override {
    if (!world_->lease_failure.ok()) return world_->lease_failure;
    std::unique_lock lock(mutex_);
    if (!std::exchange(given_, true)) return world_->lease;
    changed_.wait_for(lock, wait, [this] { return cancelled_; });
    return v1::Lease();
  }
  void Cancel() override {
    {
      const std::lock_guard lock(mutex_);
      cancelled_ = true;
    }
    changed_.notify_all();
  }

 private:
  World* world_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool given_ = false;
  bool cancelled_ = false;
};

}  // namespace

Edges FakeEdges(World* world) {
  Edges edges;
  edges.open_capture = [world](const auto&, capture::Witness* witness) {
    ++world->captures_opened;
    return std::make_unique<FakeCapture>(world, witness);
  };
  edges.open_lookup = [world](const auto&, capture::Witness* witness) {
    return std::make_unique<FakeLookup>(world, witness);
  };
  edges.open_streams = [world](const auto&, capture::Witness* witness) {
    ++world->streams_opened;
    return std::make_unique<FakeStreams>(world, witness);
  };
  edges.open_uplink = [world](uplink::UplinkOptions options) {
    ++world->uplinks_opened;
    if (world->collector) options = world->collector->Options();
    return uplink::Uplink::Open(std::move(options));
  };
  edges.open_task_source = [world](const auto&, const auto&) {
    ++world->sources_opened;
    return std::make_unique<FakeTaskSource>(world);
  };
  edges.system_servers = [] { return std::vector<net::Endpoint>(); };
  return edges;
}

}  // namespace taster::cli
