// SPDX-License-Identifier: Apache-2.0
// Calls taster-probe's command line as people do, over engines of a test.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "probe/cli/command_line.h"
#include "probe/cli/exit_code.h"
#include "probe/cli/interrupt.h"
#include "probe/consent/text.h"
#include "probe/spool/spool.h"
#include "tests/unit/probe/cli/config_cases.h"
#include "tests/unit/probe/cli/fake_engines.h"

namespace taster::cli {

class CommandFixture : public ::testing::Test {
 protected:
  CommandFixture() { ForgetSignals(); }

  // The exit code; what was printed is in out_ and err_.
  int Run(std::vector<std::string> words) {
    std::vector<const char*> argv = {"taster-probe"};
    words.insert(words.begin(), {"--config", home_.config().string()});
    if (::geteuid() == 0 && allow_root_)
      words.insert(words.begin(), "--allow-root");
    for (const auto& word : words) argv.push_back(word.c_str());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const auto edges = FakeEdges(&world_);
    const int code =
        RunCommandLine(static_cast<int>(argv.size()), argv.data(), edges);
    out_ = ::testing::internal::GetCapturedStdout();
    err_ = ::testing::internal::GetCapturedStderr();
    return code;
  }
  void Agree() {
    const auto version = std::to_string(consent::kTextVersion);
    ASSERT_EQ(Run({"consent", "accept", "--version", version}), kDone) << err_;
  }
  // Nothing where there is no spool yet.
  spool::SpoolStatus Spool() const {
    return spool::Spool::Peek({.path = home_.state_dir() / "spool.db"})
        .value_or(spool::SpoolStatus{});
  }

  ProbeHome home_;
  World world_;
  bool allow_root_ = true;
  std::string out_;
  std::string err_;
};

}  // namespace taster::cli
