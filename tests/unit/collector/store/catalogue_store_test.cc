// SPDX-License-Identifier: Apache-2.0
#include "collector/store/catalogue_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "collector/store/reference_store.h"
#include "tests/unit/collector/store/postgres_fixture.h"

namespace taster::store {
namespace {

class CatalogueStoreTest : public testing::Test {
 protected:
  // A key no other test enrolls.
  static Enrolment Sample(std::uint8_t first_byte) {
    Enrolment enrolment{.key = {}, .country = "TM", .asn = 4294967295};
    enrolment.key.fill(0xab);
    enrolment.key[0] = first_byte;
    return enrolment;
  }

  const std::string enroll_ = TestPostgres::Get().Connection("taster_enroll");
  const std::string ingest_ = TestPostgres::Get().Connection("taster_ingest");
};

TEST_F(CatalogueStoreTest, EnrollingTwiceGivesTheSameId) {
  const absl::StatusOr<std::int64_t> first = Enroll(enroll_, Sample(1));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_GT(*first, 0);
  EXPECT_EQ(*Enroll(enroll_, Sample(1)), *first);
}

TEST_F(CatalogueStoreTest, AKeyStandsForOneRoleAndNetwork) {
  ASSERT_TRUE(Enroll(enroll_, Sample(2)).ok());
  Enrolment other = Sample(2);
  other.role = VantageRole::kControl;
  EXPECT_EQ(Enroll(enroll_, other).status().code(),
            absl::StatusCode::kAlreadyExists);
  other = Sample(2);
  other.asn = 1;
  EXPECT_EQ(Enroll(enroll_, other).status().code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_F(CatalogueStoreTest, RefusesWhatIsNoCountry) {
  Enrolment bad = Sample(3);
  bad.country = "t'";
  EXPECT_EQ(Enroll(enroll_, bad).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(CatalogueStoreTest, ARevokedKeyStaysRevoked) {
  ASSERT_TRUE(Enroll(enroll_, Sample(4)).ok());
  ASSERT_TRUE(Revoke(enroll_, Sample(4).key).ok());
  ASSERT_TRUE(Revoke(enroll_, Sample(4).key).ok());
  EXPECT_EQ(Enroll(enroll_, Sample(4)).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Revoke(enroll_, Sample(5).key).code(), absl::StatusCode::kNotFound);
}

TEST_F(CatalogueStoreTest, FindsEveryoneAsEnrolled) {
  Enrolment control = Sample(6);
  control.role = VantageRole::kControl;
  const std::int64_t id = *Enroll(enroll_, control);
  ASSERT_TRUE(Revoke(enroll_, control.key).ok());
  const auto vantages = FindVantages(ingest_);
  ASSERT_TRUE(vantages.ok()) << vantages.status();
  const auto found = std::ranges::find(*vantages, id, &Vantage::vantage_id);
  ASSERT_NE(found, vantages->end());
  EXPECT_EQ(found->enrolment, control);
  EXPECT_TRUE(found->is_revoked);
}

TEST_F(CatalogueStoreTest, OnlyTheEnrollingRoleMayEnroll) {
  EXPECT_EQ(Enroll(ingest_, Sample(7)).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(CatalogueStoreTest, WithoutAServerIsUnavailable) {
  EXPECT_EQ(FindVantages("host=/nonexistent dbname=taster").status().code(),
            absl::StatusCode::kUnavailable);
}

TEST(ReferenceStore, LoadsTheSeeds) {
  const auto stored =
      LoadReference(TestPostgres::Get().Connection("taster_ingest"));
  ASSERT_TRUE(stored.ok()) << stored.status();
  TestPostgres& postgres = TestPostgres::Get();
  const auto count = [&](const std::string& table) {
    return static_cast<std::size_t>(
        postgres.Number("SELECT count(source) FROM taster." + table));
  };
  EXPECT_EQ(stored->pools.size(), count("forged_pool"));
  EXPECT_EQ(stored->injectors.size(), count("injector"));
  EXPECT_EQ(stored->fingerprints.size(), count("injector_fingerprint"));
  EXPECT_EQ(stored->addresses.size(),
            static_cast<std::size_t>(postgres.Number(
                "SELECT count(address) FROM taster.forged_address")));
  EXPECT_FALSE(stored->pools.empty());
}

TEST(ReferenceStore, ReadsDaysAndAbsentFields) {
  TestPostgres& postgres = TestPostgres::Get();
  postgres.Execute(
      "INSERT INTO taster.injector_fingerprint (injector_id, since, until, aa,"
      " rd_echoed, rr_ttl, pools, source) VALUES ('sample-injector',"
      " '1969-12-31', NULL, true, false, 4294967295, 'a;b', 'test')");
  const auto stored = LoadReference(postgres.Connection("taster_judge"));
  postgres.Execute(
      "DELETE FROM taster.injector_fingerprint"
      " WHERE injector_id = 'sample-injector'");
  ASSERT_TRUE(stored.ok()) << stored.status();
  const auto found = std::ranges::find(stored->fingerprints, "sample-injector",
                                       &reference::FingerprintRow::injector_id);
  ASSERT_NE(found, stored->fingerprints.end());
  EXPECT_EQ(found->days.since, std::chrono::sys_days(std::chrono::days(-1)));
  EXPECT_EQ(found->days.until, std::nullopt);
  EXPECT_EQ(found->aa, true);
  EXPECT_EQ(found->rd_echoed, false);
  EXPECT_EQ(found->dont_fragment, std::nullopt);
  EXPECT_EQ(found->rr_ttl, 4294967295);
  EXPECT_EQ(found->pools, (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace taster::store
