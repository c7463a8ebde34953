// SPDX-License-Identifier: Apache-2.0
// From text to JSON values, without exceptions and with bounded depth.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "collector/exchange/line_source.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

using Json = nlohmann::json;

// One JSON value. Otherwise where its syntax breaks, the lines counted from
// `line`. Values that are nested more than 64 deep are refused.
std::variant<Json, BadInput> ParseJson(std::string_view text, std::size_t line);

// Splits lines into JSON documents: one a line, or one that is spread over
// lines, as people print it, and ends where its last bracket closes. A line
// that starts with "{" always starts a document, so that a broken one does
// not swallow the next. Blank lines are passed over.
class DocumentSplitter {
 public:
  // A document longer than this is cut there, and then is no JSON.
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;

  // `lines` must outlive the splitter.
  explicit DocumentSplitter(const LineSource& lines) : lines_(lines) {}

  // False when there are no more.
  absl::StatusOr<bool> Next();
  // The document that Next found, and its first line, counted from 1.
  const std::string& text() const { return text_; }
  std::size_t line() const { return line_; }

 private:
  absl::StatusOr<bool> Advance();

  const LineSource& lines_;
  std::string pending_;  // The line after the document, when has_pending_.
  bool has_pending_ = false;
  std::size_t lines_read_ = 0;
  std::string text_;
  std::size_t line_ = 0;
};

}  // namespace taster::exchange
