// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/exchange.h"

#include <algorithm>

#include "proto/envelope/sign.h"

namespace taster::serve {
namespace {

// Weak comparison (RFC 9110 section 8.8.3.2): a proxy that compresses makes
// tags weak.
bool Matches(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view tag = list.substr(0, comma);
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    while (tag.ends_with(' ')) tag.remove_suffix(1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag || tag == "*") return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace

Answer MakeAnswer(std::string type, std::string body) {
  return {.type = std::move(type),
          .body = std::make_shared<const std::string>(std::move(body))};
}

Answer ProblemAnswer(const Problem& problem) {
  Answer answer = MakeAnswer("application/problem+json", ProblemJson(problem));
  answer.status = problem.status;
  if (problem.status == 503) answer.headers.emplace_back("Retry-After", "5");
  if (problem.status == 405) answer.headers.emplace_back("Allow", "GET, HEAD");
  return answer;
}

Answer FailureAnswer(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition:
      return ProblemAnswer(Unavailable("Ask again in a few seconds."));
    case absl::StatusCode::kDeadlineExceeded:
      return ProblemAnswer(
          Unavailable("The question takes too long: narrow it, or ask for a "
                      "shorter range of days."));
    default:
      return ProblemAnswer(Internal());
  }
}

Answer Conditional(const Request& request, Answer answer) {
  if (answer.status != 200 || answer.etag.empty() ||
      !Matches(request.if_none_match, answer.etag)) {
    return answer;
  }
  answer.status = 304;
  answer.body = nullptr;
  return answer;
}

std::string EtagOf(std::string_view text) {
  return "\"" + envelope::ToHex(envelope::HashOf(text)).substr(0, 32) + "\"";
}

}  // namespace taster::serve
