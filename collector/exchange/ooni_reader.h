// SPDX-License-Identifier: Apache-2.0
// Reads OONI's measurements.
#pragma once

#include "absl/status/status.h"
#include "collector/exchange/line_source.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

// One measurement a line, as OONI publishes them, or spread over lines. Reads
// web_connectivity, dnsping and every test whose `test_keys.queries` is
// df-002-dnst; what OoniLine writes comes back as it was. A measurement in
// which anything is not as the specification says is left out whole.
//
// Errors: what `lines` or `sink` return.
absl::Status ReadOoni(const LineSource& lines, const Sink& sink);

}  // namespace taster::exchange
