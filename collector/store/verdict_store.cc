// SPDX-License-Identifier: Apache-2.0
#include "collector/store/verdict_store.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "collector/judge/verdict.h"
#include "collector/store/rollup.h"
#include "collector/store/ruleset.h"

namespace taster::store {
namespace {

constexpr char kSettings[] =
    "SET lock_timeout = '2s'; SET statement_timeout = '60s'";

// Locked in key order, so that two replacers queue up instead of deadlocking.
// Whoever waited sees the rows as the other left them. `= ANY` stands beside
// the key because it lets partitions and the Bloom filter over batch_id work.
constexpr char kLockSets[] =
    "SELECT vantage_id, batch_id, set_ordinal, qname, class, mechanism,"
    " injector_id FROM taster.set_verdict"
    " WHERE batch_day = ANY($2::date[]) AND batch_id = ANY($3::uuid[])"
    " AND (vantage_id, batch_day, batch_id, set_ordinal) IN ("
    "SELECT vantage_id, batch_day, batch_id, set_ordinal"
    " FROM unnest($1::bigint[], $2::date[], $3::uuid[], $4::smallint[])"
    " AS wanted (vantage_id, batch_day, batch_id, set_ordinal))"
    " ORDER BY vantage_id, batch_id, set_ordinal FOR UPDATE";
#define TASTER_JUDGED                                                      \
  " FROM unnest($1::bigint[], $2::date[], $3::uuid[], $4::smallint[],"     \
  " $5::smallint[], $6::smallint[], $7::text[], $8::bigint[], $9::bool[]," \
  " $10::timestamptz[]) AS judged (vantage_id, batch_day, batch_id,"       \
  " set_ordinal, class, mechanism, injector_id, ruleset_id, is_open,"      \
  " judge_time)"
#define TASTER_OF_THE_SETS                          \
  " set_verdict.batch_day = ANY($2::date[])"        \
  " AND set_verdict.batch_id = ANY($3::uuid[])"     \
  " AND set_verdict.vantage_id = judged.vantage_id" \
  " AND set_verdict.batch_day = judged.batch_day"   \
  " AND set_verdict.batch_id = judged.batch_id"     \
  " AND set_verdict.set_ordinal = judged.set_ordinal"
// What becomes of an open set by more control is no history of it.
constexpr char kKeepHistory[] =
    "INSERT INTO taster.verdict_history (vantage_id, batch_day, batch_id,"
    " set_ordinal, qname, class, mechanism, injector_id, ruleset_id,"
    " judge_time, replace_time)"
    " SELECT set_verdict.vantage_id, set_verdict.batch_day,"
    " set_verdict.batch_id, set_verdict.set_ordinal, set_verdict.qname,"
    " set_verdict.class, set_verdict.mechanism, set_verdict.injector_id,"
    " set_verdict.ruleset_id, set_verdict.judge_time, "
    "judged.judge_time" TASTER_JUDGED
    " JOIN taster.set_verdict ON" TASTER_OF_THE_SETS
    " WHERE (set_verdict.class, set_verdict.mechanism,"
    " set_verdict.injector_id)"
    " <> (judged.class, judged.mechanism, judged.injector_id)"
    " AND (NOT set_verdict.is_open"
    " OR set_verdict.ruleset_id <> judged.ruleset_id)";
constexpr char kUpdateSets[] =
    "UPDATE taster.set_verdict SET class = judged.class,"
    " mechanism = judged.mechanism, injector_id = judged.injector_id,"
    " ruleset_id = judged.ruleset_id, is_open = judged.is_open,"
    " judge_time = judged.judge_time" TASTER_JUDGED " WHERE" TASTER_OF_THE_SETS;
#undef TASTER_JUDGED
#undef TASTER_OF_THE_SETS

#define TASTER_OF_THE_MEASUREMENTS                                     \
  " WHERE batch_day = ANY($2::date[]) AND batch_id = ANY($3::uuid[])"  \
  " AND (vantage_id, batch_day, batch_id, ordinal) IN ("               \
  "SELECT vantage_id, batch_day, batch_id, ordinal"                    \
  " FROM unnest($1::bigint[], $2::date[], $3::uuid[], $4::smallint[])" \
  " AS judged (vantage_id, batch_day, batch_id, ordinal))"
constexpr char kDeleteVerdicts[] =
    "DELETE FROM taster.verdict" TASTER_OF_THE_MEASUREMENTS;
constexpr char kDeleteFindings[] =
    "DELETE FROM taster.finding" TASTER_OF_THE_MEASUREMENTS;
#undef TASTER_OF_THE_MEASUREMENTS

using Replacements = std::map<SetKey, const Rejudged*>;

// Keys and one ordinal, as the first four parameters of every statement here.
class KeyColumns {
 public:
  void Add(const BatchKey& key, std::uint32_t ordinal) {
    columns[0].Next().Int8(key.vantage_id);
    columns[1].Next().Date(key.batch_id.day());
    columns[2].Next().Uuid(key.batch_id.bytes);
    columns[3].Next().Int2(ordinal);
  }
  std::vector<ArrayParameter> columns = {
      ArrayParameter(TypeId::kInt8), ArrayParameter(TypeId::kDate),
      ArrayParameter(TypeId::kUuid), ArrayParameter(TypeId::kInt2)};
};

Cell CellOf(const Rejudged& set) {
  const judge::SetVerdict& verdict = set.row.verdict;
  return {set.key.batch.vantage_id,
          set.key.batch.batch_id.day(),
          set.row.qname,
          verdict.verdict,
          verdict.mechanism,
          verdict.injector};
}

// Locks what is stored, takes its cells off `delta`, and drops from `sets` what
// is not stored.
absl::Status LockSets(Replacements* sets, CellCounts* delta, Session* session) {
  KeyColumns keys;
  for (const auto& [key, set] : *sets) keys.Add(key.batch, key.set);
  absl::StatusOr<Rows> rows = session->Query(kLockSets, keys.columns);
  if (!rows.ok()) return rows.status();
  Replacements stored;
  for (int i = 0; i < rows->size(); ++i) {
    SetKey key;
    key.batch.vantage_id = rows->integer(i, 0);
    std::ranges::copy(rows->bytes(i, 1), key.batch.batch_id.bytes.begin());
    key.set = static_cast<std::uint32_t>(rows->integer(i, 2));
    --(*delta)[Cell{key.batch.vantage_id, key.batch.batch_id.day(),
                    std::string(rows->bytes(i, 3)),
                    static_cast<judge::Class>(rows->integer(i, 4)),
                    static_cast<judge::Mechanism>(rows->integer(i, 5)),
                    std::string(rows->bytes(i, 6))}];
    stored.emplace(key, sets->at(key));
  }
  *sets = std::move(stored);
  return absl::OkStatus();
}

absl::Status UpdateSets(const Replacements& sets, const Judged& judged,
                        Session* session) {
  KeyColumns keys;
  std::vector<ArrayParameter>& columns = keys.columns;
  for (const TypeId type :
       {TypeId::kInt2, TypeId::kInt2, TypeId::kText, TypeId::kInt8,
        TypeId::kBool, TypeId::kTimestamptz}) {
    columns.emplace_back(type);
  }
  for (const auto& [key, set] : sets) {
    const judge::SetVerdict& verdict = set->row.verdict;
    keys.Add(key.batch, key.set);
    columns[4].Next().Int2(static_cast<int>(verdict.verdict));
    columns[5].Next().Int2(static_cast<int>(verdict.mechanism));
    columns[6].Next().Text(verdict.injector);
    columns[7].Next().Int8(judged.ruleset_id);
    columns[8].Next().Bool(set->is_open);
    columns[9].Next().TimestampTz(judged.judge_time);
  }
  absl::Status status = session->Query(kKeepHistory, columns).status();
  if (!status.ok()) return status;
  return session->Query(kUpdateSets, columns).status();
}

absl::Status ReplaceReplies(const Replacements& sets, const Judged& judged,
                            Session* session) {
  KeyColumns keys;
  TableRows tables;
  for (const auto& [key, set] : sets) {
    for (const judge::MeasurementVerdict& each :
         set->row.verdict.measurements) {
      keys.Add(key.batch, each.ordinal);
    }
    AppendReplyVerdicts(key.batch, set->row, judged, &tables);
  }
  absl::Status status = tables.status();
  for (const char* remove : {kDeleteVerdicts, kDeleteFindings}) {
    if (status.ok()) status = session->Query(remove, keys.columns).status();
  }
  for (const Table table : {Table::kVerdict, Table::kFinding}) {
    const std::string_view rows = tables[table].buffer();
    if (!status.ok() || rows.empty()) continue;
    status = session->CopyIn(CopyStatement(table), {&rows, 1});
  }
  return status;
}

}  // namespace

VerdictStore::VerdictStore(std::string connection, std::string ruleset)
    : connection_(std::move(connection)),
      ruleset_(ruleset.empty() ? std::string(judge::RulesetVersion())
                               : std::move(ruleset)) {}

absl::Status VerdictStore::Connect() {
  if (session_ != nullptr && !session_->is_lost()) return absl::OkStatus();
  session_ = nullptr;
  absl::StatusOr<std::unique_ptr<Session>> session =
      Session::Open(connection_, kSettings);
  if (!session.ok()) return session.status();
  absl::StatusOr<std::int64_t> id = RulesetId(ruleset_, session->get());
  if (!id.ok()) return id.status();
  ruleset_id_ = *id;
  session_ = *std::move(session);
  return absl::OkStatus();
}

absl::Status VerdictStore::ReplaceIn(const std::vector<Rejudged>& sets,
                                     Time judge_time) {
  Replacements replacements;
  for (const Rejudged& set : sets) replacements[set.key] = &set;
  CellCounts delta;
  absl::Status status = LockSets(&replacements, &delta, session_.get());
  if (!status.ok() || replacements.empty()) return status;
  const Judged judged{.ruleset_id = ruleset_id_, .judge_time = judge_time};
  status = UpdateSets(replacements, judged, session_.get());
  if (!status.ok()) return status;
  status = ReplaceReplies(replacements, judged, session_.get());
  if (!status.ok()) return status;
  for (const auto& [key, set] : replacements) ++delta[CellOf(*set)];
  std::erase_if(delta, [](const auto& cell) { return cell.second == 0; });
  return AddToCells(delta, session_.get());
}

absl::Status VerdictStore::Replace(const std::vector<Rejudged>& sets,
                                   Time judge_time) {
  if (sets.empty()) return absl::OkStatus();
  absl::Status status = Connect();
  if (status.ok()) status = session_->Execute("BEGIN");
  if (!status.ok()) return status;
  status = ReplaceIn(sets, judge_time);
  if (status.ok()) return session_->Commit();
  session_->Rollback();
  return status;
}

}  // namespace taster::store
