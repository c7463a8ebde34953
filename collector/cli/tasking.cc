// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/tasking.h"

#include <algorithm>
#include <map>
#include <utility>

#include "collector/cli/clock.h"
#include "collector/cli/log.h"
#include "collector/store/wished_names.h"
#include "proto/dns/constants.h"

namespace taster::cli {
namespace {

// More are told of by the batches that go on coming in.
constexpr std::size_t kMostNames = 50'000;

using Types = std::map<std::string, std::vector<std::uint16_t>>;

void Insert(std::uint16_t qtype, std::vector<std::uint16_t>* sorted) {
  const auto at = std::ranges::lower_bound(*sorted, qtype);
  if (at == sorted->end() || *at != qtype) sorted->insert(at, qtype);
}

// Of what controls were asked before: what is asked for again.
Types TypesOf(const std::vector<store::ControlRow>& answers) {
  Types types;
  for (const store::ControlRow& row : answers) {
    if (row.qtype == dns::kTypeA || row.qtype == dns::kTypeAaaa ||
        row.qtype == dns::kTypeHttps) {
      Insert(row.qtype, &types[row.qname]);
    }
  }
  return types;
}

void RestoreAnswers(const std::vector<store::ControlRow>& answers,
                    ingest::TaskDesk* desk) {
  const store::Time since = Now() - control::DemandLimits().ceiling;
  for (const store::ControlRow& row : answers) {
    if (row.seen_time < since || row.port != 0) continue;
    desk->Settled(
        row.vantage_id,
        {{.name = {row.qname, row.qtype}, .answered = true, .rr_ttl = {}}},
        row.seen_time);
  }
}

}  // namespace

absl::Status RestoreDemand(const std::string& connection,
                           const std::vector<store::ControlRow>& answers,
                           ingest::TaskDesk* desk) {
  const auto yesterday =
      std::chrono::floor<std::chrono::days>(Now()) - std::chrono::days(1);
  auto wished = store::LoadWishedNames(connection, yesterday, kMostNames);
  if (!wished.ok()) return wished.status();
  const Types types = TypesOf(answers);
  for (store::WishedName& name : *wished) {
    if (name.qtypes.empty()) {
      const auto known = types.find(name.qname);
      name.qtypes = known != types.end()
                        ? known->second
                        : std::vector{dns::kTypeA, dns::kTypeAaaa};
    }
    control::Wishes wishes{.vantage_id = name.vantage_id,
                           .asn = name.asn,
                           .names = {{.qname = std::move(name.qname),
                                      .qtypes = std::move(name.qtypes),
                                      .open_sets = name.open_sets,
                                      .suspects = {}}}};
    desk->Wished(wishes);
  }
  RestoreAnswers(answers, desk);
  return absl::OkStatus();
}

void LogDemand(const ingest::TaskDesk& desk) {
  const auto counts = desk.counts();
  LogLine("demand")
      .Add("names", static_cast<std::int64_t>(counts.names))
      .Add("waiting", static_cast<std::int64_t>(counts.waiting))
      .Add("refused", static_cast<std::int64_t>(counts.refused))
      .Add("leased", static_cast<std::int64_t>(counts.leased))
      .Info();
}

}  // namespace taster::cli
