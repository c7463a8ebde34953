// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/json_text.h"

#include <algorithm>
#include <utility>

namespace taster::exchange {
namespace {

constexpr int kMaxDepth = 64;

// Counts brackets outside strings.
struct Nesting {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;

  void Read(std::string_view text) {
    bool escaped = false;
    for (const char c : text) {
      if (in_string) {
        if (!escaped && c == '"') in_string = false;
        escaped = !escaped && c == '\\';
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        deepest = std::max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        --depth;
      }
    }
  }
};

// Takes nothing in, and remembers where the syntax broke.
class ErrorFinder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    position_ = position;
    return false;
  }

  // Bytes that were read when the syntax broke.
  std::size_t position() const { return position_; }

 private:
  std::size_t position_ = 0;
};

BadInput BrokenAt(std::string_view text, std::size_t line) {
  ErrorFinder finder;
  Json::sax_parse(text.begin(), text.end(), &finder);
  const std::size_t read = std::min(finder.position(), text.size());
  const std::string_view before = text.substr(0, read == 0 ? 0 : read - 1);
  const std::size_t start = before.rfind('\n') + 1;  // 0 when there is none.
  const auto breaks = std::count(before.begin(), before.end(), '\n');
  return {.line = line + static_cast<std::size_t>(breaks),
          .column = before.size() - start + 1,
          .what = finder.position() > text.size() ? "JSON ends too early"
                                                  : "not JSON"};
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::variant<Json, BadInput> ParseJson(std::string_view text,
                                       std::size_t line) {
  Nesting nesting;
  nesting.Read(text);
  if (nesting.deepest > kMaxDepth) {
    return BadInput{.line = line, .what = "JSON is nested too deep"};
  }
  Json value = Json::parse(text.begin(), text.end(), nullptr, false);
  if (value.is_discarded()) return BrokenAt(text, line);
  return value;
}

absl::StatusOr<bool> DocumentSplitter::Advance() {
  auto more = lines_(&pending_);
  if (!more.ok()) return more.status();
  has_pending_ = *more;
  if (has_pending_) ++lines_read_;
  return has_pending_;
}

absl::StatusOr<bool> DocumentSplitter::Next() {
  while (!has_pending_ || IsBlank(pending_)) {
    const auto more = Advance();
    if (!more.ok() || !*more) return more;
  }
  line_ = lines_read_;
  text_ = std::move(pending_);
  has_pending_ = false;
  Nesting nesting;
  nesting.Read(text_);
  // No string holds a line break: inside one, the line is a broken one.
  while (nesting.depth > 0 && !nesting.in_string && text_.size() < kMaxBytes) {
    const auto more = Advance();
    if (!more.ok()) return more;
    if (!*more || pending_.starts_with('{')) break;
    nesting.Read(pending_);
    text_.append(1, '\n').append(pending_);
    has_pending_ = false;
  }
  return true;
}

}  // namespace taster::exchange
