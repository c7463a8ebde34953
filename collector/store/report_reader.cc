// SPDX-License-Identifier: Apache-2.0
#include "collector/store/report_reader.h"

#include "collector/reference/day.h"
#include "collector/store/evidence_query.h"
#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

// asked: the measurements. answered: their replies that decide. first: each
// measurement's first reply of either sort. drawn: the addresses of each
// network.
// Evidence has no index on its key, and a partition that has just been filled
// no statistics either: then the planner takes it for empty and joins by nested
// loops (measured on 20 k measurements: over 10 s, against 0.3 s by hash).
constexpr char kJoinByHash[] = "SET LOCAL enable_nestloop = off";

constexpr char kReport[] = R"sql(
WITH asked AS MATERIALIZED (
    SELECT m.vantage_id, m.batch_day, m.batch_id, m.ordinal, m.qname, m.qtype,
        coalesce(m.country, 'ZZ') AS country, coalesce(m.asn, 0) AS asn,
        v.class, v.mechanism, v.injector_id,
        v.has_say,
        array_position(ARRAY['consistent', 'insufficient', 'down',
            'ambiguous', 'filtered', 'blocked', 'likely_poisoned',
            'poisoned'], v.class) AS rank
    FROM analysis.measurement AS m
    JOIN analysis.verdict AS v USING (vantage_id, batch_day, batch_id, ordinal)
    WHERE m.batch_day BETWEEN $1::date AND $2::date
    AND v.batch_day BETWEEN $1::date AND $2::date
    AND m.question_role IN ('target', 'check') AND v.reply = 0
    AND ($3::text IS NULL OR m.qname = $3::text)
), found AS (
    SELECT qname, qtype, country, asn,
        coalesce(max(rank) FILTER (WHERE has_say), 2) AS rank,
        coalesce(array_agg(DISTINCT mechanism ORDER BY mechanism)
            FILTER (WHERE mechanism <> 'none' AND rank > 2), '{}')
            AS mechanisms,
        coalesce(array_agg(DISTINCT injector_id ORDER BY injector_id)
            FILTER (WHERE injector_id IS NOT NULL), '{}') AS injectors,
        count(ordinal) AS measurement_count,
        count(ordinal) FILTER (WHERE rank >= 7) AS poisoned_count,
        count(DISTINCT vantage_id) AS vantage_count,
        (array_agg(id ORDER BY rank DESC, batch_day DESC))[1]
            AS witness
    FROM (SELECT asked.vantage_id, batch_day, ordinal, qname, qtype, country,
              asn, mechanism, injector_id, rank, has_say,
              vantage_id || '/' || batch_id || '/' || ordinal AS id
          FROM asked) AS numbered
    GROUP BY qname, qtype, country, asn
    HAVING $4::boolean
    OR coalesce(max(rank) FILTER (WHERE has_say), 2) > 1
    ORDER BY qname, qtype, country, asn
    LIMIT $5
), answered AS MATERIALIZED (
    SELECT asked.vantage_id, asked.batch_day, asked.batch_id, asked.ordinal,
        asked.qname, asked.qtype, asked.country, asked.asn,
        v.class <> 'consistent' AS is_forged, r.arrival_offset, r.addresses
    FROM found
    JOIN asked USING (qname, qtype, country, asn)
    JOIN analysis.verdict AS v USING (vantage_id, batch_day, batch_id, ordinal)
    JOIN analysis.response AS r
        USING (vantage_id, batch_day, batch_id, ordinal, reply)
    WHERE v.batch_day BETWEEN $1::date AND $2::date
    AND r.batch_day BETWEEN $1::date AND $2::date
    AND v.class IN ('consistent', 'likely_poisoned', 'poisoned')
), first AS (
    SELECT qname, qtype, country, asn,
        min(arrival_offset) FILTER (WHERE is_forged) AS forged,
        min(arrival_offset) FILTER (WHERE NOT is_forged) AS genuine
    FROM answered
    GROUP BY vantage_id, batch_day, batch_id, ordinal, qname, qtype, country,
        asn
), middle AS (
    SELECT qname, qtype, country, asn,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY forged) AS forged,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY genuine) AS genuine
    FROM first
    GROUP BY qname, qtype, country, asn
), drawn AS (
    SELECT qname, qtype, country, asn,
        array_agg(DISTINCT address ORDER BY address)
            FILTER (WHERE is_forged) AS forged,
        array_agg(DISTINCT address ORDER BY address)
            FILTER (WHERE NOT is_forged) AS genuine
    FROM answered, unnest(addresses) AS address
    GROUP BY qname, qtype, country, asn
), known AS (
    SELECT qname, qtype, array_agg(DISTINCT address ORDER BY address)
        AS addresses
    FROM analysis.control_answer
    WHERE kind = 'address' AND qname IN (SELECT qname FROM found)
    GROUP BY qname, qtype
), traced AS (
    SELECT qname, coalesce(country, 'ZZ') AS country, coalesce(asn, 0) AS asn,
        array_agg(DISTINCT CASE WHEN hop_low = hop_high THEN hop_low::text
            ELSE hop_low || '-' || hop_high END) AS hops
    FROM analysis.trace
    WHERE batch_day BETWEEN $1::date AND $2::date AND hop_low IS NOT NULL
    GROUP BY qname, country, asn
)
SELECT found.qname, found.qtype, found.country, found.asn,
    (ARRAY['consistent', 'insufficient', 'down', 'ambiguous', 'filtered',
        'blocked', 'likely_poisoned', 'poisoned'])[found.rank],
    found.mechanisms, found.injectors, coalesce(drawn.forged, '{}'),
    coalesce(drawn.genuine, '{}'), coalesce(known.addresses, '{}'),
    (extract(epoch FROM middle.forged) * 1000000)::bigint,
    (extract(epoch FROM middle.genuine) * 1000000)::bigint,
    found.measurement_count, found.poisoned_count, found.vantage_count,
    split_part(found.witness, '/', 1), split_part(found.witness, '/', 2),
    split_part(found.witness, '/', 3), coalesce(traced.hops, '{}')
FROM found
LEFT JOIN middle USING (qname, qtype, country, asn)
LEFT JOIN drawn USING (qname, qtype, country, asn)
LEFT JOIN known USING (qname, qtype)
LEFT JOIN traced USING (qname, country, asn)
ORDER BY found.qname, found.qtype, found.country, found.asn
)sql";

std::optional<std::chrono::microseconds> ReadOffset(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return ReadInterval(field);
}

ReportRow ReadRow(const pqxx::row& row) {
  return {.qname = row[0].c_str(),
          .qtype = row[1].c_str(),
          .country = row[2].c_str(),
          .asn = row[3].as<std::uint32_t>(),
          .verdict = row[4].c_str(),
          .mechanisms = ReadTexts(row[5]),
          .injectors = ReadTexts(row[6]),
          .forged_addresses = ReadAddresses(row[7]),
          .genuine_addresses = ReadAddresses(row[8]),
          .control_addresses = ReadAddresses(row[9]),
          .forged_offset = ReadOffset(row[10]),
          .genuine_offset = ReadOffset(row[11]),
          .measurement_count = row[12].as<std::int64_t>(),
          .poisoned_count = row[13].as<std::int64_t>(),
          .vantage_count = row[14].as<std::int64_t>(),
          .witness = {row[15].as<std::int64_t>(), ReadBatchId(row[16])},
          .witness_ordinal = row[17].as<std::uint32_t>(),
          .hops = ReadTexts(row[18])};
}

}  // namespace

absl::StatusOr<std::vector<ReportRow>> ReadReport(const std::string& connection,
                                                  const ReportQuery& query) {
  return Guarded("report", [&]() -> absl::StatusOr<std::vector<ReportRow>> {
    pqxx::connection session(connection);
    Snapshot transaction(session);
    transaction.exec(kJoinByHash);
    const pqxx::result rows = transaction.exec_params(
        kReport, reference::DayText(query.since),
        reference::DayText(query.until),
        query.qname.empty() ? nullptr : query.qname.c_str(),
        query.with_consistent, static_cast<std::int64_t>(query.limit));
    std::vector<ReportRow> report;
    report.reserve(rows.size());
    for (const pqxx::row& row : rows) report.push_back(ReadRow(row));
    return report;
  });
}

}  // namespace taster::store
