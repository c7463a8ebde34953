// SPDX-License-Identifier: Apache-2.0
#include "proto/envelope/lease.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace taster::envelope {
namespace {

class LeaseTest : public ::testing::Test {
 protected:
  LeaseTest() { Initialise(); }

  v1::TaskQuery Query() const {
    v1::TaskQuery query;
    query.set_lease_id(std::string(16, 'q'));
    query.set_max_tasks(7);
    return query;
  }

  v1::Lease For(const v1::FetchTasksRequest& request) const {
    v1::Lease lease;
    lease.set_vantage_key(request.vantage_key());
    lease.set_lease_id(Query().lease_id());
    lease.add_tasks()->add_qtypes(1);
    return lease;
  }

  const SigningKey control_ = SigningKey::FromSeed(RandomSecret());
  const SigningKey collector_ = SigningKey::FromSeed(RandomSecret());
};

TEST_F(LeaseTest, SignedQueryComesBack) {
  const auto query = VerifyTaskQuery(SignTaskQuery(control_, Query()));
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ(query->max_tasks(), 7u);
}

TEST_F(LeaseTest, ChangedQueriesAreNobodys) {
  const std::function<void(v1::FetchTasksRequest*)> changes[] = {
      [](auto* request) { request->mutable_query()->back() ^= 1; },
      [](auto* request) { request->mutable_signature()->back() ^= 1; },
      [](auto* request) { request->mutable_signature()->pop_back(); },
      [](auto* request) { request->mutable_vantage_key()->pop_back(); },
      [](auto* request) { request->clear_signature(); },
      [this](auto* request) {
        request->set_vantage_key(std::string(collector_.public_key().begin(),
                                             collector_.public_key().end()));
      },
  };
  for (const auto& change : changes) {
    auto request = SignTaskQuery(control_, Query());
    change(&request);
    EXPECT_TRUE(absl::IsUnauthenticated(VerifyTaskQuery(request).status()));
  }
}

TEST_F(LeaseTest, AQueryNeedsALeaseId) {
  auto query = Query();
  query.set_lease_id("short");
  EXPECT_TRUE(absl::IsInvalidArgument(
      VerifyTaskQuery(SignTaskQuery(control_, query)).status()));
}

TEST_F(LeaseTest, OnlyTheCollectorsWordForThisQueryIsALease) {
  const auto request = SignTaskQuery(control_, Query());
  const auto response = SignLease(collector_, For(request));
  const auto lease = VerifyLease(collector_.public_key(), request, response);
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_EQ(lease->tasks_size(), 1);

  EXPECT_TRUE(absl::IsPermissionDenied(
      VerifyLease(control_.public_key(), request, response).status()));
  auto other = Query();
  other.set_lease_id(std::string(16, 'x'));
  EXPECT_TRUE(absl::IsPermissionDenied(
      VerifyLease(collector_.public_key(), SignTaskQuery(control_, other),
                  response)
          .status()));
  auto changed = response;
  changed.mutable_lease()->back() ^= 1;
  EXPECT_TRUE(absl::IsPermissionDenied(
      VerifyLease(collector_.public_key(), request, changed).status()));
}

// A receipt or a batch never passes as a lease or a query.
TEST_F(LeaseTest, SignaturesOfOtherKindsDoNotPass) {
  const auto request = SignTaskQuery(control_, Query());
  const std::string bytes = For(request).SerializeAsString();
  const auto signature = collector_.Sign(
      kReceiptContext,
      {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  v1::FetchTasksResponse response;
  response.set_lease(bytes);
  response.set_signature(std::string(signature.begin(), signature.end()));
  EXPECT_TRUE(absl::IsPermissionDenied(
      VerifyLease(collector_.public_key(), request, response).status()));
}

}  // namespace
}  // namespace taster::envelope
