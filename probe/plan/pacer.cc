// SPDX-License-Identifier: Apache-2.0
// Draws the gaps and keeps the limits.
#include "probe/plan/pacer.h"

#include <algorithm>
#include <cmath>

namespace taster::plan {
namespace {

constexpr std::chrono::seconds kWindow{10};
// A loop that woke up late may catch up this far, so that the mean rate holds
// although timers are coarse.
constexpr std::chrono::milliseconds kCatchUp{100};
// Mean of the random part of a server's rest, as a share of the rest.
constexpr double kRestJitter = 0.2;
constexpr std::size_t kManyServers = 1024;

}  // namespace

Pacer::Pacer(double rate, const Caps& caps, Rng& rng)
    : rate_(rate),
      rate_per_server_(caps.rate_per_server),
      rng_(rng()),
      window_(static_cast<std::size_t>(std::max(
                  1.0, std::floor(caps.rate *
                                  static_cast<double>(kWindow.count())))),
              Instant::min()) {}

std::chrono::nanoseconds Pacer::Draw(double mean_seconds) {
  std::exponential_distribution<double> gap(1 / mean_seconds);
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::duration<double>(gap(rng_)));
}

Instant Pacer::NextDue(const net::IpAddress& server, Instant now) {
  if (next_ == Instant::min()) next_ = now + Draw(1 / rate_);
  Instant due = next_;
  if (window_[oldest_] != Instant::min()) {
    due = std::max(due, window_[oldest_] + kWindow);
  }
  const auto found = server_next_.find(server);
  if (found != server_next_.end()) due = std::max(due, found->second);
  return due;
}

void Pacer::Sent(const net::IpAddress& server, Instant now) {
  next_ = std::max(next_, now - kCatchUp) + Draw(1 / rate_);
  window_[oldest_] = now;
  oldest_ = (oldest_ + 1) % window_.size();
  if (rate_per_server_ <= 0) return;
  if (server_next_.size() >= kManyServers) {
    std::erase_if(server_next_,
                  [now](const auto& entry) { return entry.second <= now; });
  }
  const double rest = 1 / rate_per_server_;
  server_next_[server] = now +
                         std::chrono::duration_cast<std::chrono::nanoseconds>(
                             std::chrono::duration<double>(rest)) +
                         Draw(rest * kRestJitter);
}

}  // namespace taster::plan
