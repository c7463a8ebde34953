// SPDX-License-Identifier: Apache-2.0
// Walks the search tree from the lowest address to the highest.
#include "collector/reference/mmdb_file.h"

#include <maxminddb.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "collector/reference/networks.h"
#include "collector/reference/plain_text.h"

namespace taster::reference {
namespace {

constexpr int kV4Depth = 96;  // Of ::/96 in a tree of IPv6 addresses.

// The year 10000: no day that anything was built on.
constexpr std::uint64_t kFirstAbsurdEpoch = 253402300800;

using Path = std::initializer_list<const char*>;

class Mmdb {
 public:
  Mmdb() = default;
  ~Mmdb() {
    if (is_open_) MMDB_close(&file_);
  }
  Mmdb(const Mmdb&) = delete;
  Mmdb& operator=(const Mmdb&) = delete;

  int Open(const std::string& path) {
    const int error = MMDB_open(path.c_str(), MMDB_MODE_MMAP, &file_);
    is_open_ = error == MMDB_SUCCESS;
    return error;
  }
  MMDB_s* get() { return &file_; }

 private:
  MMDB_s file_{};
  bool is_open_ = false;
};

// What one record says; records are shared by many networks.
struct Record {
  std::uint32_t asn = 0;
  std::uint32_t country = 0;
};

class Walk {
 public:
  Walk(MMDB_s* file, MmdbContent* content) : file_(file), content_(content) {}

  // Empty, or what is wrong with the file.
  std::string Run() {
    Visit(0, file_->metadata.ip_version == 4 ? kV4Depth : 0);
    return fault_;
  }

 private:
  void Visit(std::uint32_t node, int depth);
  void Follow(std::uint64_t record, std::uint8_t type, MMDB_entry_s* entry);
  void Enter(MMDB_entry_s* entry);
  Record Read(MMDB_entry_s* entry);
  std::string ReadText(MMDB_entry_s* entry, Path path);
  void Add(const Record& record);
  judge::AddressRange RangeHere() const;
  bool IsBelowV4() const;

  MMDB_s* file_;
  MmdbContent* content_;
  std::array<std::uint8_t, 16> bits_{};  // Those of the path, then zeros.
  int depth_ = 0;
  std::uint32_t visited_ = 0;
  absl::flat_hash_map<std::uint32_t, Record> records_;  // By offset.
  std::string fault_;
};

bool Walk::IsBelowV4() const {
  if (depth_ < kV4Depth) return false;
  for (std::size_t i = 0; i < kV4Depth / 8; ++i) {
    if (bits_[i] != 0) return false;
  }
  return true;
}

void Walk::Visit(std::uint32_t node, int depth) {
  depth_ = depth;
  const auto& v4 = file_->ipv4_start_node;
  if (depth > 0 && v4.netmask == kV4Depth && node == v4.node_value &&
      !IsBelowV4()) {
    return;  // The IPv4 addresses once more.
  }
  MMDB_search_node_s found;
  if (depth >= 128 || ++visited_ > file_->metadata.node_count ||
      MMDB_read_node(file_, node, &found) != MMDB_SUCCESS) {
    fault_ = "the search tree is damaged";
    return;
  }
  std::uint8_t& byte = bits_[static_cast<std::size_t>(depth / 8)];
  const auto bit = static_cast<std::uint8_t>(0x80 >> depth % 8);
  depth_ = depth + 1;
  Follow(found.left_record, found.left_record_type, &found.left_record_entry);
  if (!fault_.empty()) return;
  byte = static_cast<std::uint8_t>(byte | bit);
  depth_ = depth + 1;
  Follow(found.right_record, found.right_record_type,
         &found.right_record_entry);
  byte = static_cast<std::uint8_t>(byte & ~bit);
}

void Walk::Follow(std::uint64_t record, std::uint8_t type,
                  MMDB_entry_s* entry) {
  switch (type) {
    case MMDB_RECORD_TYPE_SEARCH_NODE:
      Visit(static_cast<std::uint32_t>(record), depth_);
      return;
    case MMDB_RECORD_TYPE_DATA:
      Enter(entry);
      return;
    case MMDB_RECORD_TYPE_EMPTY:
      return;
    default:
      fault_ = "a record points outside the file";
  }
}

void Walk::Enter(MMDB_entry_s* entry) {
  const auto known = records_.find(entry->offset);
  const Record record = known != records_.end() ? known->second : Read(entry);
  if (fault_.empty()) Add(record);
}

// Empty when it is not there.
std::string Walk::ReadText(MMDB_entry_s* entry, Path path) {
  std::array<const char*, 3> keys{};
  std::copy(path.begin(), path.end(), keys.begin());
  MMDB_entry_data_s value{};
  if (MMDB_aget_value(entry, &value, keys.data()) != MMDB_SUCCESS ||
      !value.has_data || value.type != MMDB_DATA_TYPE_UTF8_STRING) {
    return {};
  }
  std::string text(value.utf8_string, value.data_size);
  if (text.size() > RangeScanner::kMaxLineBytes) fault_ = "a text is too long";
  if (const auto fault = FaultOfText(text); !fault.empty()) {
    fault_ = "a text is " + fault;
  }
  return text;
}

Record Walk::Read(MMDB_entry_s* entry) {
  Record record;
  const std::array<const char*, 2> number = {"autonomous_system_number", {}};
  MMDB_entry_data_s value{};
  if (MMDB_aget_value(entry, &value, number.data()) == MMDB_SUCCESS &&
      value.has_data && value.type == MMDB_DATA_TYPE_UINT32) {
    record.asn = value.uint32;
    const auto [owner, is_new] =
        content_->origins.owners.try_emplace(record.asn);
    if (is_new) {
      owner->second = ReadText(entry, {"autonomous_system_organization"});
    }
  }
  std::string country = ReadText(entry, {"country", "iso_code"});
  if (country.empty()) country = ReadText(entry, {"country_code"});
  record.country = CountryNumber(country);
  records_.emplace(entry->offset, record);
  return record;
}

judge::AddressRange Walk::RangeHere() const {
  std::array<std::uint8_t, 16> last = bits_;
  for (int bit = depth_; bit < 128; ++bit) {
    std::uint8_t& byte = last[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte | 0x80 >> bit % 8);
  }
  if (!IsBelowV4()) {
    return {net::IpAddress::FromV6(bits_), net::IpAddress::FromV6(last)};
  }
  return {*net::IpAddress::FromBytes(std::span(bits_).last(4)),
          *net::IpAddress::FromBytes(std::span(last).last(4))};
}

void Walk::Add(const Record& record) {
  const judge::AddressRange range = RangeHere();
  content_->has_origins |= record.asn != 0;
  content_->has_countries |= record.country != 0;
  content_->origins.subnets.Note(range, record.asn);
  // A tree cannot overlap itself.
  if (content_->origins.ranges.Add(range, record.asn) !=
          judge::RangeFault::kNone ||
      content_->countries.ranges.Add(range, record.country) !=
          judge::RangeFault::kNone) {
    fault_ = "the search tree is damaged";
  }
}

}  // namespace

absl::StatusOr<MmdbContent> ReadMmdb(const std::filesystem::path& path) {
  const std::string name = path.string();
  Mmdb file;
  const int error = file.Open(name);
  if (error == MMDB_FILE_OPEN_ERROR) {
    return absl::NotFoundError("cannot open " + name);
  }
  if (error != MMDB_SUCCESS) {
    return absl::InvalidArgumentError(name + ": " + MMDB_strerror(error));
  }
  MmdbContent content;
  std::string fault = Walk(file.get(), &content).Run();
  if (fault.empty() && !content.has_origins && !content.has_countries) {
    fault = "says neither AS nor country of any address";
  }
  if (!fault.empty()) return absl::InvalidArgumentError(name + ": " + fault);
  const MMDB_metadata_s& metadata = file.get()->metadata;
  if (FaultOfText(metadata.database_type).empty()) {
    content.type = metadata.database_type;
  }
  if (metadata.build_epoch < kFirstAbsurdEpoch) {
    content.built = std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds(std::chrono::seconds(metadata.build_epoch)));
  }
  return content;
}

}  // namespace taster::reference
