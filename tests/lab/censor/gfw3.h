// SPDX-License-Identifier: Apache-2.0
// Injector 3: IP ID 0, mirrored TTL, several processes that walk their pools.
#pragma once

#include <optional>
#include <random>
#include <vector>

#include "tests/lab/censor/forgery.h"
#include "tests/lab/censor/rules.h"

namespace taster::lab {

// `pools` and `random` outlive the injector.
class Gfw3 final {
 public:
  Gfw3(const Pools& pools, unsigned processes, std::mt19937_64& random);

  // nullopt: a group, type or name length that injector 3 leaves alone.
  std::optional<Forgery> Forge(const UdpPacket& query, const Question& question,
                               Group group);

  // The process that serves this 4-tuple.
  std::size_t ProcessOf(const UdpPacket& query) const;

 private:
  // Where one process stands in either pool.
  struct Process {
    std::size_t next_a = 0;
    std::size_t next_aaaa = 0;
  };
  Ipv4 NextIpv4(Process& process);
  Ipv6 NextIpv6(Process& process);

  const Pools& pools_;
  std::mt19937_64& random_;
  std::vector<Process> processes_;
};

}  // namespace taster::lab
