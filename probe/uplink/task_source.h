// SPDX-License-Identifier: Apache-2.0
// Asks the collector for names that a control is to look at.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "probe/uplink/uplink.h"
#include "proto/envelope/sign.h"
#include "taster/v1/tasking.pb.h"

namespace taster::uplink {

// One thread fetches; any other may cancel. Has a connection of its own, since
// a query for work waits.
class TaskSource {
 public:
  // `key` signs the queries. Errors as Uplink::Open.
  static absl::StatusOr<std::unique_ptr<TaskSource>> Open(
      UplinkOptions options, envelope::SigningKey key);
  virtual ~TaskSource() = default;

  // A lease that the collector signed for this query; without tasks when there
  // was nothing to do within `wait`. After an error the next call asks for the
  // same lease, so that none is lost with its answer. PermissionDenied when the
  // pin or the signature fails, or this key is no control's; else as
  // Uplink::Submit.
  virtual absl::StatusOr<v1::Lease> Fetch(std::uint32_t max_tasks,
                                          std::chrono::milliseconds wait) = 0;
  // Ends the call under way, and every later one.
  virtual void Cancel() = 0;
};

}  // namespace taster::uplink
