// SPDX-License-Identifier: Apache-2.0
// A StreamLookup that trusts the test's own authority, and a witness.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "probe/capture/stream_lookup.h"
#include "tests/unit/probe/capture/certificate_maker.h"
#include "tests/unit/probe/capture/loopback_server.h"
#include "tests/unit/probe/capture/recording_witness.h"
#include "tests/unit/probe/capture/scripted_server.h"

namespace taster::capture {

using std::chrono::milliseconds;

// A directory that goes with the test.
class TestDirectory {
 public:
  TestDirectory() {
    std::string path =
        (std::filesystem::temp_directory_path() / "taster.XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) std::abort();
    path_ = path;
  }
  TestDirectory(const TestDirectory&) = delete;
  TestDirectory& operator=(const TestDirectory&) = delete;
  ~TestDirectory() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class StreamTest : public testing::Test {
 protected:
  void Open(milliseconds window) {
    auto lookup = StreamLookup::Open(
        {.window = window, .ca_file = maker_.PathOf("ca.pem")}, &witness_);
    ASSERT_TRUE(lookup.ok()) << lookup.status();
    lookup_ = *std::move(lookup);
  }
  void RunUntilClosed() {
    const auto start = std::chrono::steady_clock::now();
    while (lookup_->open_queries() > 0) {
      ASSERT_TRUE(lookup_->Run(milliseconds(50)).ok());
      ASSERT_LT(std::chrono::steady_clock::now() - start,
                std::chrono::seconds(20));
    }
  }
  static Question StreamQuestion(Transport transport,
                                 const net::Endpoint& server,
                                 const std::string& tls_name = "") {
    Question question = QuestionTo(server, "www.example.com");
    question.transport = transport;
    question.tls_name = tls_name;
    if (transport == Transport::kHttps) question.http_path = "/dns-query";
    return question;
  }
  // Asks one question and gives all that was told of it.
  const KeptQuery& AskAndWait(const Question& question,
                              milliseconds window = milliseconds(2000)) {
    if (!lookup_) Open(window);
    EXPECT_TRUE(lookup_->Ask(question, 1));
    RunUntilClosed();
    const KeptQuery& kept = witness_.queries[1];
    EXPECT_EQ(kept.closed_calls, 1);
    return kept;
  }

  TestDirectory directory_;
  CertificateMaker maker_{directory_.path()};
  RecordingWitness witness_;
  std::unique_ptr<StreamLookup> lookup_;
};

}  // namespace taster::capture
