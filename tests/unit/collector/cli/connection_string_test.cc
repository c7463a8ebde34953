// SPDX-License-Identifier: Apache-2.0
#include "collector/store/connection_string.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taster::store {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ConnectionString, SetsTheRole) {
  const auto connection = WithRole("host=db dbname=taster", "taster_ingest");
  ASSERT_TRUE(connection.ok());
  EXPECT_THAT(*connection, HasSubstr("host='db'"));
  EXPECT_THAT(*connection, HasSubstr("options='-c role=taster_ingest'"));
}

TEST(ConnectionString, KeepsOptionsThatStandThere) {
  const auto connection =
      WithRole("postgresql://db/taster?options=-c%20jit%3Doff", "taster_judge");
  ASSERT_TRUE(connection.ok());
  EXPECT_THAT(*connection,
              HasSubstr("options='-c jit=off -c role=taster_judge'"));
}

TEST(ConnectionString, QuotesSurvive) {
  const auto connection =
      WithRole("host=db password='it\\'s \\\\ here'", "taster_ingest");
  ASSERT_TRUE(connection.ok());
  EXPECT_THAT(*connection, HasSubstr("password='it\\'s \\\\ here'"));
}

TEST(ConnectionString, ErrorsHoldNoPassword) {
  const auto connection = WithRole("password=secret host", "taster_ingest");
  ASSERT_FALSE(connection.ok());
  EXPECT_THAT(std::string(connection.status().message()),
              Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace taster::store
