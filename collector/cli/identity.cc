// SPDX-License-Identifier: Apache-2.0
// `taster-collector identity`: what probes pin.

#include "collector/ingest/identity.h"

#include <cstdio>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "proto/envelope/sign.h"

namespace taster::cli {

int PrintIdentity(const Settings& settings, bool json) {
  const auto identity =
      ingest::LoadOrMakeIdentity(settings.state_dir / "identity");
  if (!identity.ok()) return Fail(identity.status());
  const std::string key = envelope::ToHex(identity->receipt_key.public_key());
  if (json) {
    std::printf("{\"pin\":\"%s\",\"receipt_key\":\"%s\"}\n",
                identity->pin.c_str(), key.c_str());
    return kOk;
  }
  std::printf(
      "# For [collector] in a probe's configuration:\n"
      "pins = [\"%s\"]\n"
      "receipt_key = \"%s\"\n",
      identity->pin.c_str(), key.c_str());
  return kOk;
}

}  // namespace taster::cli
