// SPDX-License-Identifier: Apache-2.0
// Decides by what it finds, and keeps where it came from.
#include "collector/reference/read_networks.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "collector/reference/file_bytes.h"
#include "collector/reference/mmdb_file.h"
#include "collector/reference/network_files.h"
#include "collector/reference/package_version.h"
#include "collector/reference/plain_text.h"
#include "collector/reference/prefix_file.h"
#include "collector/reference/range_csv.h"
#include "proto/envelope/sign.h"

namespace taster::reference {
namespace {

namespace fs = std::filesystem;
using std::chrono::sys_days;

// A name that people and databases can take, whatever the file is called.
std::string ShownName(const fs::path& path) {
  const std::string name = path.filename().string();
  return FaultOfText(name).empty() ? name : "networks";
}

judge::AddressRange RangeOf(const net::IpPrefix& prefix) {
  std::array<std::uint8_t, 16> last{};
  const auto first = prefix.address.bytes();
  std::ranges::copy(first, last.begin());
  for (int bit = prefix.length; bit < prefix.address.bits(); ++bit) {
    std::uint8_t& byte = last[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte | 0x80 >> bit % 8);
  }
  return {prefix.address,
          *net::IpAddress::FromBytes(std::span(last).first(first.size()))};
}

// Collects tables, and where each of them came from.
class Reading {
 public:
  explicit Reading(sys_days day) : day_(day) {}

  absl::Status AddDirectory(const fs::path& directory);
  absl::Status AddMmdb(const fs::path& path, std::string source);
  absl::Status AddPrefixes(const fs::path& path);
  absl::StatusOr<Networks> Finish();

 private:
  using ReadRanges = absl::Status (*)(const RangeText&, RangeTable*);
  absl::Status AddTable(const TableFiles& files, ReadRanges read,
                        judge::PrefixTable* table);
  void Digest(std::string_view bytes);
  void Came(const std::string& source, sys_days day);

  sys_days day_;
  Networks networks_;
  std::string digests_;
};

void Reading::Digest(std::string_view bytes) {
  const envelope::Hash hash = envelope::HashOf(bytes);
  digests_.append(hash.begin(), hash.end());
}

void Reading::Came(const std::string& source, sys_days day) {
  Provenance& from = networks_.provenance;
  from.source += (from.source.empty() ? "" : ", ") + source;
  from.taken = std::max(from.taken, day);
}

absl::Status Reading::AddTable(const TableFiles& files, ReadRanges read,
                               judge::PrefixTable* table) {
  const auto package = ReadPackageVersion(files.directory);
  const std::string name =
      package ? package->name + " " + package->version : ShownName(files.name);
  if (!files.mmdb.empty()) return AddMmdb(files.mmdb, name);
  RangeTable ranges;
  for (const RangeFile& file : files.ranges) {
    const auto bytes = ReadFile(file.path);
    if (!bytes.ok()) return bytes.status();
    Digest(*bytes);
    const auto done = read({.name = file.path.string(),
                            .text = *bytes,
                            .family = file.family,
                            .form = file.form},
                           &ranges);
    if (!done.ok()) return done;
  }
  *table = ranges.ranges.Build();
  // Tables of countries have neither.
  if (!ranges.owners.empty()) {
    networks_.owners = std::move(ranges.owners);
    networks_.subnets = std::move(ranges.subnets);
  }
  networks_.disputes += ranges.disputes;
  Came(name, package && package->day ? *package->day : day_);
  return absl::OkStatus();
}

absl::Status Reading::AddDirectory(const fs::path& directory) {
  const auto files = FindNetworkFiles(directory);
  if (!files.ok()) return files.status();
  if (files->origins) {
    const auto added =
        AddTable(*files->origins, ReadOrigins, &networks_.origin_as);
    if (!added.ok()) return added;
  }
  if (!files->countries) return absl::OkStatus();
  return AddTable(*files->countries, ReadCountries, &networks_.countries);
}

absl::Status Reading::AddMmdb(const fs::path& path, std::string source) {
  const auto bytes = ReadFile(path);
  if (!bytes.ok()) return bytes.status();
  auto content = ReadMmdb(path);
  if (!content.ok()) return content.status();
  Digest(*bytes);
  // One file may hold both; it does not take away what another said.
  if (content->has_origins) {
    networks_.origin_as = content->origins.ranges.Build();
    networks_.owners = std::move(content->origins.owners);
    networks_.subnets = std::move(content->origins.subnets);
  }
  if (content->has_countries) {
    networks_.countries = content->countries.ranges.Build();
  }
  if (!content->type.empty()) source += " (" + content->type + ")";
  Came(source, content->built == sys_days() ? day_ : content->built);
  return absl::OkStatus();
}

absl::Status Reading::AddPrefixes(const fs::path& path) {
  const auto bytes = ReadFile(path);
  if (!bytes.ok()) return bytes.status();
  const auto rows = ReadPrefixFile(path);
  if (!rows.ok()) return rows.status();
  Digest(*bytes);
  std::vector<judge::PrefixTable::Entry> origins;
  std::vector<judge::PrefixTable::Entry> countries;
  for (const PrefixRow& row : *rows) {
    origins.push_back(row.entry);
    networks_.subnets.Note(RangeOf(row.entry.prefix), row.entry.asn);
    countries.push_back({row.entry.prefix, CountryNumber(row.country)});
  }
  networks_.origin_as = judge::PrefixTable::Build(std::move(origins));
  networks_.countries = judge::PrefixTable::Build(std::move(countries));
  Came(ShownName(path), day_);
  return absl::OkStatus();
}

absl::StatusOr<Networks> Reading::Finish() {
  networks_.provenance.digest = envelope::HashOf(std::string_view(digests_));
  networks_.snapshot = SnapshotOf(networks_.provenance);
  return std::move(networks_);
}

}  // namespace

absl::StatusOr<Networks> ReadNetworks(const fs::path& path, sys_days day) {
  Reading reading(day);
  std::error_code ignored;  // What is not there is no directory either.
  absl::Status added;
  if (fs::is_directory(path, ignored)) {
    added = reading.AddDirectory(path);
  } else if (path.extension() == ".mmdb") {
    added = reading.AddMmdb(path, ShownName(path));
  } else {
    added = reading.AddPrefixes(path);
  }
  if (!added.ok()) return added;
  return reading.Finish();
}

}  // namespace taster::reference
