// SPDX-License-Identifier: Apache-2.0
// An engine, a server on loopback, and a witness that keeps everything.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <utility>

#include "probe/capture/udp_capture.h"
#include "tests/unit/probe/capture/loopback_server.h"
#include "tests/unit/probe/capture/recording_witness.h"

namespace taster::capture {

using std::chrono::milliseconds;

class UdpCaptureTest : public testing::Test {
 protected:
  void Open(milliseconds window, int ports = 2) {
    auto engine =
        UdpCapture::Open({.ports = ports, .window = window}, &witness_);
    ASSERT_TRUE(engine.ok()) << engine.status();
    engine_ = *std::move(engine);
  }
  // Asks and lets the query leave; gives what the server received.
  ReceivedQuery Ask(Token token, const Question& question,
                    LoopbackServer* server) {
    EXPECT_TRUE(engine_->Ask(question, token));
    EXPECT_TRUE(engine_->Run(milliseconds(0)).ok());
    auto query = server->Receive();
    EXPECT_TRUE(query.has_value());
    return query.value_or(ReceivedQuery{});
  }
  void RunUntilClosed() {
    const auto start = std::chrono::steady_clock::now();
    while (engine_->open_queries() > 0) {
      ASSERT_TRUE(engine_->Run(milliseconds(50)).ok());
      ASSERT_LT(std::chrono::steady_clock::now() - start,
                std::chrono::seconds(20));
    }
  }

  LoopbackServer server_;
  RecordingWitness witness_;
  std::unique_ptr<UdpCapture> engine_;
};

}  // namespace taster::capture
