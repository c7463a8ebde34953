// SPDX-License-Identifier: Apache-2.0
#include "collector/store/catalogue_store.h"

#include <algorithm>
#include <pqxx/pqxx>
#include <string_view>

#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"
#include "fmt/format.h"

namespace taster::store {
namespace {

constexpr char kInsertVantage[] =
    "INSERT INTO taster.vantage (key, role, country, asn)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING";
constexpr char kFindVantage[] =
    "SELECT vantage_id, key, role, country, asn, revoke_time IS NOT NULL"
    " FROM taster.vantage WHERE key = $1";
constexpr char kFindVantages[] =
    "SELECT vantage_id, key, role, country, asn, revoke_time IS NOT NULL"
    " FROM taster.vantage ORDER BY vantage_id";
constexpr char kRevoke[] =
    "UPDATE taster.vantage SET revoke_time = coalesce(revoke_time, now())"
    " WHERE key = $1";
pqxx::binarystring KeyParameter(const envelope::PublicKey& key) {
  return {key.data(), key.size()};
}

const char* ToText(VantageRole role) {
  return role == VantageRole::kControl ? "control" : "probe";
}

Vantage ReadVantage(const pqxx::row& row) {
  Vantage vantage;
  vantage.vantage_id = row[0].as<std::int64_t>();
  const std::string key = ReadBytes(row[1]);
  std::copy_n(key.begin(), std::min(key.size(), vantage.enrolment.key.size()),
              vantage.enrolment.key.begin());
  vantage.enrolment.role = std::string_view(row[2].c_str()) == "control"
                               ? VantageRole::kControl
                               : VantageRole::kProbe;
  vantage.enrolment.country = row[3].c_str();
  vantage.enrolment.asn = row[4].as<std::uint32_t>();
  vantage.is_revoked = row[5].as<bool>();
  return vantage;
}

absl::StatusOr<std::int64_t> EnrollIn(pqxx::work& transaction,
                                      const Enrolment& wanted) {
  transaction.exec_params(kInsertVantage, KeyParameter(wanted.key),
                          ToText(wanted.role), wanted.country,
                          std::int64_t{wanted.asn});
  const pqxx::result rows =
      transaction.exec_params(kFindVantage, KeyParameter(wanted.key));
  const Vantage known = ReadVantage(rows.at(0));
  transaction.commit();
  if (known.is_revoked) {
    return absl::FailedPreconditionError(
        "enroll: this key was revoked; a revoked key never comes back");
  }
  if (known.enrolment != wanted) {
    return absl::AlreadyExistsError(
        fmt::format("enroll: this key is enrolled as {} in {}/AS{}",
                    ToText(known.enrolment.role), known.enrolment.country,
                    known.enrolment.asn));
  }
  return known.vantage_id;
}

}  // namespace

absl::StatusOr<std::int64_t> Enroll(const std::string& connection,
                                    const Enrolment& enrolment) {
  return Guarded("enroll", [&]() -> absl::StatusOr<std::int64_t> {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    return EnrollIn(transaction, enrolment);
  });
}

absl::Status Revoke(const std::string& connection,
                    const envelope::PublicKey& key) {
  return Guarded("revoke", [&]() -> absl::Status {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    const pqxx::result done =
        transaction.exec_params(kRevoke, KeyParameter(key));
    transaction.commit();
    if (done.affected_rows() > 0) return absl::OkStatus();
    return absl::NotFoundError("revoke: this key was never enrolled");
  });
}

absl::StatusOr<std::vector<Vantage>> FindVantages(
    const std::string& connection) {
  return Guarded(
      "find vantage points", [&]() -> absl::StatusOr<std::vector<Vantage>> {
        pqxx::connection session(connection);
        pqxx::read_transaction transaction(session);
        std::vector<Vantage> vantages;
        for (const pqxx::row& row : transaction.exec(kFindVantages)) {
          vantages.push_back(ReadVantage(row));
        }
        return vantages;
      });
}

}  // namespace taster::store
