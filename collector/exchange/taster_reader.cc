// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/taster_reader.h"

#include <utility>
#include <variant>

#include "collector/exchange/json_text.h"
#include "collector/exchange/taster_measurement.h"

namespace taster::exchange {
namespace {

std::variant<Record, BadInput> ReadLine(const std::string& text,
                                        std::size_t number) {
  auto parsed = ParseTasterLine(text, number);
  const TasterLine* const line = std::get_if<TasterLine>(&parsed);
  if (line == nullptr) return std::get<BadInput>(std::move(parsed));
  Complaint complaint;
  Record record = RecordOf(*line, &complaint);
  if (complaint.ok()) return record;
  return BadInput{.line = number, .what = complaint.what()};
}

// Counts the records of one set that stand side by side.
class Ordinals {
 public:
  std::uint32_t Next(const std::string& set) {
    count_ = !set.empty() && set == set_ ? count_ + 1 : 0;
    set_ = set;
    return count_;
  }

 private:
  std::string set_;
  std::uint32_t count_ = 0;
};

}  // namespace

absl::Status ReadTaster(const LineSource& lines, const Sink& sink) {
  DocumentSplitter documents(lines);
  Ordinals ordinals;
  while (true) {
    const auto more = documents.Next();
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
    auto read = ReadLine(documents.text(), documents.line());
    absl::Status status;
    if (Record* const record = std::get_if<Record>(&read)) {
      record->asked.ordinal = ordinals.Next(record->set);
      status = sink.record(std::move(*record));
    } else {
      status = sink.bad(std::get<BadInput>(read));
    }
    if (!status.ok()) return status;
  }
}

}  // namespace taster::exchange
