// SPDX-License-Identifier: Apache-2.0
// A path with routers, a server and injectors, as packets meet it.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "collector/judge/hop_series.h"

namespace taster::judge {

struct ModelInjector {
  enum class Ttl { kFixed, kRandom, kCopied };
  int hop = 1;
  Ttl ttl = Ttl::kRandom;
  int fixed = 64;
  std::uint8_t look = 1;
  double answers = 1;  // Share of what it sees.
};

struct ModelPath {
  int routers = 3;  // The server is hop routers + 1.
  bool server_answers = true;
  int server_ttl = 64;
  // What comes back from hop `bent_from` or beyond passes that many routers
  // more (or fewer).
  int bent_from = 1;
  int bend = 0;
  double loss_out = 0;  // Whole path, each way.
  double loss_back = 0;
  std::vector<ModelInjector> injectors{};
};

struct ModelSeries {
  int max_hops = 8;
  int repeats = 3;
  bool far = true;
  bool confirms = true;
};

class PathModel {
 public:
  PathModel(ModelPath path, std::mt19937& random)
      : path_(std::move(path)), random_(random) {}

  // What a trace of it brings home.
  std::vector<TraceTry> Trace(const ModelSeries& plan);
  TraceTry Ask(std::uint8_t ip_ttl, bool control_name);

 private:
  bool Happens(double share) {
    return std::bernoulli_distribution(share)(random_);
  }
  int Draw(int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random_);
  }
  // IP TTL at the probe of what left hop `hop` with `ip_ttl`; below 1: dead.
  int Arriving(int hop, int ip_ttl) const;
  void Confirm(bool control_name, std::vector<TraceTry>* series);

  ModelPath path_;
  std::mt19937& random_;
};

// Any path: up to 12 routers, up to two injectors, up to 10 % loss each way.
ModelPath RandomPath(std::mt19937& random);

}  // namespace taster::judge
