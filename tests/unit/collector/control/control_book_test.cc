// SPDX-License-Identifier: Apache-2.0
#include "collector/control/control_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace taster::control {
namespace {

using Kind = store::ControlRow::Kind;

store::ControlRow Address(const std::string& address,
                          std::int64_t vantage_id = 1) {
  return {.qname = "www.example.",
          .qtype = 1,
          .kind = Kind::kAddress,
          .address = net::IpAddress::Parse(address),
          .vantage_id = vantage_id,
          .seen_time = {}};
}

class ControlBookTest : public testing::Test {
 protected:
  judge::PrefixTable origin_as_ = judge::PrefixTable::Build(
      {{*net::IpPrefix::Parse("198.51.101.0/24"), 64500},
       {*net::IpPrefix::Parse("198.51.102.0/24"), 64501}});
  ControlBook book_{&origin_as_};
  const std::vector<NameType> name_ = {{"www.example.", 1}};
};

TEST_F(ControlBookTest, NobodyAskedIsNotEmpty) {
  EXPECT_EQ(book_.Find("www.example.", 1), nullptr);
  EXPECT_FALSE(book_.Knows("www.example."));
  auto nodata = Address("198.51.101.1");
  nodata.kind = Kind::kNodata;
  nodata.address.reset();
  EXPECT_EQ(book_.Learn({nodata}), name_);
  const auto control = book_.Find("www.example.", 1);
  ASSERT_NE(control, nullptr);
  EXPECT_TRUE(control->saw_nodata);
  EXPECT_TRUE(control->addresses.empty());
  EXPECT_EQ(book_.Find("www.example.", 28), nullptr);
}

TEST_F(ControlBookTest, MergesAddressesOriginsAndVantages) {
  book_.Learn({Address("198.51.102.9", 2), Address("198.51.101.1"),
               Address("203.0.114.1")});
  const auto control = book_.Find("www.example.", 1);
  ASSERT_EQ(control->addresses.size(), 3);
  EXPECT_EQ(control->addresses[0].ToString(), "198.51.101.1");
  EXPECT_EQ(control->origin_as, (std::vector<std::uint32_t>{64500, 64501}));
  EXPECT_EQ(control->vantages, 2);
  EXPECT_EQ(book_.size(), 1);
}

TEST_F(ControlBookTest, ANamesTypesAreOne) {
  EXPECT_EQ(book_.FindName("www.example."), nullptr);
  book_.Learn({Address("198.51.101.1")});
  EXPECT_EQ(book_.FindName("www.example."), book_.Find("www.example.", 1));
  auto nodata = Address("198.51.101.1", 2);
  nodata.qtype = 28;
  nodata.kind = Kind::kNodata;
  nodata.address.reset();
  book_.Learn({nodata});
  const auto whole = book_.FindName("www.example.");
  ASSERT_NE(whole, nullptr);
  EXPECT_EQ(whole->addresses.size(), 1);
  EXPECT_TRUE(whole->saw_nodata);
  EXPECT_EQ(whole->origin_as, std::vector<std::uint32_t>{64500});
  const auto found = book_.Look("www.example.", 28);
  EXPECT_TRUE(found.of_type->addresses.empty());
  EXPECT_EQ(found.of_name, whole);
}

TEST_F(ControlBookTest, CountsRegistrableDomainsOfAnAddress) {
  const auto shared = *net::IpAddress::Parse("198.51.101.1");
  EXPECT_EQ(book_.ReturnedFor(shared), 0);
  auto sibling = Address("198.51.101.1");
  sibling.qname = "mail.site.example.";
  auto apex = Address("198.51.101.1");
  apex.qname = "site.example.";
  book_.Learn({Address("198.51.101.1"), sibling, apex});
  // "www.example." is registrable itself, the others are of one domain.
  EXPECT_EQ(book_.ReturnedFor(shared), 2);
  book_.Learn({sibling});
  EXPECT_EQ(book_.ReturnedFor(shared), 2);
}

TEST_F(ControlBookTest, RepetitionsTeachNothing) {
  EXPECT_EQ(book_.Learn({Address("198.51.101.1"), Address("198.51.101.1")}),
            name_);
  EXPECT_TRUE(book_.Learn({Address("198.51.101.1")}).empty());
  EXPECT_EQ(book_.Learn({Address("198.51.101.1", 2)}), name_);
  EXPECT_TRUE(book_.Learn({}).empty());
}

TEST_F(ControlBookTest, SnapshotsStayAsTheyWere) {
  book_.Learn({Address("198.51.101.1")});
  const auto before = book_.Find("www.example.", 1);
  book_.Learn({Address("198.51.101.2")});
  EXPECT_EQ(before->addresses.size(), 1);
  EXPECT_EQ(book_.Find("www.example.", 1)->addresses.size(), 2);
}

TEST_F(ControlBookTest, TellsWhatGrewSince) {
  const std::uint64_t start = book_.generation();
  book_.Learn({Address("198.51.101.1")});
  EXPECT_TRUE(book_.GrewSince("www.example.", start));
  const std::uint64_t later = book_.generation();
  book_.Learn({Address("198.51.101.1")});
  EXPECT_EQ(book_.generation(), later);
  EXPECT_FALSE(book_.GrewSince("www.example.", later));
  EXPECT_FALSE(book_.GrewSince("other.example.", start));
}

TEST_F(ControlBookTest, ReadersAndLearnersDoNotDisturbEachOther) {
  std::vector<std::thread> threads;
  for (int id = 0; id < 4; ++id) {
    threads.emplace_back([this, id] {
      for (int i = 0; i < 200; ++i) {
        book_.Learn({Address("198.51.101." + std::to_string(i), id)});
        EXPECT_FALSE(book_.Find("www.example.", 1)->addresses.empty());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(book_.Find("www.example.", 1)->addresses.size(), 200);
  EXPECT_EQ(book_.Find("www.example.", 1)->vantages, 4);
}

TEST_F(ControlBookTest, IsMadeAgainWithoutWhoIsNotBelieved) {
  auto other = Address("198.51.101.1");
  other.qname = "other.example.";
  auto gone = Address("198.51.102.9", 2);
  gone.qname = "gone.example.";
  book_.Learn(
      {Address("198.51.101.1"), Address("198.51.102.9", 2), other, gone});
  const auto before = book_.Find("www.example.", 1);
  const std::uint64_t generation = book_.generation();
  auto changed = book_.Replace({Address("198.51.101.1"), other});
  std::ranges::sort(changed);
  EXPECT_EQ(changed,
            (std::vector<NameType>{{"gone.example.", 1}, {"www.example.", 1}}));
  EXPECT_EQ(before->addresses.size(), 2);  // Snapshots stay.
  EXPECT_EQ(book_.Find("www.example.", 1)->addresses.size(), 1);
  EXPECT_EQ(book_.Find("www.example.", 1)->vantages, 1);
  EXPECT_EQ(book_.Find("gone.example.", 1), nullptr);
  EXPECT_EQ(book_.ReturnedFor(*net::IpAddress::Parse("198.51.102.9")), 0u);
  EXPECT_EQ(book_.size(), 2);
  EXPECT_GT(book_.generation(), generation);
  EXPECT_TRUE(book_.GrewSince("www.example.", generation));
  EXPECT_FALSE(book_.GrewSince("other.example.", generation));
  EXPECT_TRUE(book_.Replace({Address("198.51.101.1"), other}).empty());
}

}  // namespace
}  // namespace taster::control
