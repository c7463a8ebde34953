// SPDX-License-Identifier: Apache-2.0
// Fetching over a real gRPC connection with TLS on loopback.
#include "probe/uplink/task_source.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "probe/uplink/fetching_thread.h"
#include "probe/uplink/pin_verifier.h"
#include "proto/envelope/lease.h"
#include "taster/v1/tasking.grpc.pb.h"
#include "tests/unit/probe/uplink/test_collector.h"

namespace taster::uplink {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Hands out what a test tells it.
class TestDesk final : public v1::Tasking::Service {
 public:
  using Answer = std::function<grpc::Status(const v1::TaskQuery&, v1::Lease*)>;

  TestDesk() {
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back(
        {identity_.key_pem, identity_.certificate_pem});
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls),
                             &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~TestDesk() override { server_->Shutdown(std::chrono::system_clock::now()); }

  grpc::Status FetchTasks(grpc::ServerContext* context,
                          const v1::FetchTasksRequest* request,
                          v1::FetchTasksResponse* response) override {
    const auto query = envelope::VerifyTaskQuery(*request);
    if (!query.ok()) return {grpc::StatusCode::UNAUTHENTICATED, "signature"};
    v1::Lease lease;
    lease.set_vantage_key(request->vantage_key());
    lease.set_lease_id(query->lease_id());
    lease.mutable_lifetime()->set_seconds(60);
    {
      const std::lock_guard lock(mutex_);
      ++calls;
      ids.insert(query->lease_id());
      if (answer) {
        const auto status = answer(*query, &lease);
        if (!status.ok()) return status;
      }
    }
    while (lease.tasks_size() == 0 && !context->IsCancelled() && waits) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    *response = envelope::SignLease(key, lease);
    return grpc::Status::OK;
  }

  UplinkOptions Options() const {
    return {.endpoint = "127.0.0.1:" + std::to_string(port_),
            .pins = {SpkiHash(identity_.certificate_pem).value()},
            .receipt_key = envelope::SigningKey::FromSeed({7}).public_key(),
            .server_name = "",
            .deadline = seconds(5)};
  }

  Answer answer;
  std::atomic<int> calls{0};
  std::atomic<bool> waits{false};
  std::set<std::string> ids;
  envelope::SigningKey key = envelope::SigningKey::FromSeed({7});

 private:
  const KeyAndCertificate identity_ = MakeCertificate();
  std::mutex mutex_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

std::unique_ptr<TaskSource> Open(const UplinkOptions& options) {
  return *TaskSource::Open(options, envelope::SigningKey::FromSeed({1}));
}

TEST(TaskSource, BringsASignedLease) {
  TestDesk desk;
  desk.answer = [](const v1::TaskQuery& query, v1::Lease* lease) {
    EXPECT_EQ(query.max_tasks(), 7u);
    EXPECT_EQ(query.wait().nanos(), 250'000'000);
    EXPECT_GT(query.request_time().seconds(), 1'700'000'000);
    lease->add_tasks()->set_qname("x");
    return grpc::Status::OK;
  };
  const auto source = Open(desk.Options());
  const auto lease = source->Fetch(7, milliseconds(250));
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_EQ(lease->tasks_size(), 1);
}

TEST(TaskSource, AForgedLeaseIsNone) {
  TestDesk desk;
  desk.key = envelope::SigningKey::FromSeed({9});
  EXPECT_TRUE(absl::IsPermissionDenied(
      Open(desk.Options())->Fetch(1, milliseconds(0)).status()));
}

TEST(TaskSource, AnotherKeyGetsNoQuery) {
  TestDesk desk;
  auto options = desk.Options();
  options.pins = {envelope::Hash{}};
  EXPECT_TRUE(absl::IsPermissionDenied(
      Open(options)->Fetch(1, milliseconds(0)).status()));
  EXPECT_EQ(desk.calls, 0);
}

TEST(TaskSource, AsksForTheSameLeaseUntilItHasIt) {
  TestDesk desk;
  desk.answer = [&](const v1::TaskQuery&, v1::Lease*) {
    return desk.calls < 3 ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "lost")
                          : grpc::Status::OK;
  };
  const auto source = Open(desk.Options());
  EXPECT_FALSE(source->Fetch(1, milliseconds(0)).ok());
  EXPECT_FALSE(source->Fetch(1, milliseconds(0)).ok());
  EXPECT_TRUE(source->Fetch(1, milliseconds(0)).ok());
  EXPECT_EQ(desk.ids.size(), 1u);
  EXPECT_TRUE(source->Fetch(1, milliseconds(0)).ok());
  EXPECT_EQ(desk.ids.size(), 2u);
}

TEST(FetchingThread, HandsOutEachTaskOnceAndFetchesAgain) {
  TestDesk desk;
  desk.answer = [&](const v1::TaskQuery&, v1::Lease* lease) {
    for (int i = 0; i < 3; ++i) {
      lease->add_tasks()->set_qname(std::to_string(desk.calls * 3 + i));
    }
    return grpc::Status::OK;
  };
  const auto source = Open(desk.Options());
  FetchingThread fetching(source.get(), {.max_tasks = 3});
  std::set<std::string> names;
  for (int i = 0; i < 2000 && names.size() < 30; ++i) {
    if (const auto task = fetching.Next()) {
      EXPECT_TRUE(names.insert(task->qname()).second);
    } else {
      std::this_thread::sleep_for(milliseconds(2));
    }
  }
  EXPECT_EQ(names.size(), 30u);
}

TEST(FetchingThread, FetchesNothingWhileTasksWait) {
  TestDesk desk;
  desk.answer = [](const v1::TaskQuery&, v1::Lease* lease) {
    lease->add_tasks()->set_qname("x");
    return grpc::Status::OK;
  };
  const auto source = Open(desk.Options());
  FetchingThread fetching(source.get(), {});
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_TRUE(fetching.HasTasks());
  EXPECT_EQ(desk.calls, 1);
}

TEST(FetchingThread, BacksOffWhenTheCollectorIsAway) {
  std::atomic<int> failures{0};
  TestDesk desk;
  desk.answer = [](const v1::TaskQuery&, v1::Lease*) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "away");
  };
  const auto source = Open(desk.Options());
  {
    FetchingThread fetching(source.get(),
                            {.backoff = {milliseconds(200), seconds(60)},
                             .on_lease = [&](const auto& lease) {
                               if (!lease.ok()) ++failures;
                             }});
    std::this_thread::sleep_for(milliseconds(700));
  }
  EXPECT_GE(failures, 1);
  EXPECT_LE(failures, 4);
}

TEST(FetchingThread, AnExpiredLeaseIsNotWorkedOn) {
  TestDesk desk;
  desk.answer = [](const v1::TaskQuery&, v1::Lease* lease) {
    lease->add_tasks()->set_qname("x");
    lease->mutable_lifetime()->set_seconds(0);
    return grpc::Status::OK;
  };
  const auto source = Open(desk.Options());
  FetchingThread fetching(source.get(), {});
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_FALSE(fetching.Next());
}

TEST(FetchingThread, EndsWhileTheCollectorLetsItWait) {
  TestDesk desk;
  desk.waits = true;
  const auto source = Open(desk.Options());
  const auto begun = std::chrono::steady_clock::now();
  {
    FetchingThread fetching(source.get(), {});
    while (desk.calls == 0) std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, seconds(3));
}

}  // namespace
}  // namespace taster::uplink
