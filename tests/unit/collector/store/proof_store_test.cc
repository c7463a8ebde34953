// SPDX-License-Identifier: Apache-2.0
// Proofs, stored and found again.
#include "collector/store/proof_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "tests/unit/collector/store/postgres_fixture.h"

namespace taster::store {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::chrono::sys_days kDay{std::chrono::year(2026) / 11 / 22};
constexpr Time kTime{kDay + hours(23)};

class ProofStoreTest : public testing::Test {
 protected:
  ProofRow Row(std::uint8_t result) {
    ProofRow row{
        .qname = name_,
        .qtype = 1,
        .vantage_id = vantage_,
        .measure_time = kTime,
        .result = result,
        .reason = result == 1 ? "" : "why \\ \" {}",
        .validity = std::nullopt,
        .links = {{name_, 1, name_ + Message('a')}, {".", 48, Message('k')}}};
    if (result <= 2) {
      row.validity = Validity{kTime - days(1), kTime + days(7)};
    }
    return row;
  }
  // Bytes of every value.
  static std::string Message(char first) {
    std::string message(1, first);
    for (int octet = 0; octet < 256; ++octet) {
      message += static_cast<char>(octet);
    }
    return message;
  }
  void Put(const std::vector<ProofRow>& rows) {
    const absl::Status put = PutProofs(ingest_, rows);
    EXPECT_TRUE(put.ok()) << put;
  }
  std::vector<ProofRow> Load(std::chrono::sys_days day) {
    auto rows = LoadProofs(judge_, name_, 1, day);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? *std::move(rows) : std::vector<ProofRow>();
  }

  TestPostgres& postgres_ = TestPostgres::Get();
  const std::string ingest_ = postgres_.Connection("taster_ingest");
  const std::string judge_ = postgres_.Connection("taster_judge");
  const std::int64_t vantage_ = postgres_.NextVantage();
  const std::string name_ = "p" + std::to_string(vantage_) + ".test.";
};

TEST_F(ProofStoreTest, IsFoundOnTheDaysOnWhichItHolds) {
  const ProofRow row = Row(1);
  Put({row});
  EXPECT_EQ(Load(kDay), std::vector{row});
  EXPECT_EQ(Load(kDay - days(1)), std::vector{row});
  EXPECT_EQ(Load(kDay + days(7)), std::vector{row});
  EXPECT_TRUE(Load(kDay - days(2)).empty());
  EXPECT_TRUE(Load(kDay + days(8)).empty());
}

TEST_F(ProofStoreTest, TheBestOfADayStays) {
  for (const int result : {4, 3, 4}) {
    Put({Row(static_cast<std::uint8_t>(result))});
  }
  EXPECT_EQ(Load(kDay), std::vector{Row(3)});
  Put({Row(1)});
  ProofRow later = Row(1);
  later.measure_time += std::chrono::minutes(1);
  Put({later, Row(4)});
  EXPECT_EQ(Load(kDay), std::vector{Row(1)});
  later.measure_time += days(1);
  Put({later});
  EXPECT_EQ(Load(kDay).size(), 2u);
}

TEST_F(ProofStoreTest, TheSecureOnesAreLoadedAtStart) {
  Put({Row(2)});
  const auto has = [&] {
    const auto rows = LoadSecureProofs(judge_);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return std::ranges::count(*rows, name_, &ProofRow::qname);
  };
  EXPECT_EQ(has(), 0);
  Put({Row(1)});
  EXPECT_EQ(has(), 1);
}

TEST_F(ProofStoreTest, ChainsShareTheirLinks) {
  const auto links = [&] {
    return postgres_.Number("SELECT count(*) FROM taster.dnssec_link");
  };
  Put({Row(1)});
  const auto before = links();
  ProofRow other = Row(1);
  other.qname = "other." + name_;
  Put({other});
  EXPECT_EQ(links(), before);
  EXPECT_EQ(postgres_.Number(
                "SELECT count(*) FROM analysis.dnssec_proof WHERE qname = '" +
                name_ + "' AND result = 'secure' AND octet_length(chain) = " +
                std::to_string(2 * (2 + 257) + name_.size())),
            1);
}

TEST_F(ProofStoreTest, LastLinksAreFound) {
  ProofRow row = Row(1);
  row.links = {{name_, 48, "old key 1234"}};
  Put({row});
  row.links.front().message = "new key 1234";
  row.measure_time += days(1);
  Put({row});
  const std::vector<ProofLink> questions = {{name_, 48, ""}, {name_, 43, ""}};
  const auto found = LoadLinks(ingest_, questions, kTime);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, std::vector{row.links.front()});
  EXPECT_TRUE(LoadLinks(ingest_, questions, kTime + days(2))->empty());
}

TEST_F(ProofStoreTest, WhatIsNoProofIsRefused) {
  ProofRow row = Row(1);
  row.links.clear();
  EXPECT_FALSE(PutProofs(ingest_, {row}).ok());
  row = Row(1);
  row.validity.reset();
  EXPECT_FALSE(PutProofs(ingest_, {row}).ok());
  row = Row(1);
  row.links.front().message = std::string(17'000, 'x');
  EXPECT_FALSE(PutProofs(ingest_, {row}).ok());
  EXPECT_TRUE(Load(kDay).empty());
  EXPECT_TRUE(PutProofs(ingest_, {}).ok());
}

}  // namespace
}  // namespace taster::store
