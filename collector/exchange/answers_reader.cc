// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/answers_reader.h"

#include <optional>
#include <string>
#include <utility>

#include "collector/exchange/answers_row.h"

namespace taster::exchange {
namespace {

// Two rows with one id are replies to one query, so the rest must be equal.
bool IsSameQuestion(const Record& left, const Record& right) {
  return left.role == right.role && left.network == right.network &&
         left.asked.qname == right.asked.qname &&
         left.asked.qtype == right.asked.qtype &&
         left.asked.server == right.asked.server &&
         left.asked.transport == right.asked.transport;
}

bool Append(Record&& row, Record* record, BadInput* bad) {
  if (!IsSameQuestion(row, *record)) {
    bad->what = "another question under the id of the line before";
    return false;
  }
  for (judge::Observation& reply : row.asked.replies) {
    record->asked.replies.push_back(std::move(reply));
    record->asked.outcome = judge::Outcome::kResponse;
  }
  return true;
}

}  // namespace

absl::Status ReadAnswers(const LineSource& lines, const Sink& sink) {
  std::string line;
  std::optional<AnswersHeading> heading;
  std::optional<Record> open;
  std::size_t number = 0;
  while (true) {
    const auto more = lines(&line);
    if (!more.ok()) return more.status();
    if (!*more) break;
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    if (!heading) {
      auto parsed = AnswersHeading::Parse(line);
      if (!parsed.ok()) return parsed.status();
      heading = *parsed;
      continue;
    }
    Record row;
    BadInput bad;
    bool good = line.size() <= kLongestAnswersLine &&
                ParseAnswersRow(*heading, line, &row, &bad);
    if (line.size() > kLongestAnswersLine) bad.what = "longer than 1 MiB";
    if (good && open && open->id == row.id) {
      good = Append(std::move(row), &*open, &bad);
    } else if (good) {
      if (open) {
        if (auto status = sink.record(*std::move(open)); !status.ok()) {
          return status;
        }
      }
      open = std::move(row);
    }
    if (good) continue;
    bad.line = number;
    if (auto status = sink.bad(bad); !status.ok()) return status;
  }
  return open ? sink.record(*std::move(open)) : absl::OkStatus();
}

}  // namespace taster::exchange
