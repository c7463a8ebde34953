// SPDX-License-Identifier: Apache-2.0
// From six files to rows, and on to a reference.
#include "collector/reference/seed_files.h"

#include <utility>

#include "collector/reference/build_reference.h"
#include "collector/reference/listed.h"
#include "collector/reference/prefix_file.h"
#include "collector/reference/seed_values.h"

namespace taster::reference {
namespace {

PoolRow TakePool(CsvRow* row) {
  PoolRow pool;
  pool.pool_id = TakeText(row);
  const std::uint32_t family = TakeNumber(row);
  if (family != 4 && family != 6) row->Refuse("4 or 6");
  pool.family = family == 6 ? net::Family::kIpv6 : net::Family::kIpv4;
  pool.ordered = TakeBool(row);
  pool.days = TakeDays(row);
  pool.source = TakeText(row);
  return pool;
}

AddressRow TakeMember(CsvRow* row) {
  AddressRow member;
  member.pool_id = TakeText(row);
  member.position = TakeNumber(row);
  member.address = TakeAddress(row);
  return member;
}

InjectorRow TakeInjector(CsvRow* row) {
  InjectorRow injector;
  injector.injector_id = TakeText(row);
  injector.name = TakeText(row);
  // Products stand in no country.
  injector.country = row->Next();
  if (!injector.country.empty() && !IsCountry(injector.country)) {
    row->Refuse("a country code");
  }
  injector.source = TakeText(row);
  return injector;
}

FingerprintRow TakeFingerprint(CsvRow* row) {
  FingerprintRow print;
  print.injector_id = TakeText(row);
  print.days = TakeDays(row);
  print.aa = TakeOptionalBool(row);
  print.aa_iff_not_rd = TakeOptionalBool(row);
  print.rd_echoed = TakeOptionalBool(row);
  print.dont_fragment = TakeOptionalBool(row);
  print.ip_id_zero = TakeOptionalBool(row);
  print.owner_is_pointer = TakeOptionalBool(row);
  print.rr_ttl = TakeOptionalNumber(row);
  print.pools = TakeList(row);
  print.source = TakeText(row);
  return print;
}

ListedRow TakeListed(CsvRow* row) {
  ListedRow listed;
  listed.answer = TakeText(row);
  if (!ParseAnswer(listed.answer)) row->Refuse("an address or cname:NAME.");
  listed.list_id = TakeText(row);
  listed.mechanism = TakeText(row);
  if (!ParseMechanism(listed.mechanism)) row->Refuse("a mechanism of a list");
  listed.injector_id = row->Next();
  listed.countries = TakeList(row);
  listed.days = TakeDays(row);
  listed.source = TakeText(row);
  return listed;
}

ResolverRow TakeResolver(CsvRow* row) {
  ResolverRow resolver;
  resolver.address = TakeAddress(row);
  resolver.operated_by = TakeText(row);
  resolver.country = TakeText(row);
  if (!IsCountry(resolver.country)) row->Refuse("a country code");
  resolver.source = TakeText(row);
  return resolver;
}

// Reads one file into `rows`.
template <typename Row>
absl::Status ReadInto(const std::filesystem::path& path, const char* header,
                      Row (*take)(CsvRow*), std::vector<Row>* rows) {
  return ReadCsv(path, header,
                 [&](CsvRow* row) { rows->push_back(take(row)); });
}

}  // namespace

absl::StatusOr<SeedRows> ReadSeedFiles(const std::filesystem::path& directory) {
  SeedRows rows;
  absl::Status read = ReadInto(directory / "forged_pool.csv",
                               "pool_id,family,ordered,since,until,source",
                               TakePool, &rows.pools);
  if (!read.ok()) return read;
  read = ReadInto(directory / "forged_address.csv", "pool_id,position,address",
                  TakeMember, &rows.addresses);
  if (!read.ok()) return read;
  read = ReadInto(directory / "injector.csv", "injector_id,name,country,source",
                  TakeInjector, &rows.injectors);
  if (!read.ok()) return read;
  read = ReadInto(directory / "injector_fingerprint.csv",
                  "injector_id,since,until,aa,aa_iff_not_rd,rd_echoed,"
                  "dont_fragment,ip_id_zero,owner_is_pointer,rr_ttl,pools,"
                  "source",
                  TakeFingerprint, &rows.fingerprints);
  if (!read.ok()) return read;
  read = ReadInto(directory / "listed_answer.csv",
                  "answer,list_id,mechanism,injector_id,countries,since,until,"
                  "source",
                  TakeListed, &rows.listed);
  if (!read.ok()) return read;
  read = ReadInto(directory / "public_resolver.csv",
                  "address,operator,country,source", TakeResolver,
                  &rows.resolvers);
  if (!read.ok()) return read;
  return rows;
}

absl::StatusOr<judge::Reference> LoadReference(
    const std::filesystem::path& seed_directory,
    const std::optional<std::filesystem::path>& prefix_file) {
  auto rows = ReadSeedFiles(seed_directory);
  if (!rows.ok()) return rows.status();
  std::vector<PrefixRow> prefixes;
  if (prefix_file) {
    auto read = ReadPrefixFile(*prefix_file);
    if (!read.ok()) return read.status();
    prefixes = *std::move(read);
  }
  return BuildReference(*rows, std::move(prefixes));
}

}  // namespace taster::reference
