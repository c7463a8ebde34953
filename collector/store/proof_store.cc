// SPDX-License-Identifier: Apache-2.0
#include "collector/store/proof_store.h"

#include <algorithm>
#include <map>
#include <pqxx/pqxx>
#include <utility>

#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"
#include "proto/envelope/sign.h"

namespace taster::store {
namespace {

#define TASTER_TIME(parameter) \
  "(timestamptz 'epoch' + " parameter "::bigint * interval '1 microsecond')"

constexpr char kPutLink[] =
    "INSERT INTO taster.dnssec_link"
    " (link_hash, qname, qtype, message, first_time, last_time)"
    " VALUES ($1, $2, $3, $4, " TASTER_TIME("$5") ", " TASTER_TIME("$5") ")"
    " ON CONFLICT (link_hash) DO UPDATE SET"
    " first_time = least(dnssec_link.first_time, excluded.first_time),"
    " last_time = greatest(dnssec_link.last_time, excluded.last_time)"
    // Seen again within the hour is no news.
    " WHERE excluded.first_time < dnssec_link.first_time"
    " OR excluded.last_time > dnssec_link.last_time + interval '1 hour'";
constexpr char kPutProof[] =
    "INSERT INTO taster.dnssec_proof (vantage_id, qname, qtype, proof_day,"
    " measure_time, result, reason, valid_from, valid_until, links)"
    " VALUES ($1, $2, $3, (" TASTER_TIME("$4") " AT TIME ZONE 'UTC')::date,"
    " " TASTER_TIME("$4") ", $5, $6, " TASTER_TIME("$7") ", "
    TASTER_TIME("$8") ", $9::bytea[])"
    " ON CONFLICT (vantage_id, qname, qtype, proof_day) DO UPDATE SET"
    " measure_time = excluded.measure_time, result = excluded.result,"
    " reason = excluded.reason, valid_from = excluded.valid_from,"
    " valid_until = excluded.valid_until, links = excluded.links"
    " WHERE excluded.result < dnssec_proof.result";

#define TASTER_PROOF_COLUMNS                                 \
  "p.qname, p.qtype, p.vantage_id,"                          \
  " (extract(epoch FROM p.measure_time) * 1000000)::bigint," \
  " p.result, p.reason,"                                     \
  " (extract(epoch FROM p.valid_from) * 1000000)::bigint,"   \
  " (extract(epoch FROM p.valid_until) * 1000000)::bigint"

constexpr char kSecure[] = "SELECT " TASTER_PROOF_COLUMNS
                           " FROM taster.dnssec_proof AS p WHERE p.result = 1";
// One row a link.
constexpr char kOfName[] =
    "SELECT " TASTER_PROOF_COLUMNS
    ", l.qname, l.qtype, l.message, link.place"
    " FROM taster.dnssec_proof AS p"
    " CROSS JOIN unnest(p.links) WITH ORDINALITY AS link (link_hash, place)"
    " INNER JOIN taster.dnssec_link AS l USING (link_hash)"
    " WHERE p.qname = $1 AND p.qtype = $2"
    " AND (p.proof_day = date '1970-01-01' + $3::integer"
    " OR (p.valid_from AT TIME ZONE 'UTC')::date"
    " <= date '1970-01-01' + $3::integer"
    " AND (p.valid_until AT TIME ZONE 'UTC')::date"
    " >= date '1970-01-01' + $3::integer)"
    " ORDER BY p.vantage_id, p.proof_day, link.place";
constexpr char kLastLink[] =
    "SELECT message FROM taster.dnssec_link"
    " WHERE qname = $1 AND qtype = $2 AND last_time >= " TASTER_TIME(
        "$3") " ORDER BY last_time DESC LIMIT 1";

pqxx::binarystring Bytes(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

envelope::Hash HashOf(const ProofLink& link) {
  return envelope::HashOf(link.message);
}

std::int64_t Micros(Time time) { return time.time_since_epoch().count(); }

// In the order of their hashes, so that two writers do not wait for each other.
void PutLinks(const std::vector<ProofRow>& rows, pqxx::work* transaction) {
  std::map<envelope::Hash, std::pair<const ProofLink*, Time>> links;
  for (const ProofRow& row : rows) {
    for (const ProofLink& link : row.links) {
      auto& [known, time] = links[HashOf(link)];
      known = &link;
      time = std::max(time, row.measure_time);
    }
  }
  for (const auto& [hash, link] : links) {
    transaction->exec_params(kPutLink,
                             pqxx::binarystring(hash.data(), hash.size()),
                             link.first->qname, int{link.first->qtype},
                             Bytes(link.first->message), Micros(link.second));
  }
}

void PutProof(const ProofRow& row, pqxx::work* transaction) {
  std::vector<std::string> hashes;
  for (const ProofLink& link : row.links) {
    hashes.push_back("\\x" + envelope::ToHex(HashOf(link)));
  }
  const auto from =
      row.validity ? std::optional(Micros(row.validity->from)) : std::nullopt;
  const auto until =
      row.validity ? std::optional(Micros(row.validity->until)) : std::nullopt;
  const auto text = [](const std::optional<std::int64_t>& micros) {
    return micros ? std::to_string(*micros) : std::string();
  };
  const std::string from_text = text(from);
  const std::string until_text = text(until);
  transaction->exec_params(kPutProof, row.vantage_id, row.qname, int{row.qtype},
                           Micros(row.measure_time), int{row.result},
                           row.reason, from ? from_text.c_str() : nullptr,
                           until ? until_text.c_str() : nullptr,
                           TextArray(hashes));
}

ProofRow ReadProof(const pqxx::row& row) {
  ProofRow proof{.qname = row[0].c_str(),
                 .qtype = row[1].as<std::uint16_t>(),
                 .vantage_id = row[2].as<std::int64_t>(),
                 .measure_time = ReadTime(row[3]),
                 .result = ReadOctet(row[4]),
                 .reason = row[5].c_str(),
                 .validity = std::nullopt,
                 .links = {}};
  if (!row[6].is_null()) {
    proof.validity = Validity{ReadTime(row[6]), ReadTime(row[7])};
  }
  return proof;
}

}  // namespace

absl::Status PutProofs(const std::string& connection,
                       const std::vector<ProofRow>& rows) {
  if (rows.empty()) return absl::OkStatus();
  return Guarded("put proofs", [&]() -> absl::Status {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    PutLinks(rows, &transaction);
    for (const ProofRow& row : rows) PutProof(row, &transaction);
    transaction.commit();
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<ProofRow>> LoadSecureProofs(
    const std::string& connection) {
  return Guarded("load proofs", [&]() -> absl::StatusOr<std::vector<ProofRow>> {
    pqxx::connection session(connection);
    Snapshot transaction(session);
    std::vector<ProofRow> rows;
    Load(transaction, kSecure, ReadProof, &rows);
    return rows;
  });
}

absl::StatusOr<std::vector<ProofRow>> LoadProofs(const std::string& connection,
                                                 const std::string& qname,
                                                 std::uint16_t qtype,
                                                 std::chrono::sys_days day) {
  return Guarded(
      "load proofs of a name", [&]() -> absl::StatusOr<std::vector<ProofRow>> {
        pqxx::connection session(connection);
        Snapshot transaction(session);
        std::vector<ProofRow> rows;
        const auto days = static_cast<int>(day.time_since_epoch().count());
        for (const pqxx::row& row :
             transaction.exec_params(kOfName, qname, int{qtype}, days)) {
          if (row[11].as<std::int64_t>() == 1) rows.push_back(ReadProof(row));
          rows.back().links.push_back({.qname = row[8].c_str(),
                                       .qtype = row[9].as<std::uint16_t>(),
                                       .message = ReadBytes(row[10])});
        }
        return rows;
      });
}

absl::StatusOr<std::vector<ProofLink>> LoadLinks(
    const std::string& connection, const std::vector<ProofLink>& questions,
    Time since) {
  return Guarded("load links", [&]() -> absl::StatusOr<std::vector<ProofLink>> {
    pqxx::connection session(connection);
    Snapshot transaction(session);
    std::vector<ProofLink> links;
    for (const ProofLink& question : questions) {
      const auto found = transaction.exec_params(
          kLastLink, question.qname, int{question.qtype}, Micros(since));
      if (found.empty()) continue;
      links.push_back(question);
      links.back().message = ReadBytes(found[0][0]);
    }
    return links;
  });
}

}  // namespace taster::store
