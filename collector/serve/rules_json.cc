// SPDX-License-Identifier: Apache-2.0
// The rules are in the program, not in the database.
#include "collector/judge/mechanism.h"
#include "collector/judge/ruleset.h"
#include "collector/serve/document.h"
#include "collector/serve/json_text.h"

namespace taster::serve {
namespace {

std::string_view Word(judge::Strength strength) {
  switch (strength) {
    case judge::Strength::kConfirms:
      return "confirms";
    case judge::Strength::kSuggests:
      return "suggests";
    case judge::Strength::kRanks:
      return "ranks";
    case judge::Strength::kExonerates:
      return "exonerates";
  }
  return "";
}

std::string_view Word(judge::Kind kind) {
  switch (kind) {
    case judge::Kind::kWire:
      return "wire";
    case judge::Kind::kControl:
      return "control";
    case judge::Kind::kProof:
      return "proof";
    case judge::Kind::kCrossName:
      return "cross_name";
    case judge::Kind::kList:
      return "list";
  }
  return "";
}

}  // namespace

std::string RulesJson() {
  std::string json =
      "{\"columns\":[\"rule_id\",\"summary\",\"citation\",\"strength\","
      "\"kind\",\"mechanism\"],\"rows\":[";
  bool first = true;
  for (const judge::Rule* rule : judge::Ruleset()) {
    if (!first) json += ",\n";
    first = false;
    const std::string_view cells[] = {
        rule->id,         rule->summary,
        rule->citation,   Word(rule->strength),
        Word(rule->kind), judge::ToString(rule->mechanism)};
    char before = '[';
    for (const std::string_view cell : cells) {
      json += before;
      before = ',';
      AppendJsonText(cell, &json);
    }
    json += ']';
  }
  return json + "]}";
}

}  // namespace taster::serve
