// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's binary format for values: rows of COPY, elements of arrays.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "collector/store/judged_batch.h"
#include "proto/net/ip_address.h"

namespace taster::store {

// Type ids of pg_type.dat; fixed for all versions of PostgreSQL.
enum class TypeId : std::uint32_t {
  kBool = 16,
  kBytea = 17,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kInet = 869,
  kDate = 1082,
  kTimestamptz = 1184,
  kUuid = 2950,
};

using UuidBytes = std::array<std::uint8_t, 16>;

// Appends values to a buffer that is reused: each as a 32-bit length and its
// bytes, all numbers big-endian. A value that the type cannot hold, or text
// that is not valid UTF-8 or contains NUL, makes `status` an InvalidArgument
// that names row and column; the buffer is then worthless until Clear.
//
// One row:  int16 columns { int32 length, bytes }...   (length -1: NULL)
class CopyEncoder {
 public:
  // Before the first row of a COPY, and behind the last.
  static constexpr std::string_view kHeader{
      "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
  static constexpr std::string_view kTrailer{"\377\377", 2};

  void BeginRow(std::int16_t columns);

  void Null();
  void Bool(bool value);
  void Int2(std::int64_t value);
  void Int4(std::int64_t value);
  void Int8(std::int64_t value);
  void Text(std::string_view utf8);
  void Bytes(std::string_view bytes);
  void Uuid(const UuidBytes& value);
  void Inet(const net::IpAddress& address);
  // inet[]; an empty span is the empty array, not NULL.
  void InetArray(std::span<const net::IpAddress> addresses);
  // text[]; the same.
  void TextArray(std::span<const std::string> texts);
  // bytea[]; the same.
  void BytesArray(std::span<const std::string> values);
  void Date(std::chrono::sys_days day);
  void TimestampTz(Time time);
  void Interval(std::chrono::microseconds length);

  const absl::Status& status() const { return status_; }
  const std::string& buffer() const { return buffer_; }
  std::int64_t rows() const { return row_; }
  // Forgets everything but keeps the memory.
  void Clear();

 private:
  template <typename T>
  void Append(T value);
  // The head of a one-dimensional array without NULL (or of an empty one).
  void BeginArray(std::int32_t type, std::span<const std::string> values);
  void AppendInet(const net::IpAddress& address);
  void BeginField(std::size_t length);
  void Reject(std::string_view why);

  std::string buffer_;
  absl::Status status_;
  std::int64_t row_ = 0;
  int column_ = 0;
};

}  // namespace taster::store
