// SPDX-License-Identifier: Apache-2.0
#include "collector/store/copy_decoder.h"

#include <algorithm>
#include <span>

#include "collector/store/copy_encoder.h"

namespace taster::store {
namespace {

// Sign extension comes from the first byte.
std::int64_t BigEndian(std::string_view bytes) {
  std::uint64_t value = bytes.empty() || bytes[0] >= 0 ? 0 : ~std::uint64_t{0};
  for (const char byte : bytes) {
    value = value << 8 | static_cast<std::uint8_t>(byte);
  }
  return static_cast<std::int64_t>(value);
}

// family, prefix length, is_cidr, number of bytes; then the bytes.
constexpr std::size_t kInetHeader = 4;
constexpr std::int64_t kMicrosecondsPerDay = 86'400'000'000;
constexpr std::int64_t kFrom1970To2000 = 10957 * kMicrosecondsPerDay;

}  // namespace

CopyDecoder::CopyDecoder(std::string_view message) : rest_(message) {
  if (rest_.starts_with(CopyEncoder::kHeader)) {
    rest_.remove_prefix(CopyEncoder::kHeader.size());
  }
  end_ = rest_.empty() || rest_ == CopyEncoder::kTrailer;
  if (end_) return;
  ok_ = rest_.size() >= 2;
  if (!ok_) return;
  fields_ = static_cast<int>(BigEndian(rest_.substr(0, 2)));
  rest_.remove_prefix(2);
}

std::optional<std::string_view> CopyDecoder::Next() {
  if (fields_ <= 0 || rest_.size() < 4) {
    ok_ = false;
    return {};
  }
  --fields_;
  const std::int64_t length = BigEndian(rest_.substr(0, 4));
  rest_.remove_prefix(4);
  if (length < 0) return {};
  if (rest_.size() < static_cast<std::size_t>(length)) {
    ok_ = false;
    return {};
  }
  const std::string_view field =
      rest_.substr(0, static_cast<std::size_t>(length));
  rest_.remove_prefix(field.size());
  return field;
}

std::optional<std::int64_t> CopyDecoder::OptionalInteger() {
  const auto field = Next();
  if (!field) return {};
  if (field->empty() || field->size() > 8) ok_ = false;
  return BigEndian(*field);
}

std::optional<bool> CopyDecoder::OptionalBool() {
  const auto field = Next();
  if (!field) return {};
  if (field->size() != 1) ok_ = false;
  return *field == std::string_view("\1", 1);
}

envelope::BatchId CopyDecoder::Uuid() {
  envelope::BatchId id;
  const std::string_view field = Bytes();
  if (field.size() == id.bytes.size()) {
    std::ranges::copy(field, id.bytes.begin());
  } else {
    ok_ = false;
  }
  return id;
}

std::optional<net::IpAddress> CopyDecoder::OptionalInet() {
  const auto field = Next();
  if (!field) return {};
  std::optional<net::IpAddress> address;
  if (field->size() > kInetHeader) {
    const std::string_view bytes = field->substr(kInetHeader);
    address = net::IpAddress::FromBytes(
        {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  }
  if (!address) ok_ = false;
  return address;
}

Time CopyDecoder::TimestampTz() {
  return Time(std::chrono::microseconds(Integer() + kFrom1970To2000));
}

std::chrono::microseconds CopyDecoder::Interval() {
  const std::string_view field = Bytes();
  if (field.size() != 16) {
    ok_ = false;
    return {};
  }
  return std::chrono::microseconds(BigEndian(field.substr(0, 8)) +
                                   BigEndian(field.substr(8, 4)) *
                                       kMicrosecondsPerDay);
}

}  // namespace taster::store
