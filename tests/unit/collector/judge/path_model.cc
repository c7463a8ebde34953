// SPDX-License-Identifier: Apache-2.0
// Packets by arithmetic.
#include "tests/unit/collector/judge/path_model.h"

#include <algorithm>

namespace taster::judge {
namespace {

constexpr std::uint8_t kServerLook = 0;
constexpr int kConfirmations = 10;

}  // namespace

int PathModel::Arriving(int hop, int ip_ttl) const {
  int passed = hop - 1;
  if (hop >= path_.bent_from) passed = std::max(0, passed + path_.bend);
  return ip_ttl - passed;
}

TraceTry PathModel::Ask(std::uint8_t ip_ttl, bool control_name) {
  TraceTry one{.control_name = control_name, .query_ip_ttl = ip_ttl};
  const auto reply = [&](int arriving, bool has_opt, std::uint8_t look) {
    if (arriving < 1 || Happens(path_.loss_back)) return;
    one.replies.push_back({.ip_ttl = static_cast<std::uint8_t>(arriving),
                           .has_opt = has_opt,
                           .look = look});
  };
  if (Happens(path_.loss_out)) return one;
  for (const ModelInjector& injector : path_.injectors) {
    if (control_name || ip_ttl < injector.hop || !Happens(injector.answers)) {
      continue;
    }
    const int left = ip_ttl - (injector.hop - 1);
    int initial = injector.fixed;
    if (injector.ttl == ModelInjector::Ttl::kRandom) initial = Draw(1, 255);
    if (injector.ttl == ModelInjector::Ttl::kCopied) initial = left;
    reply(Arriving(injector.hop, initial), false, injector.look);
  }
  const int server = path_.routers + 1;
  if (path_.server_answers && ip_ttl >= server) {
    reply(Arriving(server, path_.server_ttl), true, kServerLook);
  }
  // Somebody forges ICMP: it names routers that are none.
  one.router = net::IpAddress::FromV4(static_cast<std::uint32_t>(Draw(1, 9)));
  return one;
}

void PathModel::Confirm(bool control_name, std::vector<TraceTry>* series) {
  int first = 256;
  for (const TraceTry& one : *series) {
    if (one.control_name != control_name || one.replies.empty()) continue;
    first = std::min<int>(first, one.query_ip_ttl);
  }
  if (first == 256 || first == 1) return;
  for (int i = 0; i < kConfirmations; ++i) {
    series->push_back(Ask(static_cast<std::uint8_t>(first - 1), control_name));
  }
}

std::vector<TraceTry> PathModel::Trace(const ModelSeries& plan) {
  std::vector<int> steps;
  for (int step = 1; step <= plan.max_hops; ++step) steps.push_back(step);
  if (plan.far) steps.insert(steps.end(), {64, 60, 55});
  std::vector<TraceTry> series;
  for (int repeat = 0; repeat < plan.repeats; ++repeat) {
    for (const int step : steps) {
      series.push_back(Ask(static_cast<std::uint8_t>(step), false));
      series.push_back(Ask(static_cast<std::uint8_t>(step), true));
    }
  }
  if (plan.confirms) {
    for (int round = 0; round < 2; ++round) {
      Confirm(false, &series);
      Confirm(true, &series);
    }
  }
  std::ranges::shuffle(series, random_);
  return series;
}

ModelPath RandomPath(std::mt19937& random) {
  const auto draw = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  std::uniform_real_distribution<double> share(0, 0.1);
  ModelPath path{.routers = draw(1, 12)};
  path.server_answers = draw(0, 3) > 0;
  path.server_ttl = std::vector{64, 128, 255}[std::size_t(draw(0, 2))];
  if (draw(0, 1) == 1) {
    path.bent_from = draw(1, path.routers + 1);
    path.bend = draw(-3, 3);
  }
  if (draw(0, 2) > 0) {
    path.loss_out = share(random);
    path.loss_back = share(random);
  }
  for (int i = draw(0, 2); i > 0; --i) {
    path.injectors.push_back({.hop = draw(1, path.routers + 1),
                              .ttl = ModelInjector::Ttl(draw(0, 2)),
                              .fixed = draw(0, 1) == 1 ? 64 : draw(30, 255),
                              .look = static_cast<std::uint8_t>(draw(1, 2)),
                              .answers = draw(0, 3) > 0 ? 1.0 : 0.7});
  }
  return path;
}

}  // namespace taster::judge
