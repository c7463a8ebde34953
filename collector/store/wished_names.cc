// SPDX-License-Identifier: Apache-2.0
#include "collector/store/wished_names.h"

#include <pqxx/pqxx>

#include "collector/reference/day.h"
#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

// Roles are those of targets, control names and name servers; types A, AAAA and
// HTTPS, which controls can be held against.
constexpr char kOpen[] =
    "WITH open AS (SELECT s.vantage_id, s.batch_day, s.batch_id, s.set_ordinal"
    " FROM taster.set_verdict AS s"
    " WHERE s.is_open AND s.batch_day >= $1::date LIMIT $2)"
    " SELECT v.vantage_id, v.asn, lower(m.qname),"
    " array_agg(DISTINCT m.qtype ORDER BY m.qtype)::text[],"
    " count(DISTINCT (m.batch_id, m.set_ordinal))"
    " FROM open JOIN taster.measurement AS m"
    " USING (vantage_id, batch_day, batch_id, set_ordinal)"
    " JOIN taster.vantage AS v USING (vantage_id)"
    " WHERE v.role = 'probe' AND v.revoke_time IS NULL"
    " AND m.question_role IN (1, 2, 8) AND m.qtype IN (1, 28, 65)"
    " GROUP BY 1, 2, 3";
constexpr char kMeasured[] =
    "SELECT v.vantage_id, v.asn, c.qname, '{}'::text[], 0"
    " FROM taster.vantage_cell AS c JOIN taster.vantage AS v"
    " USING (vantage_id)"
    " WHERE v.role = 'probe' AND v.revoke_time IS NULL"
    " AND c.batch_day >= $1::date GROUP BY 1, 2, 3 LIMIT $2";

WishedName ReadWish(const pqxx::row& row) {
  WishedName wish{.vantage_id = row[0].as<std::int64_t>(),
                  .asn = row[1].as<std::uint32_t>(),
                  .qname = row[2].c_str(),
                  .qtypes = {},
                  .open_sets = row[4].as<std::uint32_t>()};
  for (const std::string& qtype : ReadTexts(row[3])) {
    wish.qtypes.push_back(static_cast<std::uint16_t>(std::stoul(qtype)));
  }
  return wish;
}

}  // namespace

absl::StatusOr<std::vector<WishedName>> LoadWishedNames(
    const std::string& connection, std::chrono::sys_days since,
    std::size_t most) {
  return Guarded(
      "load wished names", [&]() -> absl::StatusOr<std::vector<WishedName>> {
        pqxx::connection session(connection);
        Snapshot transaction(session);
        std::vector<WishedName> wishes;
        for (const char* sql : {kOpen, kMeasured}) {
          for (const pqxx::row& row :
               transaction.exec_params(sql, reference::DayText(since),
                                       static_cast<std::int64_t>(most))) {
            wishes.push_back(ReadWish(row));
          }
        }
        return wishes;
      });
}

}  // namespace taster::store
