// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file of somebody's measurements, in each format: every line is
// a record or is told to be none, and every record can be written again.
#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "collector/exchange/answers_reader.h"
#include "collector/exchange/ooni_reader.h"
#include "collector/exchange/ooni_writer.h"
#include "collector/exchange/taster_measurement.h"
#include "collector/exchange/taster_reader.h"

namespace taster::exchange {
namespace {

void CheckRecord(const Record& record) {
  const judge::Asked& asked = record.asked;
  if (asked.control != nullptr) std::abort();
  if (!record.messages.empty() &&
      record.messages.size() != asked.replies.size()) {
    std::abort();
  }
  const JudgedRecord one[] = {{&record, nullptr}};
  if (!OoniLine(one).ok()) std::abort();
  const auto evidence = EvidenceOf(record);
  if (evidence) ToText(*evidence);
}

void CheckBad(const BadInput& bad) {
  if (bad.line == 0 || bad.what.empty()) std::abort();
  for (const char c : bad.what) {
    if (c < ' ' || c > '~') std::abort();
  }
}

template <typename Reader>
void ReadWith(Reader reader, const std::string& text) {
  std::istringstream stream(text);
  const LineSource lines = [&](std::string* line) -> absl::StatusOr<bool> {
    return static_cast<bool>(std::getline(stream, *line));
  };
  const Sink sink{.record =
                      [](Record&& record) {
                        CheckRecord(record);
                        return absl::OkStatus();
                      },
                  .bad =
                      [](const BadInput& bad) {
                        CheckBad(bad);
                        return absl::OkStatus();
                      }};
  // A heading that is none ends the reading of answers; nothing else may.
  const absl::Status status = reader(lines, sink);
  if (!status.ok() && status.code() != absl::StatusCode::kInvalidArgument) {
    std::abort();
  }
}

}  // namespace
}  // namespace taster::exchange

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster::exchange;
  // It would report every string that is not UTF-8.
  google::protobuf::SetLogHandler(nullptr);
  const std::string text(reinterpret_cast<const char*>(data), size);
  ReadWith(ReadOoni, text);
  ReadWith(ReadTaster, text);
  ReadWith(ReadAnswers, text);
  return 0;
}
