// SPDX-License-Identifier: Apache-2.0
// taster-probe: builds the edges and hands them to the command line.
#include <malloc.h>

#include "probe/capture/stream_lookup.h"
#include "probe/capture/system_lookup.h"
#include "probe/capture/udp_capture.h"
#include "probe/cli/command_line.h"
#include "probe/cli/edges.h"
#include "probe/cli/host.h"
#include "probe/uplink/task_source.h"
#include "probe/uplink/uplink.h"
#include "proto/envelope/sign.h"

int main(int argc, char** argv) {
  // gRPC has a dozen threads that hardly allocate: one heap for all of them is
  // about 1 MB less on a volunteer's machine.
  mallopt(M_ARENA_MAX, 1);
  taster::envelope::Initialise();
  const taster::cli::Edges edges{
      .open_capture = taster::capture::UdpCapture::Open,
      .open_lookup = taster::capture::SystemLookup::Open,
      .open_streams = taster::capture::StreamLookup::Open,
      .open_uplink = taster::uplink::Uplink::Open,
      .open_task_source = taster::uplink::TaskSource::Open,
      .system_servers = taster::cli::SystemServers,
  };
  return taster::cli::RunCommandLine(argc, argv, edges);
}
