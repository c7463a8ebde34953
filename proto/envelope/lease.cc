// SPDX-License-Identifier: Apache-2.0
// Who signs what, and what must match before it is believed.
#include "proto/envelope/lease.h"

#include <algorithm>
#include <span>
#include <string>

namespace taster::envelope {
namespace {

std::span<const std::uint8_t> BytesOf(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string TextOf(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

v1::FetchTasksRequest SignTaskQuery(const SigningKey& key,
                                    const v1::TaskQuery& query) {
  v1::FetchTasksRequest request;
  request.set_vantage_key(TextOf(key.public_key()));
  query.SerializeToString(request.mutable_query());
  request.set_signature(
      TextOf(key.Sign(kFetchContext, BytesOf(request.query()))));
  return request;
}

absl::StatusOr<v1::TaskQuery> VerifyTaskQuery(
    const v1::FetchTasksRequest& request) {
  PublicKey key;
  if (request.vantage_key().size() != key.size()) {
    return absl::UnauthenticatedError("vantage_key is not a key");
  }
  std::ranges::copy(BytesOf(request.vantage_key()), key.begin());
  if (!Verify(key, kFetchContext, BytesOf(request.query()),
              BytesOf(request.signature()))) {
    return absl::UnauthenticatedError("signature does not cover the query");
  }
  v1::TaskQuery query;
  if (!query.ParseFromString(request.query()) ||
      query.lease_id().size() != kLeaseIdBytes) {
    return absl::InvalidArgumentError("query: not a query with a lease id");
  }
  return query;
}

v1::FetchTasksResponse SignLease(const SigningKey& key,
                                 const v1::Lease& lease) {
  v1::FetchTasksResponse response;
  lease.SerializeToString(response.mutable_lease());
  response.set_signature(
      TextOf(key.Sign(kLeaseContext, BytesOf(response.lease()))));
  return response;
}

absl::StatusOr<v1::Lease> VerifyLease(const PublicKey& collector_key,
                                      const v1::FetchTasksRequest& request,
                                      const v1::FetchTasksResponse& response) {
  if (!Verify(collector_key, kLeaseContext, BytesOf(response.lease()),
              BytesOf(response.signature()))) {
    return absl::PermissionDeniedError("lease not signed by the collector");
  }
  v1::Lease lease;
  v1::TaskQuery query;
  if (!lease.ParseFromString(response.lease()) ||
      !query.ParseFromString(request.query())) {
    return absl::PermissionDeniedError("signed bytes are not a lease");
  }
  if (lease.vantage_key() != request.vantage_key() ||
      lease.lease_id() != query.lease_id()) {
    return absl::PermissionDeniedError("lease answers another query");
  }
  return lease;
}

}  // namespace taster::envelope
