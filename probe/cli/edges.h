// SPDX-License-Identifier: Apache-2.0
// The doors to the outside: made in main, or by a test.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "probe/capture/stream_lookup.h"
#include "probe/capture/system_lookup.h"
#include "probe/capture/udp_capture.h"
#include "probe/uplink/task_source.h"
#include "probe/uplink/uplink.h"

namespace taster::cli {

struct Edges {
  std::function<absl::StatusOr<std::unique_ptr<capture::UdpCapture>>(
      const capture::UdpCaptureOptions&, capture::Witness*)>
      open_capture;
  std::function<absl::StatusOr<std::unique_ptr<capture::SystemLookup>>(
      const capture::SystemLookupOptions&, capture::Witness*)>
      open_lookup;
  std::function<absl::StatusOr<std::unique_ptr<capture::StreamLookup>>(
      const capture::StreamLookupOptions&, capture::Witness*)>
      open_streams;
  std::function<absl::StatusOr<std::unique_ptr<uplink::Uplink>>(
      uplink::UplinkOptions)>
      open_uplink;
  // Of controls.
  std::function<absl::StatusOr<std::unique_ptr<uplink::TaskSource>>(
      uplink::UplinkOptions, envelope::SigningKey)>
      open_task_source;
  // The system's own resolvers.
  std::function<std::vector<net::Endpoint>()> system_servers;
};

}  // namespace taster::cli
