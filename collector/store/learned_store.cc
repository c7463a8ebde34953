// SPDX-License-Identifier: Apache-2.0
// Reads what was learned, and sets pools aside.
#include "collector/store/learned_store.h"

#include <pqxx/pqxx>

#include "collector/reference/day.h"
#include "collector/store/evidence_reader.h"
#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"
#include "fmt/format.h"

namespace taster::store {
namespace {

constexpr char kPools[] =
    "SELECT pool, country, asn, family, first_day - date '1970-01-01',"
    " last_day - date '1970-01-01', names,"
    " (extract(epoch FROM learned_time) * 1000000)::bigint, is_revoked"
    " FROM taster.learned_pool ORDER BY pool COLLATE \"C\"";
constexpr char kAddresses[] =
    "SELECT pool, host(address), owner_as, first_day - date '1970-01-01',"
    " last_day - date '1970-01-01', names, registrable"
    " FROM taster.learned_address ORDER BY pool COLLATE \"C\", address";
constexpr char kShared[] =
    "SELECT country, asn, host(address), first_day - date '1970-01-01',"
    " last_day - date '1970-01-01', registrable, forged"
    " FROM taster.shared_address ORDER BY country COLLATE \"C\", asn, address";
constexpr char kVictims[] =
    "SELECT host(address), owner_as, owner_name, country, names,"
    " sample_names, networks, first_day - date '1970-01-01',"
    " last_day - date '1970-01-01', served"
    " FROM taster.victim ORDER BY address";
constexpr char kRenamePool[] =
    "UPDATE taster.learned_pool SET pool = $2, is_revoked = true"
    " WHERE pool = $1 AND NOT is_revoked";
constexpr char kRenameAddresses[] =
    "UPDATE taster.learned_address SET pool = $2 WHERE pool = $1";
constexpr char kForgetPool[] =
    "DELETE FROM taster.learned_pool WHERE pool = $1 AND is_revoked";
constexpr char kForgetAddresses[] =
    "DELETE FROM taster.learned_address WHERE pool = $1";

Span ReadSpan(const pqxx::row& row, int first) {
  return {ReadDay(row[first]).value_or(std::chrono::sys_days()),
          ReadDay(row[first + 1]).value_or(std::chrono::sys_days())};
}

LearnedPoolRow ReadPool(const pqxx::row& row) {
  return {
      .pool = row[0].c_str(),
      .network = {row[1].c_str(), row[2].as<std::uint32_t>()},
      .family = row[3].as<int>() == 6 ? net::Family::kIpv6 : net::Family::kIpv4,
      .days = ReadSpan(row, 4),
      .names = row[6].as<std::uint32_t>(),
      .learned_time = ReadTime(row[7]),
      .is_revoked = row[8].as<bool>()};
}

LearnedAddressRow ReadLearnedAddress(const pqxx::row& row) {
  return {.pool = row[0].c_str(),
          .address = ReadAddress(row[1]),
          .owner = row[2].as<std::uint32_t>(),
          .days = ReadSpan(row, 3),
          .names = ReadTexts(row[5]),
          .registrable = row[6].as<std::uint32_t>()};
}

SharedAddressRow ReadShared(const pqxx::row& row) {
  return {.network = {row[0].c_str(), row[1].as<std::uint32_t>()},
          .address = ReadAddress(row[2]),
          .days = ReadSpan(row, 3),
          .registrable = row[5].as<std::uint32_t>(),
          .forged = row[6].as<std::uint32_t>()};
}

VictimRow ReadVictim(const pqxx::row& row) {
  return {.address = ReadAddress(row[0]),
          .owner = row[1].as<std::uint32_t>(),
          .owner_name = row[2].c_str(),
          .country = row[3].c_str(),
          .names = row[4].as<std::uint32_t>(),
          .sample_names = ReadTexts(row[5]),
          .networks = ReadTexts(row[6]),
          .days = ReadSpan(row, 7),
          .served = ReadOptional<std::string>(row[9])};
}

std::string SetAsideAs(const std::string& pool, Time now) {
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::hh_mm_ss time(
      std::chrono::floor<std::chrono::seconds>(now) - day);
  return fmt::format("{}@{}T{:02}:{:02}:{:02}Z", pool, reference::DayText(day),
                     time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace

absl::StatusOr<LearnedRows> LoadLearned(const std::string& connection) {
  return Guarded("load what was learned", [&]() -> absl::StatusOr<LearnedRows> {
    pqxx::connection session(connection);
    Snapshot transaction(session);
    LearnedRows rows;
    Load(transaction, kPools, ReadPool, &rows.pools);
    Load(transaction, kAddresses, ReadLearnedAddress, &rows.addresses);
    Load(transaction, kShared, ReadShared, &rows.shared);
    Load(transaction, kVictims, ReadVictim, &rows.victims);
    return rows;
  });
}

absl::StatusOr<std::string> RevokePool(const std::string& connection,
                                       const std::string& pool, Time now) {
  return Guarded("revoke pool", [&]() -> absl::StatusOr<std::string> {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    std::string aside = SetAsideAs(pool, now);
    const auto revoked = transaction.exec_params(kRenamePool, pool, aside);
    if (revoked.affected_rows() == 0) {
      return absl::NotFoundError("no pool in use is called " + pool);
    }
    transaction.exec_params(kRenameAddresses, pool, aside);
    transaction.commit();
    return aside;
  });
}

absl::Status RestorePool(const std::string& connection,
                         const std::string& pool) {
  return Guarded("restore pool", [&]() -> absl::Status {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    if (transaction.exec_params(kForgetPool, pool).affected_rows() == 0) {
      return absl::NotFoundError("no revoked pool is called " + pool);
    }
    transaction.exec_params(kForgetAddresses, pool);
    transaction.commit();
    return absl::OkStatus();
  });
}

}  // namespace taster::store
