// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/json_text.h"

#include <gtest/gtest.h>

#include "collector/exchange/ooni_reader.h"
#include "tests/unit/collector/exchange/exchange_text.h"

namespace taster::exchange {
namespace {

BadInput Broken(const std::string& text) {
  const auto parsed = ParseJson(text, 10);
  const auto* bad = std::get_if<BadInput>(&parsed);
  EXPECT_NE(nullptr, bad) << text;
  return bad == nullptr ? BadInput{} : *bad;
}

TEST(ParseJson, SaysWhereTheSyntaxBreaks) {
  EXPECT_EQ(7U, Broken(R"({"a": x})").column);
  EXPECT_EQ(10U, Broken(R"({"a": x})").line);
  EXPECT_EQ("not JSON", Broken(R"({"a": x})").what);
  const BadInput later = Broken("{\n \"a\": 1,\n \"b\": }");
  EXPECT_EQ(12U, later.line);
  EXPECT_EQ(7U, later.column);
  EXPECT_EQ("JSON ends too early", Broken("{\"a\":").what);
  EXPECT_EQ("not JSON", Broken("{\"a\":\"\xff\"}").what);
  EXPECT_EQ("not JSON", Broken("{\"a\":1e999}").what);
}

TEST(ParseJson, RefusesDepth) {
  const std::string deep(1'000'000, '[');
  EXPECT_EQ("JSON is nested too deep", Broken(deep).what);
  EXPECT_EQ("JSON is nested too deep",
            Broken(deep + std::string(1'000'000, ']')).what);
}

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> documents;
  std::size_t at = 0;
  const LineSource lines = [&](std::string* line) -> absl::StatusOr<bool> {
    if (at >= text.size()) return false;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    *line = text.substr(at, end - at);
    at = end + 1;
    return true;
  };
  DocumentSplitter splitter(lines);
  while (*splitter.Next()) {
    documents.push_back(std::to_string(splitter.line()) + ' ' +
                        splitter.text());
  }
  return documents;
}

TEST(DocumentSplitter, TellsLinesFromDocuments) {
  using Documents = std::vector<std::string>;
  EXPECT_EQ((Documents{"1 {}", "3 {\"a\":1}"}), Split("{}\n\n{\"a\":1}\n"));
  EXPECT_EQ((Documents{"1 {\n \"a\": [\n  1\n ]\n}"}),
            Split("{\n \"a\": [\n  1\n ]\n}\n"));
  EXPECT_EQ((Documents{"1 {\n}", "3 {\n}"}), Split("{\n}\n{\n}\n"));
  // Cut in the middle: the next line is a document of its own.
  EXPECT_EQ((Documents{"1 {\"a\":", "2 {}"}), Split("{\"a\":\n{}\n"));
  EXPECT_EQ((Documents{"1 {\"a\":\"b", "2 c\"}"}), Split("{\"a\":\"b\nc\"}\n"));
  EXPECT_EQ(Documents{}, Split("\n \n"));
}

TEST(DocumentSplitter, PassesOnWhatTheSourceSays) {
  const LineSource lines = [](std::string*) -> absl::StatusOr<bool> {
    return absl::DataLossError("gzip");
  };
  const Sink sink;
  EXPECT_EQ(absl::StatusCode::kDataLoss, ReadOoni(lines, sink).code());
}

TEST(ReadOoni, EndsWhenTheSinkHasEnough) {
  int lines_read = 0;
  const LineSource lines = [&](std::string* line) -> absl::StatusOr<bool> {
    ++lines_read;
    *line = "x";
    return true;
  };
  const Sink sink{.record = {}, .bad = [](const BadInput&) {
                    return absl::CancelledError("enough");
                  }};
  EXPECT_EQ(absl::StatusCode::kCancelled, ReadOoni(lines, sink).code());
  EXPECT_EQ(1, lines_read);
}

}  // namespace
}  // namespace taster::exchange
