// SPDX-License-Identifier: Apache-2.0
// Who is enrolled.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/envelope/sign.h"

namespace taster::store {

enum class VantageRole : std::uint8_t { kProbe, kControl };

// What an operator says of a probe in one network.
struct Enrolment {
  envelope::PublicKey key{};
  VantageRole role = VantageRole::kProbe;
  std::string country;    // ISO 3166-1 alpha-2, upper case.
  std::uint32_t asn = 0;  // 0: not known.

  friend bool operator==(const Enrolment&, const Enrolment&) = default;
};

struct Vantage {
  std::int64_t vantage_id = 0;
  Enrolment enrolment;
  bool is_revoked = false;
};

// Each function connects, does its work in one transaction, and leaves; any
// thread may call it. `connection` is a libpq connection string of the role
// named.

// As taster_enroll. Gives the id; the one it has when the same key is enrolled
// alike already. AlreadyExists when the key stands for another role or network;
// FailedPrecondition when it was revoked (a key never comes back);
// InvalidArgument for a country that is none.
absl::StatusOr<std::int64_t> Enroll(const std::string& connection,
                                    const Enrolment& enrolment);

// As taster_enroll. From now on nothing more is accepted; evidence stays.
// NotFound for a key that was never enrolled.
absl::Status Revoke(const std::string& connection,
                    const envelope::PublicKey& key);

// As taster_enroll, taster_ingest or taster_judge. Everyone, the revoked too.
absl::StatusOr<std::vector<Vantage>> FindVantages(
    const std::string& connection);

}  // namespace taster::store
