// SPDX-License-Identifier: Apache-2.0
// `taster-collector explain`: one measurement, packet by packet, with what
// every rule says of every reply today, and what was said when it was stored.

#include <cstdio>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/explain_dnssec.h"
#include "collector/cli/explain_page.h"
#include "collector/cli/judging.h"
#include "collector/cli/measurement_id.h"
#include "collector/control/assemble.h"
#include "collector/control/dnssec/trust_anchor.h"
#include "collector/control/learner.h"
#include "collector/store/evidence_reader.h"
#include "collector/store/measurement_reader.h"

namespace taster::cli {
namespace {

// Of the measurement's name and type, on its day.
absl::StatusOr<std::string> Proofs(const Settings& settings,
                                   const ExplainOptions& options,
                                   const std::string& connection,
                                   const store::ExplainedMeasurement& stored) {
  const store::MeasurementRow& row = stored.row;
  ProofsOfName name{
      .qname = row.asked.qname.ToText(),
      .qtype = row.asked.qtype,
      .day = std::chrono::floor<std::chrono::days>(row.query_time),
      .anchors = {},
      .proofs = {}};
  auto anchors = control::dnssec::LoadAnchors(settings.trust_anchor);
  if (!anchors.ok()) return anchors.status();
  name.anchors = *std::move(anchors);
  auto rows = store::LoadProofs(connection, name.qname, name.qtype, name.day);
  if (!rows.ok()) return rows.status();
  name.proofs = Revise(*std::move(rows), settings.trust_anchor);
  return options.json ? DnssecJson(name) : DnssecPage(name);
}

absl::StatusOr<std::string> Page(const Settings& settings,
                                 const ExplainOptions& options) {
  const auto id = ParseMeasurementId(options.id);
  if (!id.has_value()) {
    return absl::InvalidArgumentError(
        "ID: not VANTAGE/BATCH/ORDINAL; `report --json` names a witness for "
        "each cell");
  }
  const auto connection = ConnectionFor(settings, "taster_judge");
  if (!connection.ok()) return connection.status();
  const auto stored =
      store::LoadMeasurement(*connection, id->batch, id->ordinal);
  if (!stored.ok()) return stored.status();
  if (options.dnssec) return Proofs(settings, options, *connection, *stored);
  const auto sets = store::LoadSets(
      *connection, {{.key = {.batch = id->batch, .set = stored->row.set},
                     .qname = stored->set_qname}});
  if (!sets.ok()) return sets.status();
  const auto judging = LoadJudging(*connection, options.networks);
  if (!judging.ok()) return judging.status();
  // As the learner of `serve` would see it on that day.
  control::Learner learner({.connection = *connection}, judging->book.get(),
                           &judging->networks, judging->base);
  const auto knowledge = learner.Recall(
      stored->set_qname, id->batch.batch_id.day() - control::kLearnWindow,
      id->batch.batch_id.day());
  if (!knowledge.ok()) return knowledge.status();
  const judge::Case set =
      control::Assemble(sets->front(), {.book = *judging->book,
                                        .reference = *knowledge->reference,
                                        .contexts = knowledge->contexts.get()});
  const Explained explained{
      .id = *id, .stored = *stored, .set = set, .networks = judging->networks};
  return options.json ? ExplainJson(explained) : ExplainPage(explained);
}

}  // namespace

int Explain(const Settings& settings, const ExplainOptions& options) {
  const auto page = Page(settings, options);
  if (!page.ok()) return Fail(page.status());
  std::fputs(page->c_str(), stdout);
  return kOk;
}

}  // namespace taster::cli
