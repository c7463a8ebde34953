// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's binary format ("COPY", section "Binary Format", and the
// type_send functions of src/backend/utils/adt).
#include "collector/store/copy_encoder.h"

#include <bit>
#include <limits>
#include <type_traits>

#include "collector/store/utf8.h"
#include "fmt/format.h"

namespace taster::store {
namespace {

// 2000-01-01, where PostgreSQL counts days and microseconds from.
constexpr std::chrono::sys_days kEpoch{std::chrono::days{10957}};
// Julian day 0 (4714-11-24 BC), and the end of the year 294276: what both date
// and timestamptz hold.
constexpr std::int64_t kFirstDay = -2451545;
constexpr std::int64_t kEndDay = 106751983;
constexpr std::int64_t kMicrosecondsPerDay = 86'400'000'000;

// Address families as network_send writes them: AF_INET, and the one behind.
constexpr char kInetV4 = 2;
constexpr char kInetV6 = 3;

template <typename T>
constexpr bool Fits(std::int64_t value) {
  return value >= std::numeric_limits<T>::min() &&
         value <= std::numeric_limits<T>::max();
}

}  // namespace

template <typename T>
void CopyEncoder::Append(T value) {
  auto bits = static_cast<std::make_unsigned_t<T>>(value);
  char bytes[sizeof(T)];
  for (std::size_t i = sizeof(T); i-- > 0;) {
    bytes[i] = static_cast<char>(bits & 0xff);
    bits = static_cast<std::make_unsigned_t<T>>(std::uint64_t{bits} >> 8);
  }
  buffer_.append(bytes, sizeof(T));
}

void CopyEncoder::BeginRow(std::int16_t columns) {
  ++row_;
  column_ = 0;
  Append(columns);
}

void CopyEncoder::BeginField(std::size_t length) {
  ++column_;
  // Half a gigabyte is far below int32 and above anything that is stored.
  if (length > (std::size_t{1} << 29)) return Reject("too long");
  Append(static_cast<std::int32_t>(length));
}

void CopyEncoder::Reject(std::string_view why) {
  if (!status_.ok()) return;
  status_ = absl::InvalidArgumentError(
      fmt::format("row {}, column {}: {}", row_, column_, why));
}

void CopyEncoder::Clear() {
  buffer_.clear();
  status_ = absl::OkStatus();
  row_ = 0;
  column_ = 0;
}

void CopyEncoder::Null() {
  ++column_;
  Append(std::int32_t{-1});
}

void CopyEncoder::Bool(bool value) {
  BeginField(1);
  buffer_.push_back(value ? '\1' : '\0');
}

void CopyEncoder::Int2(std::int64_t value) {
  BeginField(2);
  if (!Fits<std::int16_t>(value)) return Reject("exceeds smallint");
  Append(static_cast<std::int16_t>(value));
}

void CopyEncoder::Int4(std::int64_t value) {
  BeginField(4);
  if (!Fits<std::int32_t>(value)) return Reject("exceeds integer");
  Append(static_cast<std::int32_t>(value));
}

void CopyEncoder::Int8(std::int64_t value) {
  BeginField(8);
  Append(value);
}

void CopyEncoder::Text(std::string_view utf8) {
  BeginField(utf8.size());
  if (utf8.find('\0') != std::string_view::npos) return Reject("NUL in text");
  if (!IsUtf8(utf8)) return Reject("text is not UTF-8");
  buffer_.append(utf8);
}

void CopyEncoder::Bytes(std::string_view bytes) {
  BeginField(bytes.size());
  if (status_.ok()) buffer_.append(bytes);
}

void CopyEncoder::Uuid(const UuidBytes& value) {
  BeginField(value.size());
  buffer_.append(reinterpret_cast<const char*>(value.data()), value.size());
}

// family, prefix length, is_cidr, number of bytes, bytes.
void CopyEncoder::AppendInet(const net::IpAddress& address) {
  const auto bytes = address.bytes();
  buffer_.push_back(address.is_v4() ? kInetV4 : kInetV6);
  buffer_.push_back(static_cast<char>(address.bits()));
  buffer_.push_back('\0');
  buffer_.push_back(static_cast<char>(bytes.size()));
  buffer_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void CopyEncoder::Inet(const net::IpAddress& address) {
  BeginField(4 + address.bytes().size());
  AppendInet(address);
}

// dimensions, has NULLs, element type { length, lower bound } { elements }.
void CopyEncoder::InetArray(std::span<const net::IpAddress> addresses) {
  std::size_t length = addresses.empty() ? 12 : 20;
  for (const net::IpAddress& address : addresses) {
    length += 8 + address.bytes().size();
  }
  BeginField(length);
  Append(std::int32_t{addresses.empty() ? 0 : 1});
  Append(std::int32_t{0});
  Append(static_cast<std::int32_t>(TypeId::kInet));
  if (addresses.empty()) return;
  Append(static_cast<std::int32_t>(addresses.size()));
  Append(std::int32_t{1});
  for (const net::IpAddress& address : addresses) {
    Append(static_cast<std::int32_t>(4 + address.bytes().size()));
    AppendInet(address);
  }
}

void CopyEncoder::BeginArray(std::int32_t type,
                             std::span<const std::string> values) {
  std::size_t length = values.empty() ? 12 : 20;
  for (const std::string& value : values) length += 4 + value.size();
  BeginField(length);
  Append(std::int32_t{values.empty() ? 0 : 1});
  Append(std::int32_t{0});
  Append(type);
  if (values.empty()) return;
  Append(static_cast<std::int32_t>(values.size()));
  Append(std::int32_t{1});
}

void CopyEncoder::TextArray(std::span<const std::string> texts) {
  BeginArray(static_cast<std::int32_t>(TypeId::kText), texts);
  for (const std::string& text : texts) {
    if (text.find('\0') != std::string::npos) return Reject("NUL in text");
    if (!IsUtf8(text)) return Reject("text is not UTF-8");
    Append(static_cast<std::int32_t>(text.size()));
    buffer_.append(text);
  }
}

void CopyEncoder::BytesArray(std::span<const std::string> values) {
  BeginArray(static_cast<std::int32_t>(TypeId::kBytea), values);
  for (const std::string& value : values) {
    Append(static_cast<std::int32_t>(value.size()));
    buffer_.append(value);
  }
}

void CopyEncoder::Date(std::chrono::sys_days day) {
  BeginField(4);
  const std::int64_t days = std::int64_t{day.time_since_epoch().count()} -
                            kEpoch.time_since_epoch().count();
  if (days < kFirstDay || days >= kEndDay) return Reject("date out of range");
  Append(static_cast<std::int32_t>(days));
}

void CopyEncoder::TimestampTz(Time time) {
  BeginField(8);
  constexpr std::int64_t kShift = 10957 * kMicrosecondsPerDay;
  const std::int64_t since_1970 = time.time_since_epoch().count();
  // Above, 64 bits since 1970 end before the year 294277 does.
  if (since_1970 < kFirstDay * kMicrosecondsPerDay + kShift) {
    return Reject("time out of range");
  }
  Append(since_1970 - kShift);
}

// microseconds, days, months.
void CopyEncoder::Interval(std::chrono::microseconds length) {
  BeginField(16);
  Append(std::int64_t{length.count()});
  Append(std::int32_t{0});
  Append(std::int32_t{0});
}

}  // namespace taster::store
