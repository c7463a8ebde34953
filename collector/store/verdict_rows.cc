// SPDX-License-Identifier: Apache-2.0
// Rows of the verdict tables, column by column as in CopyStatement.
#include <algorithm>

#include "collector/store/batch_rows.h"

namespace taster::store {
namespace {

void BeginRow(const BatchKey& key, std::int16_t columns, CopyEncoder* row) {
  row->BeginRow(columns);
  row->Int8(key.vantage_id);
  row->Date(key.batch_id.day());
  row->Uuid(key.batch_id.bytes);
}

// Works for the verdict on a set, a measurement or a reply.
template <typename Verdict>
void AppendClass(const Verdict& verdict, CopyEncoder* row) {
  row->Int2(static_cast<int>(verdict.verdict));
  row->Int2(static_cast<int>(verdict.mechanism));
  row->Text(verdict.injector);
}

// On `of` itself (reply 0), or on one of its replies.
template <typename Verdict>
void AppendVerdict(const BatchKey& key, const judge::MeasurementVerdict& of,
                   std::size_t reply, const Verdict& verdict,
                   CopyEncoder* row) {
  BeginRow(key, 10, row);
  row->Int2(of.ordinal);
  row->Int2(static_cast<std::int64_t>(reply));
  row->Bool(of.has_say);
  AppendClass(verdict, row);
}

void AppendFindings(const BatchKey& key, std::uint32_t ordinal,
                    std::size_t reply, const judge::ReplyVerdict& verdict,
                    CopyEncoder* row) {
  for (const judge::Finding& finding : verdict.fired) {
    BeginRow(key, 8, row);
    row->Int2(ordinal);
    row->Int2(static_cast<std::int64_t>(reply));
    row->Text(finding.rule->id);
    row->Text(finding.evidence.subject);
    row->Text(finding.evidence.reason);
  }
}

// A pool's addresses may be the name's own, as long as no control has spoken.
bool RestsOnListsAlone(const judge::ReplyVerdict& reply) {
  return reply.verdict == judge::Class::kLikelyPoisoned &&
         std::ranges::none_of(reply.fired, [](const judge::Finding& finding) {
           const bool accuses =
               finding.rule->strength == judge::Strength::kConfirms ||
               finding.rule->strength == judge::Strength::kSuggests;
           return accuses && finding.rule->kind != judge::Kind::kList;
         });
}

// `asked` is what `measurement` judged.
bool MayImprove(const judge::MeasurementVerdict& measurement,
                const judge::Asked& asked) {
  bool answered = false;
  const std::size_t replies =
      std::min(measurement.replies.size(), asked.replies.size());
  for (std::size_t i = 0; i < replies; ++i) {
    if (asked.replies[i].fit != judge::Fit::kMatches) continue;
    answered = true;
    const judge::ReplyVerdict& reply = measurement.replies[i];
    if (reply.verdict == judge::Class::kInsufficient ||
        RestsOnListsAlone(reply)) {
      return true;
    }
  }
  if (measurement.verdict != judge::Class::kInsufficient) return false;
  const bool got_there = asked.outcome != judge::Outcome::kTtlExceeded &&
                         asked.outcome != judge::Outcome::kSendFailed &&
                         asked.outcome != judge::Outcome::kCancelled;
  return answered ||
         (got_there && asked.server_kind != judge::ServerKind::kCanary);
}

void Enter(const judge::Asked& asked, AskedByOrdinal* by_ordinal) {
  if (by_ordinal->size() <= asked.ordinal) {
    by_ordinal->resize(asked.ordinal + std::size_t{1});
  }
  (*by_ordinal)[asked.ordinal] = &asked;
}

}  // namespace

AskedByOrdinal ByOrdinal(const std::vector<MeasurementRow>& rows) {
  AskedByOrdinal by_ordinal;
  for (const MeasurementRow& row : rows) Enter(row.asked, &by_ordinal);
  return by_ordinal;
}

AskedByOrdinal ByOrdinal(const std::vector<judge::Asked>& asked) {
  AskedByOrdinal by_ordinal;
  for (const judge::Asked& each : asked) Enter(each, &by_ordinal);
  return by_ordinal;
}

bool IsOpen(const judge::SetVerdict& verdict, const AskedByOrdinal& asked) {
  return std::ranges::any_of(verdict.measurements, [&](const auto& each) {
    return each.ordinal < asked.size() && asked[each.ordinal] != nullptr &&
           MayImprove(each, *asked[each.ordinal]);
  });
}

void AppendReplyVerdicts(const BatchKey& key, const SetRow& row,
                         const Judged& judged, TableRows* tables) {
  CopyEncoder& verdicts = (*tables)[Table::kVerdict];
  for (const judge::MeasurementVerdict& measurement :
       row.verdict.measurements) {
    AppendVerdict(key, measurement, 0, measurement, &verdicts);
    verdicts.Int8(judged.ruleset_id);
    for (std::size_t i = 0; i < measurement.replies.size(); ++i) {
      const judge::ReplyVerdict& reply = measurement.replies[i];
      AppendVerdict(key, measurement, i + 1, reply, &verdicts);
      verdicts.Int8(judged.ruleset_id);
      AppendFindings(key, measurement.ordinal, i + 1, reply,
                     &(*tables)[Table::kFinding]);
    }
  }
}

void AppendVerdicts(const BatchKey& key, const SetRow& row,
                    const Judged& judged, TableRows* tables) {
  CopyEncoder& set = (*tables)[Table::kSetVerdict];
  BeginRow(key, 11, &set);
  set.Int2(row.set);
  set.Text(row.qname);
  AppendClass(row.verdict, &set);
  set.Int8(judged.ruleset_id);
  set.Bool(judged.is_open);
  set.TimestampTz(judged.judge_time);
  AppendReplyVerdicts(key, row, judged, tables);
}

}  // namespace taster::store
