// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/call_checks.h"

#include <algorithm>

#include "proto/net/bytes_of.h"

namespace taster::ingest {
namespace {

// Less than this is not worth starting: the answer could not arrive.
constexpr std::chrono::milliseconds kLeastDeadline{100};

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  const auto code = static_cast<grpc::StatusCode>(status.code());
  if (code == grpc::StatusCode::INTERNAL || code == grpc::StatusCode::UNKNOWN) {
    return {grpc::StatusCode::UNAVAILABLE, "not done; send it again"};
  }
  return {code, std::string(status.message())};
}

std::chrono::milliseconds TimeLeft(const grpc::CallbackServerContext& context) {
  return std::chrono::floor<std::chrono::milliseconds>(
      context.deadline() - std::chrono::system_clock::now());
}

absl::Status CheckDeadline(const grpc::CallbackServerContext& context) {
  if (context.deadline() == std::chrono::system_clock::time_point::max()) {
    return absl::InvalidArgumentError("deadline: missing");
  }
  if (TimeLeft(context) < kLeastDeadline) {
    return absl::DeadlineExceededError("deadline: too close");
  }
  return absl::OkStatus();
}

absl::StatusOr<Vantage> FindCaller(const std::string& vantage_key,
                                   const FindVantage& find_vantage) {
  envelope::PublicKey key;
  if (vantage_key.size() != key.size()) {
    return absl::UnauthenticatedError("vantage_key: not 32 bytes");
  }
  std::ranges::copy(net::BytesOf(vantage_key), key.begin());
  auto vantage = find_vantage(key);
  if (!vantage.has_value()) {
    return absl::UnauthenticatedError("vantage_key: not enrolled");
  }
  return *vantage;
}

}  // namespace taster::ingest
