// SPDX-License-Identifier: Apache-2.0
// For Prometheus: how well the measuring is, in few numbers. No name, address
// or probe is ever a label.
#include "collector/serve/web.h"

namespace taster::serve {
namespace {

// Metric, type, help, labels, value; those of one metric together.
constexpr char kMetricsSql[] = R"sql(
SELECT 'taster_published_age_seconds', 'gauge',
    'Since the rollups that everybody reads last changed.', '',
    extract(epoch FROM now() - update_time)::bigint
FROM pub.release
UNION ALL
SELECT 'taster_published_floor', 'gauge',
    'Distinct probes without which a cell is not published.', '', floor
FROM pub.release
UNION ALL
SELECT 'taster_published_probes', 'gauge',
    'Distinct probes of the last published day.', '', probes
FROM (SELECT probes FROM pub.coverage WHERE scope = 'world'
      ORDER BY day DESC LIMIT 1) AS newest
UNION ALL
(SELECT 'taster_controls', 'gauge', 'Control probes by their state.',
    'state="' || state || '"', count(*)
 FROM pub.control
 GROUP BY state
 ORDER BY state)
)sql";

std::string TextOf(const store::TextTable& rows) {
  std::string text;
  std::string_view before;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto cell = [&](std::size_t column) {
      return rows.at(row, column).value_or("");
    };
    const std::string_view name = cell(0);
    if (name != before) {
      text.append("# HELP ").append(name).append(" ").append(cell(2));
      text.append("\n# TYPE ").append(name).append(" ").append(cell(1));
      text += '\n';
      before = name;
    }
    text.append(name);
    if (!cell(3).empty()) text.append("{").append(cell(3)).append("}");
    text.append(" ").append(cell(4)).append("\n");
  }
  return text;
}

}  // namespace

Answer Web::Metrics() {
  const auto rows = pool_.Read(kMetricsSql, {});
  if (!rows.ok()) return Failed(rows.status());
  Answer answer = MakeAnswer("text/plain; version=0.0.4", TextOf(*rows));
  answer.cache_control = "no-store";
  return answer;
}

}  // namespace taster::serve
