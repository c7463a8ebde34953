// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/task_desk.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>

#include "proto/dns/name.h"
#include "proto/net/bytes_of.h"

namespace taster::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Leased = absl::StatusOr<v1::Lease>;

class TaskDeskTest : public testing::Test {
 protected:
  DeskEdges Edges() {
    return {.now = [this] { return now_.load(); },
            .subnet_of = [](std::uint32_t asn) -> std::optional<net::IpPrefix> {
              if (asn != 64500) return {};
              return net::IpPrefix::Parse("192.0.2.0/24");
            },
            .book = &book_};
  }

  // Its answer; the desk may not have given it yet.
  std::future<Leased> Ask(std::int64_t control, milliseconds patience,
                          const std::string& lease_id = "0123456789abcdef") {
    auto promise = std::make_shared<std::promise<Leased>>();
    Poll poll{.control = control,
              .vantage_key = "key",
              .query = {},
              .patience = patience};
    poll.query.set_lease_id(lease_id);
    poll.query.set_max_tasks(10);
    desk_->Ask(std::move(poll),
               [promise](Leased lease) { promise->set_value(lease); });
    return promise->get_future();
  }

  void Want(const std::string& qname, std::uint32_t asn = 0) {
    desk_->Wished({.vantage_id = 900,
                   .asn = asn,
                   .names = {{.qname = qname,
                              .qtypes = {1},
                              .open_sets = 1,
                              .suspects = {net::IpAddress::FromV4(1)}}}});
  }

  std::atomic<store::Time> now_{store::Time(seconds(1'795'176'000))};
  judge::PrefixTable origin_as_;
  control::ControlBook book_{&origin_as_};
  std::unique_ptr<TaskDesk> desk_ = std::make_unique<TaskDesk>(Edges());
};

TEST_F(TaskDeskTest, GivesWhatThereIsAtOnce) {
  Want("a.example.", 64500);
  const Leased lease = Ask(1, seconds(10)).get();
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_EQ(lease->vantage_key(), "key");
  EXPECT_EQ(lease->lifetime().seconds(), 60);
  ASSERT_EQ(lease->tasks_size(), 1);
  const v1::Task& task = lease->tasks(0);
  EXPECT_EQ(dns::Name::FromWire(net::BytesOf(task.qname())),
            dns::Name::Parse("a.example"));
  ASSERT_EQ(task.client_subnets_size(), 1);
  EXPECT_EQ(task.client_subnets(0).prefix_length(), 24u);
  EXPECT_EQ(task.client_subnets(0).address(), std::string("\xc0\0\2\0", 4));
  ASSERT_EQ(task.check_addresses_size(), 1);
}

TEST_F(TaskDeskTest, AnUnknownNetworkHasNoSubnet) {
  Want("a.example.", 64501);
  const Leased lease = Ask(1, seconds(10)).get();
  ASSERT_EQ(lease->tasks_size(), 1);
  EXPECT_EQ(lease->tasks(0).client_subnets_size(), 0);
}

TEST_F(TaskDeskTest, TrueAddressesAreCheckedBesideSuspectOnes) {
  const auto known = *net::IpAddress::Parse("198.51.100.7");
  book_.Learn({{.qname = "a.example.",
                .qtype = 1,
                .kind = store::ControlRow::Kind::kAddress,
                .address = known,
                .vantage_id = 1,
                .seen_time = {}}});
  Want("a.example.");
  const Leased lease = Ask(2, seconds(10)).get();
  ASSERT_EQ(lease->tasks_size(), 1);
  ASSERT_EQ(lease->tasks(0).check_addresses_size(), 2);
  EXPECT_EQ(net::IpAddress::FromBytes(
                net::BytesOf(lease->tasks(0).check_addresses(1))),
            known);
}

TEST_F(TaskDeskTest, WhoWaitsIsToldAsSoonAsANameComes) {
  auto waiting = Ask(1, seconds(10));
  EXPECT_EQ(waiting.wait_for(milliseconds(100)), std::future_status::timeout);
  Want("a.example.");
  ASSERT_EQ(waiting.wait_for(seconds(5)), std::future_status::ready);
  EXPECT_EQ(waiting.get()->tasks_size(), 1);
}

TEST_F(TaskDeskTest, PatienceEndsWithAnEmptyLease) {
  EXPECT_EQ(Ask(1, milliseconds(0)).get()->tasks_size(), 0);
  EXPECT_EQ(Ask(1, milliseconds(50)).get()->tasks_size(), 0);
}

TEST_F(TaskDeskTest, ANewerQueryAbortsTheOlder) {
  auto older = Ask(1, seconds(10));
  auto other = Ask(2, seconds(10));
  auto newer = Ask(1, milliseconds(10));
  EXPECT_TRUE(absl::IsAborted(older.get().status()));
  EXPECT_TRUE(newer.get().ok());
  EXPECT_EQ(other.wait_for(milliseconds(0)), std::future_status::timeout);
}

TEST_F(TaskDeskTest, WhoIsGoneGetsNothing) {
  auto gone = Ask(1, seconds(10), "gone");
  desk_->Withdraw(1, "another");
  EXPECT_EQ(gone.wait_for(milliseconds(0)), std::future_status::timeout);
  desk_->Withdraw(1, "gone");
  EXPECT_TRUE(absl::IsCancelled(gone.get().status()));
  Want("a.example.");
  EXPECT_EQ(desk_->counts().leased, 0u);
}

TEST_F(TaskDeskTest, ALostAnswerIsGivenAgain) {
  Want("a.example.");
  EXPECT_EQ(Ask(1, milliseconds(0), "first").get()->tasks_size(), 1);
  EXPECT_EQ(Ask(1, milliseconds(0), "first").get()->tasks_size(), 1);
  EXPECT_EQ(Ask(1, milliseconds(0), "other").get()->tasks_size(), 0);
}

TEST_F(TaskDeskTest, ALeaseThatEndedIsGivenToWhoWaits) {
  Want("a.example.");
  EXPECT_EQ(Ask(1, milliseconds(0), "first").get()->tasks_size(), 1);
  auto waiting = Ask(1, seconds(10), "other");
  now_ = now_.load() + seconds(60);
  ASSERT_EQ(waiting.wait_for(seconds(5)), std::future_status::ready);
  EXPECT_EQ(waiting.get()->tasks_size(), 1);
}

TEST_F(TaskDeskTest, WhatIsAnsweredIsDone) {
  Want("a.example.");
  EXPECT_EQ(Ask(1, milliseconds(0), "first").get()->tasks_size(), 1);
  desk_->Settled(1,
                 {{.name = {"a.example.", 1}, .answered = true, .rr_ttl = {}}},
                 now_.load());
  now_ = now_.load() + seconds(61);
  EXPECT_EQ(Ask(1, milliseconds(0), "other").get()->tasks_size(), 0);
  EXPECT_EQ(desk_->counts().waiting, 0u);
  EXPECT_EQ(desk_->counts().leased, 1u);
}

TEST_F(TaskDeskTest, ClosingTellsEverybody) {
  auto waiting = Ask(1, seconds(10));
  desk_->Close();
  EXPECT_TRUE(absl::IsUnavailable(waiting.get().status()));
  EXPECT_TRUE(absl::IsUnavailable(Ask(1, seconds(10)).get().status()));
}

}  // namespace
}  // namespace taster::ingest
