// SPDX-License-Identifier: Apache-2.0
// `taster-collector enroll`: admits a probe by its key.

#include <cstdio>
#include <string>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/store/catalogue_store.h"
#include "proto/envelope/sign.h"

namespace taster::cli {

int Enroll(const Settings& settings, const EnrollOptions& options) {
  store::Enrolment enrolment;
  if (!envelope::FromHex(options.key, enrolment.key)) {
    return Fail(absl::InvalidArgumentError(
        "KEY: not 64 hex digits; `taster-probe key` prints it"));
  }
  enrolment.role = options.role == "control" ? store::VantageRole::kControl
                                             : store::VantageRole::kProbe;
  enrolment.country = options.country;
  enrolment.asn = options.asn;

  const auto connection = ConnectionFor(settings, "taster_enroll");
  if (!connection.ok()) return Fail(connection.status());
  const auto id = store::Enroll(*connection, enrolment);
  if (!id.ok()) return Fail(id.status());
  std::printf("vantage %lld: %s in %s/AS%u\n", static_cast<long long>(*id),
              options.role.c_str(), options.country.c_str(), options.asn);
  return kOk;
}

}  // namespace taster::cli
