// SPDX-License-Identifier: Apache-2.0
// What is noted at an open query, and told to the witness, when something
// comes for it. The same for the engine's queries and for c-ares's.
#pragma once

#include <chrono>

#include "probe/capture/echo_mark.h"
#include "probe/capture/icmp_error.h"
#include "probe/capture/open_query.h"
#include "probe/capture/witness.h"

namespace taster::capture {

// Counts a datagram and tells it, with `matches` filled in, if it is one of
// the first. `query` is not used after the witness was called.
void TellArrived(OpenQuery* query, const EchoMark& mark, Arrived arrived,
                 Witness* witness);

// The same for an ICMP error.
void TellIcmp(OpenQuery* query, const IcmpError& error,
              std::chrono::microseconds offset, Witness* witness);

// Of a send that the system refused with this errno.
Outcome OutcomeOfSend(int error);

}  // namespace taster::capture
