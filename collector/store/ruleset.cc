// SPDX-License-Identifier: Apache-2.0
#include "collector/store/ruleset.h"

#include <array>

namespace taster::store {
namespace {

constexpr char kInsertRuleset[] =
    "INSERT INTO taster.ruleset (version) SELECT version"
    " FROM unnest($1::text[]) AS judging (version)"
    " ON CONFLICT (version) DO NOTHING";
constexpr char kFindRuleset[] =
    "SELECT ruleset_id FROM taster.ruleset WHERE version = ANY($1::text[])";

}  // namespace

absl::StatusOr<std::int64_t> RulesetId(const std::string& version,
                                       Session* session) {
  std::array<ArrayParameter, 1> parameter = {ArrayParameter(TypeId::kText)};
  parameter[0].Next().Text(version);
  // Looked for first, so that an identity value is not spent on each start.
  for (const bool insert : {true, false}) {
    absl::StatusOr<Rows> rows = session->Query(kFindRuleset, parameter);
    if (!rows.ok()) return rows.status();
    if (rows->size() > 0) return rows->integer(0, 0);
    if (!insert) break;
    absl::Status status = session->Query(kInsertRuleset, parameter).status();
    if (!status.ok()) return status;
  }
  return absl::InternalError("INSERT taster.ruleset: the row is not visible");
}

}  // namespace taster::store
