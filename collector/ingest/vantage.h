// SPDX-License-Identifier: Apache-2.0
// Who may hand over evidence, as the ingest room needs to know it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "collector/judge/network.h"
#include "proto/envelope/sign.h"

namespace taster::ingest {

enum class Role : std::uint8_t { kProbe, kControl };

// One enrolled probe in one network.
struct Vantage {
  std::int64_t id = 0;
  Role role = Role::kProbe;
  judge::Network network{};
};

// Looks a key up; nullopt: not enrolled, or revoked. Called from gRPC's
// threads, at once, for every batch.
using FindVantage =
    std::function<std::optional<Vantage>(const envelope::PublicKey&)>;

}  // namespace taster::ingest
