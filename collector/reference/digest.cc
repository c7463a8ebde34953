// SPDX-License-Identifier: Apache-2.0
// A hash for each row, added up.
#include "collector/reference/digest.h"

#include <algorithm>
#include <cstdio>
#include <span>
#include <string_view>

#include "collector/reference/day.h"

namespace taster::reference {
namespace {

// FNV-1a, 64 bits: stable across builds and machines.
class RowHash {
 public:
  explicit RowHash(std::string_view table) { Add(table); }
  void Add(std::string_view text) {
    AddNumber(text.size());
    for (const char c : text) AddByte(static_cast<std::uint8_t>(c));
  }
  void Add(const net::IpAddress& address) {
    const auto bytes = address.bytes();
    AddNumber(bytes.size());
    for (const std::uint8_t byte : bytes) AddByte(byte);
  }
  void Add(const Days& days) {
    for (const auto& day : {days.since, days.until}) {
      Add(day.has_value());
      if (!day) continue;
      AddNumber(static_cast<std::uint64_t>(day->time_since_epoch().count()));
    }
  }
  void Add(std::optional<bool> flag) { AddByte(flag ? *flag ? 2 : 1 : 0); }
  void AddNumber(std::uint64_t number) {
    for (int i = 0; i < 8; ++i, number >>= 8) {
      AddByte(static_cast<std::uint8_t>(number));
    }
  }
  std::uint64_t value() const { return value_; }

 private:
  void AddByte(std::uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001b3; }

  std::uint64_t value_ = 0xcbf29ce484222325;
};

std::uint64_t HashOf(const PoolRow& row) {
  RowHash hash("pool");
  hash.Add(row.pool_id);
  hash.Add(row.days);
  return hash.value();
}

std::uint64_t HashOf(const AddressRow& row) {
  RowHash hash("address");
  hash.Add(row.pool_id);
  hash.Add(row.address);
  return hash.value();
}

std::uint64_t HashOf(const FingerprintRow& row) {
  RowHash hash("fingerprint");
  hash.Add(row.injector_id);
  hash.Add(row.days);
  for (const auto& flag :
       {row.aa, row.aa_iff_not_rd, row.rd_echoed, row.dont_fragment,
        row.ip_id_zero, row.owner_is_pointer}) {
    hash.Add(flag);
  }
  hash.Add(row.rr_ttl.has_value());
  hash.AddNumber(row.rr_ttl.value_or(0));
  for (const std::string& pool : row.pools) hash.Add(pool);
  return hash.value();
}

std::uint64_t HashOf(const InjectorRow& row) {
  // Of an injector only its country can change a verdict.
  if (row.country.empty()) return 0;
  RowHash hash("injector");
  hash.Add(row.injector_id);
  hash.Add(row.country);
  return hash.value();
}

std::uint64_t HashOf(const ListedRow& row) {
  RowHash hash("listed");
  hash.Add(row.answer);
  hash.Add(row.list_id);
  hash.Add(row.mechanism);
  hash.Add(row.injector_id);
  hash.Add(row.days);
  for (const std::string& country : row.countries) hash.Add(country);
  return hash.value();
}

std::uint64_t HashOf(const ResolverRow& row) {
  RowHash hash("resolver");
  hash.Add(row.address);
  hash.Add(row.country);
  return hash.value();
}

std::uint64_t HashOf(const PrefixRow& row) {
  RowHash hash("prefix");
  hash.Add(row.entry.prefix.address);
  hash.AddNumber(static_cast<std::uint64_t>(row.entry.prefix.length));
  hash.AddNumber(row.entry.asn);
  return hash.value();
}

template <typename Row>
std::uint64_t SumOf(const std::vector<Row>& rows) {
  std::uint64_t sum = 0;
  for (const Row& row : rows) sum += HashOf(row);
  return sum;
}

template <typename Row>
void MentionDays(const std::vector<Row>& rows, std::chrono::sys_days* latest) {
  for (const Row& row : rows) {
    for (const auto& day : {row.days.since, row.days.until}) {
      if (day) *latest = std::max(*latest, *day);
    }
  }
}

}  // namespace

std::string VersionOf(const SeedRows& rows,
                      const std::vector<PrefixRow>& prefixes) {
  std::chrono::sys_days latest{};
  MentionDays(rows.pools, &latest);
  MentionDays(rows.fingerprints, &latest);
  MentionDays(rows.listed, &latest);
  const std::uint64_t sum = SumOf(rows.pools) + SumOf(rows.addresses) +
                            SumOf(rows.fingerprints) + SumOf(rows.injectors) +
                            SumOf(rows.listed) + SumOf(rows.resolvers) +
                            SumOf(prefixes);
  char text[16];
  std::snprintf(text, sizeof(text), "/%08x",
                static_cast<unsigned>(sum ^ sum >> 32));
  return DayText(latest) + text;
}

}  // namespace taster::reference
