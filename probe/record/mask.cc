// SPDX-License-Identifier: Apache-2.0
// Finds options and addresses; overwrites them.
#include "probe/record/mask.h"

#include <algorithm>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"

namespace taster::record {
namespace {

constexpr std::uint16_t kOptionClientSubnet = 8;
constexpr std::uint16_t kOptionCookie = 10;
// Root name, type, class, TTL, RDLENGTH.
constexpr std::size_t kOptHeaderBytes = 11;

class Masker {
 public:
  explicit Masker(std::string* message) : message_(*message) {}

  void MaskEdns() {
    std::vector<std::pair<std::size_t, std::size_t>> records;
    std::size_t reached = dns::kHeaderBytes;
    dns::MessageReader reader(Bytes());
    while (reader.NextQuestion()) continue;
    while (const auto record = reader.NextRecord()) {
      reached = record->rdata_offset + record->rdata.size();
      if (record->type == dns::kTypeOpt) {
        records.emplace_back(record->rdata_offset, record->rdata.size());
      }
    }
    if (reader.defect() != dns::Defect::kNone) FindOpt(reached, &records);
    for (const auto& [at, size] : records) MaskOptions(at, size);
  }

  void MaskText(std::string_view pattern) {
    for (auto at = message_.find(pattern, dns::kHeaderBytes);
         at != message_.npos; at = message_.find(pattern, at + 1)) {
      Overwrite(at, pattern.size(), v1::REDACTION_REASON_OWN_ADDRESS);
    }
  }

  std::vector<Masked> Take() {
    std::ranges::sort(masked_, {}, &Masked::offset);
    return std::move(masked_);
  }

 private:
  std::span<const std::uint8_t> Bytes() const {
    return {reinterpret_cast<const std::uint8_t*>(message_.data()),
            message_.size()};
  }

  std::uint16_t Read16(std::size_t at) const {
    return static_cast<std::uint16_t>(Bytes()[at] << 8 | Bytes()[at + 1]);
  }

  // Where reading had to stop, whatever looks like an OPT record counts as
  // one: a byte too many is better masked than one too few.
  void FindOpt(std::size_t from,
               std::vector<std::pair<std::size_t, std::size_t>>* records) {
    for (std::size_t at = from; at + kOptHeaderBytes <= message_.size(); ++at) {
      if (message_[at] != 0 || Read16(at + 1) != dns::kTypeOpt) continue;
      const std::size_t rdata = at + kOptHeaderBytes;
      records->emplace_back(
          rdata,
          std::min<std::size_t>(Read16(rdata - 2), message_.size() - rdata));
    }
  }

  void MaskOptions(std::size_t at, std::size_t size) {
    const std::size_t end = at + size;
    while (at + 4 <= end) {
      const auto code = Read16(at);
      const auto length = std::min<std::size_t>(Read16(at + 2), end - at - 4);
      if (code == kOptionClientSubnet) {
        Overwrite(at + 4, length, v1::REDACTION_REASON_CLIENT_SUBNET);
      } else if (code == kOptionCookie) {
        Overwrite(at + 4, length, v1::REDACTION_REASON_COOKIE);
      }
      at += 4 + length;
    }
  }

  void Overwrite(std::size_t at, std::size_t size, v1::RedactionReason reason) {
    if (size == 0) return;
    std::fill_n(message_.begin() + static_cast<std::ptrdiff_t>(at), size, '\0');
    masked_.push_back({static_cast<std::uint32_t>(at),
                       static_cast<std::uint32_t>(size), reason});
  }

  std::string& message_;
  std::vector<Masked> masked_;
};

}  // namespace

std::vector<Masked> Mask(std::string* message,
                         std::span<const net::IpAddress> own) {
  Masker masker(message);
  if (message->size() < dns::kHeaderBytes) return {};
  masker.MaskEdns();
  for (const auto& address : own) {
    const auto bytes = address.bytes();
    masker.MaskText(
        {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    masker.MaskText(address.ToString());
  }
  return masker.Take();
}

}  // namespace taster::record
