// SPDX-License-Identifier: Apache-2.0
// What a request that cannot be answered gets: problem details (RFC 9457).
#pragma once

#include <string>
#include <string_view>

namespace taster::serve {

struct Problem {
  int status = 500;
  // The last word of "type"; what follows is its "title".
  std::string_view type = "internal";
  std::string_view title = "Something went wrong here";
  // What to do instead. Never holds what was asked with.
  std::string detail{};
  std::string parameter{};  // Whose value it is about; empty: of none.
};

Problem BadParameter(std::string_view parameter, std::string detail);
Problem UnknownPage();
Problem UnknownView();
Problem WrongMethod();
Problem NotAcceptable();
Problem BadRequest(std::string detail);
// Of the database: it is down, busy, or the question was too large.
Problem Unavailable(std::string detail);
Problem Internal();

// {"type","title","status","detail","parameter"}.
std::string ProblemJson(const Problem& problem);

}  // namespace taster::serve
