// SPDX-License-Identifier: Apache-2.0
// The service over a real gRPC connection with TLS on loopback; the database
// is the only thing played.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <mutex>

#include "collector/ingest/server.h"
#include "proto/envelope/receipt.h"
#include "tests/unit/collector/ingest/sample_batch.h"

namespace taster::ingest {
namespace {

namespace fs = std::filesystem;

// Remembers batches as the ledger would.
class PlayedWriter final : public store::Writer {
 public:
  bool Submit(store::JudgedBatch batch, Done done) override {
    if (full) return false;
    if (!failure.ok()) {
      done(failure);
      return true;
    }
    const auto [at, fresh] =
        ledger_.emplace(batch.batch_id, batch.payload_hash);
    done(fresh                              ? store::PutResult::kStored
         : at->second == batch.payload_hash ? store::PutResult::kDuplicate
                                            : store::PutResult::kConflict);
    return true;
  }

  bool full = false;
  absl::Status failure;

 private:
  std::map<envelope::BatchId, envelope::Hash> ledger_;
};

class ServiceTest : public testing::Test {
 protected:
  void SetUp() override {
    envelope::Initialise();
    std::string pattern = (fs::temp_directory_path() / "svcXXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    scratch_ = pattern;
    identity_ = std::make_unique<Identity>(
        LoadOrMakeIdentity(scratch_ / "identity").value());
    service_ = std::make_unique<CollectionService>(Edges());
    server_ = Server::Start({net::IpAddress::FromV4(0x7f000001), 0}, *identity_,
                            service_.get(), nullptr)
                  .value();
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = identity_->certificate_pem;
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("taster");
    channel_ = grpc::CreateCustomChannel(
        "127.0.0.1:" + std::to_string(server_->port()),
        grpc::SslCredentials(tls), arguments);
    stub_ = v1::Collection::NewStub(channel_);
  }
  void TearDown() override {
    stub_.reset();
    channel_.reset();
    server_.reset();
    fs::remove_all(scratch_);
  }

  ServiceEdges Edges() {
    return {.find_vantage =
                [](const envelope::PublicKey& key) -> std::optional<Vantage> {
              if (key != SampleKey().public_key()) return {};
              return Vantage{.id = 1, .role = Role::kProbe};
            },
            .now = [] { return store::Time(kNow); },
            .writer = &writer_,
            .receipt_key = &identity_->receipt_key,
            .bench = {.shelf = shelf_, .book = book_},
            .on_stored = [](const News&) {}};
  }

  grpc::Status Submit(const v1::SubmitBatchRequest& request,
                      bool with_deadline = true) {
    grpc::ClientContext context;
    if (with_deadline) {
      context.set_deadline(std::chrono::system_clock::now() +
                           std::chrono::seconds(10));
    }
    response_.Clear();
    return stub_->SubmitBatch(&context, request, &response_);
  }
  // The status of a receipt that verifies; unspecified when none came.
  v1::Receipt ReceiptFor(const v1::SubmitBatchRequest& request) {
    const grpc::Status status = Submit(request);
    EXPECT_TRUE(status.ok()) << status.error_message();
    const auto receipt = envelope::VerifyReceipt(
        identity_->receipt_key.public_key(), request, response_);
    EXPECT_TRUE(receipt.ok()) << receipt.status();
    return receipt.ok() ? *receipt : v1::Receipt();
  }

  fs::path scratch_;
  judge::Reference reference_;
  control::ControlBook book_{&reference_.origin_as};
  control::KnowledgeShelf shelf_{reference_};
  PlayedWriter writer_;
  std::unique_ptr<Identity> identity_;
  std::unique_ptr<CollectionService> service_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::Collection::Stub> stub_;
  v1::SubmitBatchResponse response_;
};

TEST_F(ServiceTest, StoresOnceAndSaysSoTheSecondTime) {
  const auto request = SampleRequest(SampleBatch(3));
  EXPECT_EQ(ReceiptFor(request).status(), v1::RECEIPT_STATUS_STORED);
  EXPECT_EQ(ReceiptFor(request).status(), v1::RECEIPT_STATUS_DUPLICATE);
}

TEST_F(ServiceTest, SameIdWithOtherBytesIsAConflict) {
  v1::Batch batch = SampleBatch();
  ASSERT_EQ(ReceiptFor(SampleRequest(batch)).status(),
            v1::RECEIPT_STATUS_STORED);
  batch.set_software("other");
  const v1::Receipt receipt = ReceiptFor(SampleRequest(batch));
  EXPECT_EQ(receipt.status(), v1::RECEIPT_STATUS_REJECTED);
  EXPECT_EQ(receipt.reason(), v1::REJECT_REASON_CONFLICT);
}

TEST_F(ServiceTest, RefusesStrangersAndForgeries) {
  const auto request = SampleRequest(SampleBatch());
  v1::SubmitBatchRequest stranger = request;
  stranger.set_vantage_key(std::string(32, 'x'));
  EXPECT_EQ(Submit(stranger).error_code(), grpc::StatusCode::UNAUTHENTICATED);

  v1::SubmitBatchRequest forged = request;
  forged.mutable_plain()->back() ^= 1;
  EXPECT_EQ(Submit(forged).error_code(), grpc::StatusCode::UNAUTHENTICATED);

  v1::SubmitBatchRequest unsigned_one = request;
  unsigned_one.clear_signature();
  EXPECT_EQ(Submit(unsigned_one).error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(ServiceTest, ADeadlineIsRequired) {
  EXPECT_EQ(Submit(SampleRequest(SampleBatch()), false).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(ServiceTest, NoReceiptWithoutACommit) {
  writer_.failure = absl::UnknownError("COMMIT was lost: secret detail");
  const grpc::Status status = Submit(SampleRequest(SampleBatch()));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(status.error_message().find("secret"), std::string::npos);
  EXPECT_TRUE(response_.receipt().empty());
}

TEST_F(ServiceTest, SaysWhenItIsTooBusy) {
  writer_.full = true;
  EXPECT_EQ(Submit(SampleRequest(SampleBatch())).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServiceTest, RefusesMessagesOverOneMebibyte) {
  v1::SubmitBatchRequest big = SampleRequest(SampleBatch());
  big.mutable_plain()->resize(2 << 20);
  EXPECT_EQ(Submit(big).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(ServiceTest, OversizedBatchIsRejectedForGood) {
  v1::Batch batch = SampleBatch();
  batch.set_target_list(std::string(kMaxPayloadBytes, 'x'));
  const v1::Receipt receipt = ReceiptFor(SampleRequest(batch));
  EXPECT_EQ(receipt.status(), v1::RECEIPT_STATUS_REJECTED);
  EXPECT_EQ(receipt.reason(), v1::REJECT_REASON_SIZE);
}

TEST_F(ServiceTest, ListsRefusedMeasurements) {
  v1::Batch batch = SampleBatch(2);
  batch.mutable_measurements(1)->clear_query();
  const v1::Receipt receipt = ReceiptFor(SampleRequest(batch));
  EXPECT_EQ(receipt.status(), v1::RECEIPT_STATUS_STORED);
  ASSERT_EQ(receipt.refused_size(), 1);
  EXPECT_EQ(receipt.refused(0).ordinal(), 1u);
  EXPECT_EQ(receipt.refused(0).field(), "query");
}

TEST_F(ServiceTest, CompressedMessagesAreRefused) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(10));
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::Batch batch = SampleBatch();
  batch.set_target_list(std::string(10'000, 'x'));
  const grpc::Status status =
      stub_->SubmitBatch(&context, SampleRequest(batch), &response_);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace taster::ingest
