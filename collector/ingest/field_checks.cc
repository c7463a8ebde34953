// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/field_checks.h"

#include "proto/net/ip_prefix.h"

namespace taster::ingest {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

// 2000-01-01 and 2100-01-01, in seconds since 1970.
constexpr std::int64_t kEarliest = 946'684'800;
constexpr std::int64_t kLatest = 4'102'444'800;
constexpr int kNanosPerSecond = 1'000'000'000;

}  // namespace

bool IsLoopback(const net::IpAddress& address) {
  constexpr net::IpPrefix kV4{net::IpAddress::FromV4(0x7f000000), 8};
  constexpr net::IpPrefix kV6{
      net::IpAddress::FromV6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
      128};
  return kV4.Contains(address) || kV6.Contains(address);
}

void FieldChecks::Refuse(v1::RefuseReason reason, const std::string& field) {
  if (!ok()) return;
  reason_ = reason;
  field_ = field;
}

int FieldChecks::Enum(const std::string& field, int value,
                      bool (*is_valid)(int)) {
  if (value == 0) {
    Refuse(v1::REFUSE_REASON_MISSING_FIELD, field);
  } else if (!is_valid(value)) {
    Refuse(v1::REFUSE_REASON_UNKNOWN_ENUM, field);
  }
  return value;
}

std::uint32_t FieldChecks::UpTo(const std::string& field, std::uint32_t value,
                                std::uint32_t most) {
  if (value > most) Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, field);
  return value;
}

void FieldChecks::AtMost(const std::string& field, int count, int most) {
  if (count > most) Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, field);
}

net::IpAddress FieldChecks::Address(const std::string& field,
                                    const std::string& bytes) {
  const auto address = net::IpAddress::FromBytes(BytesOf(bytes));
  if (!address.has_value()) {
    Refuse(bytes.empty() ? v1::REFUSE_REASON_MISSING_FIELD
                         : v1::REFUSE_REASON_OUT_OF_RANGE,
           field);
    return {};
  }
  return *address;
}

net::Endpoint FieldChecks::Endpoint(const std::string& field,
                                    const v1::Endpoint& value) {
  net::Endpoint endpoint;
  endpoint.address = Address(field + ".address", value.address());
  if (value.port() == 0 || value.port() > 65535) {
    Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, field + ".port");
  }
  endpoint.port = static_cast<std::uint16_t>(value.port());
  return endpoint;
}

store::Time FieldChecks::Time(const std::string& field, bool present,
                              const google::protobuf::Timestamp& value) {
  if (!present) {
    Refuse(v1::REFUSE_REASON_MISSING_FIELD, field);
    return {};
  }
  if (value.seconds() < kEarliest || value.seconds() >= kLatest ||
      value.nanos() < 0 || value.nanos() >= kNanosPerSecond) {
    Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, field);
    return {};
  }
  return store::Time(
      seconds(value.seconds()) +
      std::chrono::duration_cast<microseconds>(nanoseconds(value.nanos())));
}

microseconds FieldChecks::Duration(const std::string& field, bool present,
                                   const google::protobuf::Duration& value,
                                   microseconds most) {
  if (!present) {
    Refuse(v1::REFUSE_REASON_MISSING_FIELD, field);
    return {};
  }
  const std::int64_t limit = std::chrono::duration_cast<seconds>(most).count();
  if (value.seconds() < 0 || value.seconds() > limit || value.nanos() < 0 ||
      value.nanos() >= kNanosPerSecond) {
    Refuse(v1::REFUSE_REASON_OUT_OF_RANGE, field);
    return {};
  }
  return seconds(value.seconds()) +
         std::chrono::duration_cast<microseconds>(nanoseconds(value.nanos()));
}

}  // namespace taster::ingest
