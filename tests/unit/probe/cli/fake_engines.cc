// SPDX-License-Identifier: Apache-2.0
// Each question is "sent", answered once and closed some turns later.
#include "tests/unit/probe/cli/fake_engines.h"

#include <array>
#include <thread>

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
    const bool answers = !world_->answers || world_->answers(question);
    if (answers) {
      witness_->OnArrived(token,
                          {.message = sent,
                           .original_size = static_cast<std::uint32_t>(size),
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
  edges.open_uplink = [world](uplink::UplinkOptions options) {
    ++world->uplinks_opened;
    if (world->collector) options = world->collector->Options();
    return uplink::Uplink::Open(std::move(options));
  };
  edges.system_servers = [] { return std::vector<net::Endpoint>(); };
  return edges;
}

}  // namespace taster::cli
