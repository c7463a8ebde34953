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
  // Becomes a probe out in the world: public servers, no key of a lab's.
  void LeaveTheLab(const std::string& profile, const std::string& rate,
                   const std::string& canaries = "[\"202.0.2.1\"]") {
    home_.text().profile = '"' + profile + '"';
    home_.text().lab = "false";
    home_.text().endpoint = "\"collector.example:443\"";
    home_.text().resolvers = "[\"8.8.8.8\"]";
    home_.text().canaries = canaries;
    home_.text().rate = rate;
    std::string text = home_.text().Text();
    const std::string lab_only = "system_servers = [\"10.9.3.53\"]\n";
    text.erase(text.find(lab_only), lab_only.size());
    std::ofstream(home_.config()) << text;
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
