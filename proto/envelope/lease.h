// SPDX-License-Identifier: Apache-2.0
// Signed queries for work and signed leases: what each end checks before it
// trusts the other's word.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/envelope/sign.h"
#include "taster/v1/tasking.pb.h"

namespace taster::envelope {

inline constexpr std::string_view kFetchContext = "taster fetch v1\n";
inline constexpr std::string_view kLeaseContext = "taster lease v1\n";
inline constexpr std::size_t kLeaseIdBytes = 16;

// Serialises and signs by the control's key.
v1::FetchTasksRequest SignTaskQuery(const SigningKey& key,
                                    const v1::TaskQuery& query);

// The query inside `request`. Unauthenticated unless key and signature are well
// formed and the signature covers it; InvalidArgument when the signed bytes are
// no query with a lease id. Says nothing about enrolment.
absl::StatusOr<v1::TaskQuery> VerifyTaskQuery(
    const v1::FetchTasksRequest& request);

// Serialises and signs by the collector's key.
v1::FetchTasksResponse SignLease(const SigningKey& key, const v1::Lease& lease);

// The lease inside `response`, iff `collector_key` signed it and it answers
// exactly this request. PermissionDenied otherwise.
absl::StatusOr<v1::Lease> VerifyLease(const PublicKey& collector_key,
                                      const v1::FetchTasksRequest& request,
                                      const v1::FetchTasksResponse& response);

}  // namespace taster::envelope
