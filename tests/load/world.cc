// SPDX-License-Identifier: Apache-2.0
#include "tests/load/world.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace taster::load {
namespace {

// Of a hundred names, so many begin or end to be forged within the load.
constexpr std::uint64_t kChanging = 15;
constexpr std::uint64_t kLatestChange = 50;

constexpr std::array kNetworks = {
    Network{"CN", 4134, Way::kGfw, 14, 6, 95},
    Network{"CN", 4837, Way::kGfw, 13, 5, 95},
    Network{"CN", 9808, Way::kGfw, 16, 8, 93},
    Network{"CN", 4538, Way::kGfw, 12, 7, 60},
    Network{"CN", 17621, Way::kGfw, 11, 4, 95},
    Network{"IR", 44244, Way::kIran, 12, 4, 70},
    Network{"IR", 197207, Way::kIran, 15, 5, 72},
    Network{"RU", 12389, Way::kResolver, 10, 0, 30},
    Network{"RU", 8402, Way::kResolver, 9, 0, 26},
    Network{"ID", 7713, Way::kResolver, 11, 0, 20},
    Network{"IN", 55836, Way::kResolver, 10, 0, 12},
    Network{"TR", 9121, Way::kResolver, 9, 0, 10},
    Network{"KZ", 9198, Way::kFree, 9, 0, 0},
    Network{"PK", 17557, Way::kFree, 12, 0, 0},
    Network{"BR", 28573, Way::kFree, 8, 0, 0},
    Network{"NL", 33915, Way::kFree, 6, 0, 0},
    Network{"DE", 3320, Way::kFree, 6, 0, 0},
    Network{"JP", 2907, Way::kFree, 7, 0, 0},
    Network{"MM", 9988, Way::kFree, 12, 0, 0},
    Network{"US", 7922, Way::kFree, 7, 0, 0},
};

// "192.0.2.1,192.0.2.2"; empty for "-".
std::vector<net::IpAddress> Addresses(const std::string& text) {
  std::vector<net::IpAddress> addresses;
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');) {
    const auto address = net::IpAddress::Parse(word);
    if (address && address->is_v4()) addresses.push_back(*address);
  }
  return addresses;
}

// Rows whose column `addresses` (from 0) has any.
absl::Status AddTargets(const std::string& path, std::size_t addresses,
                        bool censored, std::vector<Target>* targets) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> fields;
    std::istringstream words(line);
    for (std::string word; std::getline(words, word, '\t');) {
      fields.push_back(word);
    }
    if (fields.size() <= addresses) continue;
    const auto name = dns::Name::Parse(fields[0]);
    auto truth = Addresses(fields[addresses]);
    if (name && !truth.empty()) {
      targets->push_back({*name, std::move(truth), censored});
    }
  }
  return absl::OkStatus();
}

absl::Status ReadPool(const std::string& path,
                      std::vector<net::IpAddress>* pool) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (const auto address = net::IpAddress::Parse(line)) {
      pool->push_back(*address);
    }
  }
  if (pool->empty()) return absl::NotFoundError(path);
  return absl::OkStatus();
}

// Half of the names censored; more than there are by further labels.
std::vector<Target> Chosen(const std::vector<Target>& all, std::size_t names) {
  std::vector<Target> chosen;
  for (std::size_t i = 0; chosen.size() < names; ++i) {
    // Ends of the list by turns: the censored come first in it.
    const std::size_t at = i / 2 % all.size();
    Target target = i % 2 == 0 ? all[at] : all[all.size() - 1 - at];
    if (const std::size_t round = i / 2 / all.size(); round > 0) {
      target.name = *dns::Name::Parse("n" + std::to_string(round) + "." +
                                      target.name.ToText());
    }
    chosen.push_back(std::move(target));
  }
  return chosen;
}

}  // namespace

std::uint64_t Mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  // SplitMix64, https://prng.di.unimi.it/splitmix64.c (public domain).
  std::uint64_t z = a * 0x9e3779b97f4a7c15 + b * 0xd1b54a32d192ed03 +
                    c * 0x2545f4914f6cdd1d + 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

bool World::Forges(const Network& network, std::size_t target, int day) const {
  if (network.way == Way::kFree || !targets[target].censored) return false;
  const auto chance = Mixed(network.asn, target);
  if (static_cast<int>(chance % 100) >= network.share) return false;
  const auto change = Mixed(network.asn, target, 1);
  if (change % 100 >= kChanging) return true;
  const int when = static_cast<int>(change / 100 % kLatestChange);
  const bool begins = change / 10'000 % 4 != 0;
  return begins ? day >= when : day < when;
}

absl::StatusOr<World> ReadWorld(const std::string& facts, std::size_t names) {
  World world;
  world.networks.assign(kNetworks.begin(), kNetworks.end());
  std::vector<Target> all;
  auto status = AddTargets(facts + "/poisoned.tsv", 2, true, &all);
  if (status.ok()) status = AddTargets(facts + "/clean.tsv", 3, false, &all);
  if (status.ok()) status = ReadPool(facts + "/pool_main_a.txt", &world.pool);
  if (!status.ok()) return status;
  world.targets = Chosen(all, names);
  return world;
}

}  // namespace taster::load
