// SPDX-License-Identifier: Apache-2.0
// A witness that keeps all it is told, by token.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probe/capture/witness.h"

namespace taster::capture {

// An Arrived whose bytes stay.
struct KeptArrival {
  Arrived told;  // Its `message` is empty.
  std::vector<std::uint8_t> message;
};

struct KeptQuery {
  int sent_calls = 0;
  std::vector<std::uint8_t> query;
  std::uint16_t source_port = 0;
  std::chrono::sys_time<std::chrono::microseconds> time;
  std::vector<KeptArrival> arrivals;
  std::vector<IcmpArrived> icmp;
  std::optional<StreamFacts> stream;
  std::optional<Outcome> outcome;
  int closed_calls = 0;
  std::uint32_t uncounted = 0;
};

class RecordingWitness final : public Witness {
 public:
  void OnSent(Token token, const Sent& sent) override {
    KeptQuery& kept = queries[token];
    ++kept.sent_calls;
    kept.query.assign(sent.query.begin(), sent.query.end());
    kept.source_port = sent.source_port;
    kept.time = sent.time;
  }
  void OnArrived(Token token, const Arrived& arrived) override {
    KeptArrival kept{arrived, {arrived.message.begin(), arrived.message.end()}};
    kept.told.message = {};
    queries[token].arrivals.push_back(std::move(kept));
  }
  void OnIcmp(Token token, const IcmpArrived& icmp) override {
    queries[token].icmp.push_back(icmp);
  }
  void OnStream(Token token, const StreamFacts& facts) override {
    queries[token].stream = facts;
  }
  void OnClosed(Token token, Outcome outcome,
                std::uint32_t uncounted) override {
    KeptQuery& kept = queries[token];
    ++kept.closed_calls;
    kept.outcome = outcome;
    kept.uncounted = uncounted;
  }

  std::map<Token, KeptQuery> queries;
};

}  // namespace taster::capture
