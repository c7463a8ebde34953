// SPDX-License-Identifier: Apache-2.0
#include "collector/control/awaited_sets.h"

#include <map>
#include <set>

#include "collector/store/batch_rows.h"

namespace taster::control {

AwaitedSets FindAwaited(const store::JudgedBatch& batch,
                        std::uint64_t generation) {
  std::map<std::uint32_t, std::set<std::string>> names;
  const store::AskedByOrdinal asked = store::ByOrdinal(batch.measurements);
  for (const store::SetRow& row : batch.sets) {
    if (store::IsOpen(row.verdict, asked)) names[row.set];
  }
  for (const store::MeasurementRow& row : batch.measurements) {
    const auto at = names.find(row.set);
    if (at != names.end()) at->second.insert(row.asked.qname.ToText());
  }
  AwaitedSets awaited{.generation = generation, .sets = {}};
  for (const store::SetRow& row : batch.sets) {
    const auto at = names.find(row.set);
    if (at == names.end()) continue;
    awaited.sets.push_back({row.qname, {at->second.begin(), at->second.end()}});
  }
  return awaited;
}

}  // namespace taster::control
