// SPDX-License-Identifier: Apache-2.0
// Reads answers as tab-separated text, one reply a line.
#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "collector/exchange/line_source.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

// A line that is longer than this is no line of answers.
inline constexpr std::size_t kLongestAnswersLine = std::size_t{1} << 20;

// The first line names the columns, in any order:
//
//   id time role country asn server server_kind transport qname qtype rcode
//   answers ttl
//
// `ttl` may be missing or empty; lines that start with '#' are for people.
// `answers` holds addresses and `cname:target.`, separated by commas. Lines
// that follow one another with the same id are the replies to one query, in
// order of arrival: they make one record. `rcode` `timeout` is a query without
// a reply. Wire bytes are not known, and nothing follows from that.
//
// Errors: what `sink` returns, what `lines` returns, or InvalidArgument when
// the first line is not such a heading.
absl::Status ReadAnswers(const LineSource& lines, const Sink& sink);

}  // namespace taster::exchange
