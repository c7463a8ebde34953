// SPDX-License-Identifier: Apache-2.0
// The truth log's lines, and when they reach the file.
#include "tests/lab/censor/truth_log.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

std::string ReadAll(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(TruthLogTest, OneLineTellsEverything) {
  Censor censor(MakeRules(), 1);
  const Decision ipv4 = Ask(censor, {.name = "face.test"});
  const std::string line = TruthLine(ipv4.emissions.at(0), 99);
  EXPECT_EQ(line.substr(0, 30), "99\tgfw-3\t4\t10.9.6.66\t40000\t123");
  EXPECT_EQ(line.substr(line.size() - 8), "\t63\t0\t0\n");
  const Decision ipv6 = Ask(censor, {.name = "face.test", .is_ipv6 = true});
  const std::string ipv6_line = TruthLine(ipv6.emissions.at(0), 1);
  EXPECT_EQ(ipv6_line.substr(0, 27), "1\tgfw-3\t6\tfd99:6::66\t40000\t");
  EXPECT_EQ(ipv6_line.substr(ipv6_line.size() - 8), "\t63\t-\t-\n");
}

TEST(TruthLogTest, LinesAppearAtFlush) {
  const std::string path = testing::TempDir() + "lab_truth_log_test";
  std::remove(path.c_str());
  TruthLog log;
  ASSERT_TRUE(log.Open(path).ok());
  log.Append("one\n");
  log.Append("two\n");
  EXPECT_EQ(ReadAll(path), "");
  log.Flush();
  EXPECT_EQ(ReadAll(path), "one\ntwo\n");
}

TEST(TruthLogTest, SaysThatItCannotWrite) {
  TruthLog log;
  EXPECT_TRUE(absl::IsPermissionDenied(log.Open("/nonexistent/truth")));
}

}  // namespace
}  // namespace taster::lab
