// SPDX-License-Identifier: Apache-2.0
// What a control was answered, also where that teaches nothing of the name.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "collector/control/control_book.h"
#include "collector/judge/reference.h"
#include "collector/store/judged_batch.h"
#include "proto/net/ip_address.h"

namespace taster::control {

// One name and type, as a control's batch has it. Of several resolvers the
// worst word counts: failed, addresses, NODATA, NXDOMAIN, refused, from best to
// worst, but an answer beats a failure.
struct ControlAnswer {
  enum class Kind : std::uint8_t {
    kFailed,  // No usable reply.
    kAddresses,
    kNodata,
    kNxdomain,
    // The null address, loopback, or a block page's: somebody withholds the
    // name.
    kWithheld,
  };
  NameType name;
  Kind kind = Kind::kFailed;
  std::vector<net::IpAddress> addresses;  // Sorted, distinct.
  std::vector<std::uint32_t> owners;      // Their AS; sorted, distinct.
  // One of them stands in a pool that injectors draw from.
  bool of_pool = false;

  friend bool operator==(const ControlAnswer&, const ControlAnswer&) = default;
};

// REQUIRES: a batch of a control. Answers on behalf of other networks are left
// out: they may well be others. So is what was not asked for addresses.
std::vector<ControlAnswer> FindAnswers(const store::JudgedBatch& batch,
                                       const judge::Reference& reference);

}  // namespace taster::control
