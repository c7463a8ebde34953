// SPDX-License-Identifier: Apache-2.0
// What each receipt and each failure means for the spool.
#include "probe/uplink/sender.h"

#include <algorithm>
#include <array>
#include <utility>

#include "proto/envelope/receipt.h"
#include "taster/v1/measurement.pb.h"

namespace taster::uplink {
namespace {

// A collector that says INVALID_ARGUMENT signs no receipt, so it is asked again
// before the batch steps aside for those behind it.
constexpr int kMalformedTries = 3;
constexpr std::chrono::hours kLongestWish{24};
constexpr std::size_t kMaxFieldBytes = 200;

std::uint64_t RandomSeed() {
  std::array<std::uint8_t, 8> bytes{};
  envelope::FillRandom(bytes);
  std::uint64_t seed = 0;
  for (const auto byte : bytes) seed = seed << 8 | byte;
  return seed;
}

std::vector<spool::Refused> RefusedOf(const spool::SpooledBatch& batch,
                                      const v1::Receipt& receipt) {
  std::vector<spool::Refused> refused;
  if (receipt.refused().empty()) return refused;
  v1::Batch evidence;
  const bool readable = evidence.ParseFromString(batch.payload);
  for (const auto& one : receipt.refused()) {
    spool::Refused kept{.ordinal = one.ordinal(),
                        .reason = v1::RefuseReason_Name(one.reason()) + " " +
                                  one.field().substr(0, kMaxFieldBytes),
                        .measurement = ""};
    if (readable && one.ordinal() < static_cast<std::uint32_t>(
                                        evidence.measurements_size())) {
      kept.measurement = evidence.measurements(static_cast<int>(one.ordinal()))
                             .SerializeAsString();
    }
    refused.push_back(std::move(kept));
  }
  return refused;
}

std::chrono::milliseconds WishOf(const v1::Receipt& receipt) {
  if (!receipt.has_retry_after()) return {};
  const std::chrono::milliseconds wish(receipt.retry_after().seconds() * 1000 +
                                       receipt.retry_after().nanos() /
                                           1'000'000);
  return std::clamp<std::chrono::milliseconds>(
      wish, std::chrono::milliseconds(0), kLongestWish);
}

std::chrono::sys_seconds After(std::chrono::milliseconds wait) {
  return std::chrono::ceil<std::chrono::seconds>(
      std::chrono::system_clock::now() + wait);
}

}  // namespace

Sender::Sender(spool::Spool* spool, Uplink* uplink, envelope::SigningKey key,
               BackoffLimits limits)
    : spool_(spool),
      uplink_(uplink),
      key_(std::move(key)),
      backoff_(limits, RandomSeed()) {}

absl::StatusOr<Attempt> Sender::SendOldest() {
  const auto oldest = spool_->Oldest();
  if (!oldest.ok()) return oldest.status();
  if (!oldest->has_value()) return Attempt{};
  const spool::SpooledBatch& batch = **oldest;
  const auto request = envelope::SignRequest(key_, batch.id, batch.payload);
  const auto receipt = uplink_->Submit(request);
  if (!receipt.ok()) return Fail(batch, receipt.status());
  return Settle(batch, *receipt);
}

bool Sender::HasWork() {
  const auto status = spool_->Status();
  return !status.ok() || status->waiting_batches > 0;
}

absl::StatusOr<Attempt> Sender::Settle(const spool::SpooledBatch& batch,
                                       const v1::Receipt& receipt) {
  Attempt attempt{
      .batch = batch.id, .measurements = batch.measurements, .failure = {}};
  absl::Status settled;
  if (receipt.status() == v1::RECEIPT_STATUS_STORED ||
      receipt.status() == v1::RECEIPT_STATUS_DUPLICATE) {
    const auto refused = RefusedOf(batch, receipt);
    attempt.progress = Progress::kDelivered;
    attempt.refused = static_cast<std::uint32_t>(refused.size());
    settled = spool_->Deliver(batch.id, refused);
  } else if (receipt.status() == v1::RECEIPT_STATUS_REJECTED) {
    attempt.progress = Progress::kQuarantined;
    settled =
        spool_->Quarantine(batch.id, v1::RejectReason_Name(receipt.reason()));
  } else {
    return Fail(batch, absl::FailedPreconditionError(
                           "a receipt with a status that is not known here"));
  }
  if (!settled.ok()) return settled;
  backoff_.Reset();
  malformed_.erase(batch.id);
  attempt.wait = WishOf(receipt);
  if (attempt.wait.count() > 0) {
    settled = spool_->SetNextAttempt(After(attempt.wait));
    if (!settled.ok()) return settled;
  }
  return attempt;
}

absl::StatusOr<Attempt> Sender::Fail(const spool::SpooledBatch& batch,
                                     absl::Status why) {
  Attempt attempt{.progress = Progress::kFailed,
                  .batch = batch.id,
                  .measurements = batch.measurements,
                  .failure = std::move(why)};
  if (absl::IsInvalidArgument(attempt.failure) &&
      ++malformed_[batch.id] >= kMalformedTries) {
    malformed_.erase(batch.id);
    attempt.progress = Progress::kQuarantined;
    auto aside = spool_->Quarantine(batch.id, "INVALID_ARGUMENT");
    if (!aside.ok()) return aside;
    return attempt;
  }
  attempt.wait = backoff_.Next();
  auto status = spool_->SetNextAttempt(After(attempt.wait));
  // Not worth losing the sending for: the wait then ends with the process.
  if (!status.ok() && !absl::IsResourceExhausted(status)) return status;
  return attempt;
}

}  // namespace taster::uplink
