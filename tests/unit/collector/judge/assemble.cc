// SPDX-License-Identifier: Apache-2.0
// From a written case to what the judge reads, and to what people read.
#include <algorithm>
#include <sstream>

#include "proto/dns/presentation.h"
#include "tests/unit/collector/judge/case_text.h"

namespace taster::judge {
namespace {

void DumpMessage(const std::string& title, const Bytes& message,
                 std::string* out) {
  *out += "# " + title + "\n";
  std::istringstream lines(dns::MessageToText(message));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) *out += "#   " + line + "\n";
  }
}

}  // namespace

Case Assemble(const CaseText& text) {
  Case assembled = text.known;
  for (const AskedText& one : text.asked) {
    Asked asked = one.asked;
    for (const ReplyText& reply : one.replies) {
      asked.replies.push_back(
          dissect::Dissect(reply.message, reply.arrival, asked));
    }
    const bool answered = std::any_of(
        asked.replies.begin(), asked.replies.end(),
        [](const Observation& reply) { return reply.fit == Fit::kMatches; });
    if (answered) asked.outcome = Outcome::kResponse;
    assembled.asked.push_back(std::move(asked));
  }
  return assembled;
}

std::string Dump(const CaseText& text) {
  std::string dump;
  for (const AskedText& one : text.asked) {
    const std::string number = std::to_string(one.asked.ordinal);
    DumpMessage("query " + number, one.query, &dump);
    for (std::size_t i = 0; i < one.replies.size(); ++i) {
      DumpMessage("query " + number + ", reply " + std::to_string(i + 1),
                  one.replies[i].message, &dump);
    }
  }
  return dump;
}

}  // namespace taster::judge
