// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_reader.h"

#include <utility>

#include "collector/exchange/json_text.h"
#include "collector/exchange/ooni_measurement.h"

namespace taster::exchange {
namespace {

absl::Status ReadDocument(const Json& document, std::size_t line,
                          const Sink& sink) {
  Complaint complaint;
  const Place root(&document, "", &complaint);
  std::vector<Record> records = ReadMeasurement(root, line);
  if (!complaint.ok()) {
    return sink.bad({.line = line, .what = complaint.what()});
  }
  for (Record& record : records) {
    if (auto status = sink.record(std::move(record)); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadOoni(const LineSource& lines, const Sink& sink) {
  DocumentSplitter documents(lines);
  while (true) {
    const auto more = documents.Next();
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
    const auto parsed = ParseJson(documents.text(), documents.line());
    const Json* const document = std::get_if<Json>(&parsed);
    const absl::Status status =
        document != nullptr ? ReadDocument(*document, documents.line(), sink)
                            : sink.bad(std::get<BadInput>(parsed));
    if (!status.ok()) return status;
  }
}

}  // namespace taster::exchange
