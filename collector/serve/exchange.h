// SPDX-License-Identifier: Apache-2.0
// What is asked over HTTP and what is answered, apart from any server.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "collector/serve/problem.h"

namespace taster::serve {

struct Request {
  std::string method = "GET";
  std::string target = "/";  // As it came: path and query, still encoded.
  std::string accept{};
  std::string if_none_match{};
  // A body is announced: nobody here reads one.
  bool has_body = false;
};

struct Answer {
  int status = 200;
  std::string type = "application/json";
  std::shared_ptr<const std::string> body{};  // nullptr: none.
  std::string etag{};                         // With its quotes; empty: none.
  std::string cache_control = "no-store";
  std::vector<std::pair<std::string, std::string>> headers{};  // Others.
};

Answer MakeAnswer(std::string type, std::string body);
Answer ProblemAnswer(const Problem& problem);
// Unavailable and DeadlineExceeded are 503, anything else 500: what the request
// could be guilty of has been refused before the database saw it.
Answer FailureAnswer(const absl::Status& status);

// 304 without a body where the asker has the same already (RFC 9110 section
// 13.1.2); else `answer`.
Answer Conditional(const Request& request, Answer answer);

// "\"<hash>\"".
std::string EtagOf(std::string_view text);

}  // namespace taster::serve
