// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/problem.h"

#include "collector/serve/json_text.h"

namespace taster::serve {
namespace {

// Parameters come from the request: long ones are not worth repeating.
constexpr std::size_t kLongestParameter = 64;

}  // namespace

Problem BadParameter(std::string_view parameter, std::string detail) {
  return {.status = 400,
          .type = "bad-parameter",
          .title = "A parameter cannot be understood",
          .detail = std::move(detail),
          .parameter = std::string(parameter)};
}

Problem UnknownPage() {
  return {.status = 404,
          .type = "not-found",
          .title = "There is nothing here",
          .detail = "Nothing is published at this address."};
}

Problem UnknownView() {
  return {.status = 404,
          .type = "unknown-view",
          .title = "There is no such view",
          .detail = "GET /api/v1/ lists the views."};
}

Problem WrongMethod() {
  return {.status = 405,
          .type = "method-not-allowed",
          .title = "Only GET and HEAD are answered",
          .detail = "Nothing can be changed through this interface."};
}

Problem NotAcceptable() {
  return {.status = 406,
          .type = "not-acceptable",
          .title = "No such format",
          .detail =
              "There are application/json, text/csv and "
              "application/jsonl."};
}

Problem BadRequest(std::string detail) {
  return {.status = 400,
          .type = "bad-request",
          .title = "The request cannot be understood",
          .detail = std::move(detail)};
}

Problem Unavailable(std::string detail) {
  return {.status = 503,
          .type = "unavailable",
          .title = "The database cannot answer now",
          .detail = std::move(detail)};
}

Problem Internal() { return {.detail = "The request was not the reason."}; }

std::string ProblemJson(const Problem& problem) {
  std::string json = "{\"type\":";
  AppendJsonText("/data/#" + std::string(problem.type), &json);
  json += ",\"title\":";
  AppendJsonText(problem.title, &json);
  json += ",\"status\":" + std::to_string(problem.status) + ",\"detail\":";
  AppendJsonText(problem.detail, &json);
  if (!problem.parameter.empty()) {
    json += ",\"parameter\":";
    AppendJsonText(
        std::string_view(problem.parameter).substr(0, kLongestParameter),
        &json);
  }
  return json + "}\n";
}

}  // namespace taster::serve
