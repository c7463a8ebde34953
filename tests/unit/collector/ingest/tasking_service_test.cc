// SPDX-License-Identifier: Apache-2.0
// Tasking over a real gRPC connection with TLS on loopback.
#include "collector/ingest/tasking_service.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <thread>

#include "collector/ingest/server.h"
#include "proto/envelope/lease.h"

namespace taster::ingest {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

store::Time Now() {
  return std::chrono::floor<std::chrono::microseconds>(
      std::chrono::system_clock::now());
}

class TaskingServiceTest : public testing::Test {
 protected:
  void SetUp() override {
    envelope::Initialise();
    std::string pattern = (fs::temp_directory_path() / "tskXXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    scratch_ = pattern;
    identity_ = std::make_unique<Identity>(
        LoadOrMakeIdentity(scratch_ / "identity").value());
    desk_ = std::make_unique<TaskDesk>(
        DeskEdges{.now = Now,
                  .subnet_of = [](auto) { return std::nullopt; },
                  .book = &book_});
    const auto find = [this](const envelope::PublicKey& key) {
      std::optional<Vantage> found;
      if (key == control_.public_key()) found = {1, Role::kControl, {}};
      if (key == volunteer_.public_key()) found = {2, Role::kProbe, {}};
      return found;
    };
    collection_ = std::make_unique<CollectionService>(
        ServiceEdges{.find_vantage = find,
                     .now = Now,
                     .receipt_key = &identity_->receipt_key,
                     .bench = {.shelf = shelf_, .book = book_},
                     .on_stored = {}});
    tasking_ = std::make_unique<TaskingService>(
        TaskingEdges{.find_vantage = find,
                     .now = Now,
                     .desk = desk_.get(),
                     .receipt_key = &identity_->receipt_key});
    server_ = Server::Start({net::IpAddress::FromV4(0x7f000001), 0}, *identity_,
                            collection_.get(), tasking_.get())
                  .value();
    Connect();
  }
  void TearDown() override {
    stub_.reset();
    desk_->Close();
    server_.reset();
    fs::remove_all(scratch_);
  }
  void Connect() {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = identity_->certificate_pem;
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("taster");
    stub_ = v1::Tasking::NewStub(grpc::CreateCustomChannel(
        "127.0.0.1:" + std::to_string(server_->port()),
        grpc::SslCredentials(tls), arguments));
  }

  static v1::TaskQuery Query(seconds wait = seconds(0)) {
    v1::TaskQuery query;
    query.set_lease_id(std::string(16, 'q'));
    query.mutable_request_time()->set_seconds(
        std::chrono::floor<seconds>(Now()).time_since_epoch().count());
    query.set_max_tasks(10);
    query.mutable_wait()->set_seconds(wait.count());
    return query;
  }
  grpc::Status Fetch(const v1::FetchTasksRequest& request,
                     milliseconds deadline = seconds(10)) {
    grpc::ClientContext context;
    if (deadline.count() > 0) {
      context.set_deadline(std::chrono::system_clock::now() + deadline);
    }
    return stub_->FetchTasks(&context, request, &response_);
  }
  void Want(const std::string& qname) {
    desk_->Wished(
        {.vantage_id = 2,
         .asn = 0,
         .names = {
             {.qname = qname, .qtypes = {1}, .open_sets = 1, .suspects = {}}}});
  }

  fs::path scratch_;
  judge::Reference reference_;
  control::ControlBook book_{&reference_.origin_as};
  control::KnowledgeShelf shelf_{reference_};
  const envelope::SigningKey control_ = envelope::SigningKey::FromSeed({1});
  const envelope::SigningKey volunteer_ = envelope::SigningKey::FromSeed({2});
  std::unique_ptr<Identity> identity_;
  std::unique_ptr<TaskDesk> desk_;
  std::unique_ptr<CollectionService> collection_;
  std::unique_ptr<TaskingService> tasking_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::Tasking::Stub> stub_;
  v1::FetchTasksResponse response_;
};

TEST_F(TaskingServiceTest, AControlGetsASignedLease) {
  Want("a.example.");
  const auto request = envelope::SignTaskQuery(control_, Query());
  const auto status = Fetch(request);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const auto lease = envelope::VerifyLease(identity_->receipt_key.public_key(),
                                           request, response_);
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_EQ(lease->tasks_size(), 1);
}

TEST_F(TaskingServiceTest, AVolunteerGetsNone) {
  Want("a.example.");
  EXPECT_EQ(Fetch(envelope::SignTaskQuery(volunteer_, Query())).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_TRUE(response_.lease().empty());
}

TEST_F(TaskingServiceTest, StrangersAndForgeriesGetNone) {
  const auto stranger = envelope::SigningKey::FromSeed({3});
  EXPECT_EQ(Fetch(envelope::SignTaskQuery(stranger, Query())).error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
  auto forged = envelope::SignTaskQuery(control_, Query());
  forged.mutable_query()->back() ^= 1;
  EXPECT_EQ(Fetch(forged).error_code(), grpc::StatusCode::UNAUTHENTICATED);
  // What a volunteer signed, sent as if a control had.
  auto borrowed = envelope::SignTaskQuery(volunteer_, Query());
  borrowed.set_vantage_key(
      envelope::SignTaskQuery(control_, Query()).vantage_key());
  EXPECT_EQ(Fetch(borrowed).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(TaskingServiceTest, StaleAndMalformedQueriesAreRefused) {
  auto stale = Query();
  stale.mutable_request_time()->set_seconds(1'000'000'000);
  EXPECT_EQ(Fetch(envelope::SignTaskQuery(control_, stale)).error_code(),
            grpc::StatusCode::FAILED_PRECONDITION);
  auto greedy = Query();
  greedy.set_max_tasks(100'000);
  EXPECT_EQ(Fetch(envelope::SignTaskQuery(control_, greedy)).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Fetch(envelope::SignTaskQuery(control_, Query()), milliseconds(0))
                .error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(TaskingServiceTest, WaitsNoLongerThanTheCallsDeadline) {
  const auto begun = std::chrono::steady_clock::now();
  const auto status =
      Fetch(envelope::SignTaskQuery(control_, Query(seconds(10))), seconds(1));
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, seconds(3));
}

// Or its names would wait for the end of a lease that nobody has.
TEST_F(TaskingServiceTest, AControlThatDiedWhileItWaitedGetsNoLease) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + seconds(10));
  std::thread dying([&] {
    const auto request = envelope::SignTaskQuery(control_, Query(seconds(10)));
    EXPECT_EQ(stub_->FetchTasks(&context, request, &response_).error_code(),
              grpc::StatusCode::CANCELLED);
  });
  std::this_thread::sleep_for(milliseconds(200));
  context.TryCancel();
  dying.join();
  std::this_thread::sleep_for(milliseconds(200));
  Want("a.example.");
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_EQ(desk_->counts().leased, 0u);
}

TEST_F(TaskingServiceTest, AFloodIsRefused) {
  int refused = 0;
  for (int i = 0; i < 40; ++i) {
    const auto status = Fetch(envelope::SignTaskQuery(control_, Query()));
    refused += status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED;
  }
  EXPECT_GT(refused, 10);
}

}  // namespace
}  // namespace taster::ingest
