// SPDX-License-Identifier: Apache-2.0
// The only toml++ user.
#include "probe/cli/toml_values.h"

#include <stdexcept>

// toml++ 3.3 meets malformed keys and times with an assertion: an abort, or
// with NDEBUG undefined behaviour. Here its assertions are errors, which end
// in ReadToml like its others. This file is its only user.
[[noreturn]] static void FailAssertion() {
  throw std::runtime_error("malformed");
}
#undef NDEBUG
#define TOML_ASSERT(expr) ((expr) ? void() : FailAssertion())
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>

namespace taster::cli {
namespace {

constexpr std::size_t kMaxBytes = 1 << 20;
// Each dot of a key nests one table more; toml++ recurses over them.
constexpr int kMaxDots = 64;

absl::Status AtLine(std::size_t line, const std::string& what) {
  return absl::InvalidArgumentError("line " + std::to_string(line) + ": " +
                                    what);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// How far a line has been read, as closely as CheckBytes needs it: where it
// may be wrong (escapes, inline tables) `plain` is false.
struct LineState {
  int dots = 0;
  char quote = '\0';
  bool comment = false;
  bool value = false;  // Behind the first '='.
  bool plain = true;
  bool odd = false;  // A string before any '=' is not ASCII.

  bool bare() const { return quote == '\0' && !comment; }
  // toml++ 3.3 runs into undefined behaviour where such a byte stands in a
  // key, or where a key or a line's end should stand.
  bool MayHoldNonAscii() const { return plain && !bare(); }
  void Read(char c) {
    if (c == '\\' || c == '{') plain = plain && comment;
    if (bare() && c == '=') value = true;
    if (bare() && c == '#') {
      comment = true;
    } else if (bare() && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote && !comment) {
      quote = '\0';
    }
  }
};

// What need not reach toml++; no value of ours is a date.
absl::Status CheckBytes(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return AtLine(1, "the file is larger than 1 MiB");
  }
  if (text.starts_with("\xef\xbb\xbf")) {
    return AtLine(1, "the file starts with a byte order mark");
  }
  std::size_t line = 1;
  LineState state;
  char before = '\n';
  for (const char c : text) {
    if (c == '\0') return AtLine(line, "NUL byte");
    if (c == '\r') return AtLine(line, "carriage return: use LF line ends");
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    const bool odd_key = c == '=' && state.bare() && state.odd;
    if ((!ascii && !state.MayHoldNonAscii()) || odd_key) {
      return AtLine(line, "not ASCII outside comments and plain strings");
    }
    if (!ascii && !state.comment && !state.value) state.odd = true;
    if (state.bare() && c == '.' && ++state.dots > kMaxDots) {
      return AtLine(line, "nested too deeply");
    }
    if (state.bare() && IsDigit(before) && (c == '-' || c == ':')) {
      return AtLine(line, "no value here is a date or a time");
    }
    if (c == '\n') {
      ++line;
      state = {};
    } else {
      state.Read(c);
    }
    before = c;
  }
  return absl::OkStatus();
}

TomlValue ArrayOf(const toml::array& array) {
  std::vector<std::string> texts;
  std::vector<std::int64_t> numbers;
  for (const auto& item : array) {
    if (const auto* text = item.as_string()) texts.push_back(text->get());
    if (const auto* number = item.as_integer()) {
      numbers.push_back(number->get());
    }
  }
  if (texts.size() == array.size()) {
    return {.line = 0, .value = std::move(texts)};
  }
  if (numbers.size() == array.size()) {
    return {.line = 0, .value = std::move(numbers)};
  }
  return {.line = 0, .value = OtherKind{}};
}

TomlValue ValueOf(const toml::node& node) {
  TomlValue value;
  if (const auto* text = node.as_string()) value.value = text->get();
  if (const auto* number = node.as_integer()) value.value = number->get();
  if (const auto* number = node.as_floating_point()) {
    value.value = number->get();
  }
  if (const auto* truth = node.as_boolean()) value.value = truth->get();
  if (const auto* array = node.as_array()) value = ArrayOf(*array);
  if (node.is_table()) value.value = OtherKind{.is_table = true};
  value.line = node.source().begin.line;
  return value;
}

void Flatten(const toml::table& table, const std::string& prefix,
             TomlValues* values) {
  for (const auto& [key, node] : table) {
    const std::string path = prefix + std::string(key.str());
    TomlValue value = ValueOf(node);
    value.line = key.source().begin.line;
    values->insert_or_assign(path, std::move(value));
    if (const auto* inner = node.as_table()) {
      Flatten(*inner, path + ".", values);
    }
  }
}

}  // namespace

absl::StatusOr<TomlValues> ReadToml(std::string_view text) {
  if (auto status = CheckBytes(text); !status.ok()) return status;
  try {
    TomlValues values;
    Flatten(toml::parse(text), "", &values);
    return values;
  } catch (const toml::parse_error& error) {
    return AtLine(error.source().begin.line, std::string(error.description()));
  } catch (const std::runtime_error& error) {
    return absl::InvalidArgumentError(std::string("not TOML: ") + error.what());
  }
}

}  // namespace taster::cli
