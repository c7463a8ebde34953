// SPDX-License-Identifier: Apache-2.0
// What tests of the embedded server share: an ordinary user, a directory that
// is theirs, and one question for a database.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace taster::store {

// What EmbeddedPostgres::Start said to root; Unknown where the tests were not
// started by root. They run as an ordinary user in either case.
const absl::Status& AnswerToRoot();

// A copy of the sqitch project that the ordinary user can read and write.
std::filesystem::path CopyOfSchema();

// A directory for one test, taken away with it.
class EmbeddedScene : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  std::filesystem::path directory_;
};

// The first value that `sql` gives over `connection`; the error's text when it
// fails.
std::string Ask(const std::string& connection, const char* sql);

// Ask until it gives `answer`; false after five seconds.
bool Answers(const std::string& connection, const char* sql,
             std::string_view answer);

}  // namespace taster::store
