// SPDX-License-Identifier: Apache-2.0
// `taster-collector validate-chain`: the process in which `serve` and `explain`
// have chains of DNSSEC validated. Touches no state.

#include <unistd.h>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/control/dnssec/proof_server.h"
#include "collector/control/dnssec/trust_anchor.h"

namespace taster::cli {

int ValidateChains(const Settings& settings) {
  const auto anchors = control::dnssec::LoadAnchors(settings.trust_anchor);
  if (!anchors.ok()) return Fail(anchors.status());
  control::dnssec::Confine();
  return control::dnssec::ServeProofs(STDIN_FILENO, STDOUT_FILENO, *anchors);
}

}  // namespace taster::cli
