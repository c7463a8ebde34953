// SPDX-License-Identifier: Apache-2.0
// What a trace shows and records, and what it keeps to the volunteer.
#include "probe/cli/trace_witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "taster/v1/measurement.pb.h"
#include "tests/unit/probe/scratch_directory.h"

namespace taster::cli {
namespace {

using capture::Outcome;
using capture::QuestionRole;
using ::testing::HasSubstr;

net::IpAddress Address(std::string_view text) {
  return net::IpAddress::Parse(text).value();
}

class TraceWitnessTest : public ::testing::Test {
 protected:
  TraceWitnessTest() {
    what_.name = dns::Name::Parse("blocked.example").value();
    what_.control_name = dns::Name::Parse("example.org").value();
    what_.server = net::Endpoint::Parse("8.8.8.8", 53).value();
    std::filesystem::permissions(scratch_.path(),
                                 std::filesystem::perms::owner_all);
    auto spool = spool::Spool::Open({.path = scratch_.path() / "spool.db"});
    EXPECT_TRUE(spool.ok()) << spool.status();
    spool_ = *std::move(spool);
    recorder_ = std::make_unique<record::Recorder>(spool_.get(),
                                                   record::RecorderOptions{});
    witness_ = std::make_unique<TraceWitness>(what_, &series_, recorder_.get(),
                                              plan::FirstHops(false, {}));
  }

  capture::Token Ask(std::uint8_t step,
                     QuestionRole role = QuestionRole::kTrace) {
    capture::Question question;
    question.role = role;
    question.qname = what_.name;
    question.server = what_.server;
    question.ip_ttl = step;
    const auto token = recorder_->Expect(question);
    witness_->Expect(token, question);
    const std::array<std::uint8_t, 12> query{0, 7, 1};
    witness_->OnSent(token, {.query = query, .source_port = 4711, .time = {}});
    return token;
  }
  void Icmp(capture::Token token, std::string_view offender,
            std::uint8_t type = 11) {
    witness_->OnIcmp(token, {.offender = Address(offender), .type = type});
  }
  void Answer(capture::Token token, std::uint8_t ip_ttl, bool matches = true) {
    const std::array<std::uint8_t, 12> message{0, 7, 0x81};
    witness_->OnArrived(token, {.message = message,
                                .original_size = 12,
                                .offset = std::chrono::milliseconds(12),
                                .source = what_.server,
                                .ip_ttl = ip_ttl,
                                .dont_fragment = {},
                                .ip_id_zero = {},
                                .matches = matches});
  }
  v1::Batch Finish(const std::vector<capture::Token>& tokens) {
    for (const auto token : tokens) {
      witness_->OnClosed(token, Outcome::kTtlExceeded, 0);
    }
    recorder_->EndSet(0);
    witness_->Release();
    EXPECT_TRUE(recorder_->Flush().ok());
    v1::Batch batch;
    const auto oldest = spool_->Oldest();
    EXPECT_TRUE(oldest.ok() && oldest->has_value());
    EXPECT_TRUE(batch.ParseFromString((*oldest)->payload));
    return batch;
  }

  ScratchDirectory scratch_;
  plan::TraceOptions what_;
  plan::Rng rng_{1};
  plan::TraceSeries series_{what_, rng_};
  std::unique_ptr<spool::Spool> spool_;
  std::unique_ptr<record::Recorder> recorder_;
  std::unique_ptr<TraceWitness> witness_;
};

std::string Zeros(std::size_t bytes) { return std::string(bytes, '\0'); }

TEST_F(TraceWitnessTest, FirstHopsAreCountedAndNotNamed) {
  const std::vector tokens = {Ask(1), Ask(2), Ask(3), Ask(4)};
  Icmp(tokens[3], "202.97.4.1");
  Icmp(tokens[0], "192.168.1.1");
  Icmp(tokens[1], "100.64.0.1");
  Icmp(tokens[2], "202.97.3.1");
  const auto batch = Finish(tokens);
  ASSERT_EQ(batch.measurements_size(), 4);
  for (int i = 0; i < 3; ++i) {
    const auto& measurement = batch.measurements(i);
    ASSERT_EQ(measurement.icmp_errors_size(), 1);
    EXPECT_EQ(measurement.icmp_errors(0).offender(), Zeros(4));
    EXPECT_EQ(measurement.icmp_errors(0).type(), 11u);
    EXPECT_EQ(measurement.outcome(), v1::OUTCOME_TTL_EXCEEDED);
  }
  EXPECT_EQ(batch.measurements(3).icmp_errors(0).offender(),
            "\xca\x61\x04\x01");
  const auto& steps = witness_->ladder().steps;
  EXPECT_TRUE(steps.at(3).routers.empty());
  EXPECT_EQ(steps.at(3).withheld, 1);
  EXPECT_EQ(steps.at(4).routers, std::set{Address("202.97.4.1")});
  EXPECT_EQ(batch.SerializeAsString().find("\xc0\xa8\x01\x01"),
            std::string::npos);
}

TEST_F(TraceWitnessTest, OnlyTimeExceededAndTheServerAreNamed) {
  const std::vector tokens = {Ask(3), Ask(4), Ask(64)};
  Icmp(tokens[0], "202.97.3.1");
  // A gateway next door forbids, far from where its TTL says.
  Icmp(tokens[1], "202.97.9.9", 3);
  Icmp(tokens[2], "8.8.8.8", 3);
  const auto batch = Finish(tokens);
  EXPECT_EQ(batch.measurements(1).icmp_errors(0).offender(), Zeros(4));
  EXPECT_EQ(batch.measurements(2).icmp_errors(0).offender(),
            "\x08\x08\x08\x08");
}

TEST_F(TraceWitnessTest, OneSetWithRolesStepsAndPort) {
  const std::vector tokens = {Ask(5), Ask(5, QuestionRole::kTraceControlName)};
  Answer(tokens[0], 61);
  Answer(tokens[0], 207);
  const auto batch = Finish(tokens);
  ASSERT_EQ(batch.measurements_size(), 2);
  EXPECT_EQ(batch.measurements(0).question_role(), v1::QUESTION_ROLE_TRACE);
  EXPECT_EQ(batch.measurements(1).question_role(),
            v1::QUESTION_ROLE_TRACE_CONTROL_NAME);
  for (const auto& measurement : batch.measurements()) {
    EXPECT_EQ(measurement.set(), 0u);
    EXPECT_EQ(measurement.query_ip_ttl(), 5u);
    EXPECT_EQ(measurement.source_port(), 4711u);
  }
  EXPECT_EQ(batch.measurements(0).responses_size(), 2);
}

TEST_F(TraceWitnessTest, LadderShowsEvidenceAndNoVerdict) {
  const std::vector tokens = {Ask(1), Ask(5),
                              Ask(5, QuestionRole::kTraceControlName)};
  Icmp(tokens[0], "192.168.1.1");
  Answer(tokens[1], 61);
  Answer(tokens[1], 207);
  Answer(tokens[2], 50, /*matches=*/false);
  Finish(tokens);
  const std::string drawn = DrawLadder(witness_->ladder(), {});
  EXPECT_THAT(drawn, HasSubstr("1/1 ttl 61,207 from 12.0 ms"));
  EXPECT_THAT(drawn, HasSubstr("first answer for the target: ttl 5"));
  EXPECT_THAT(drawn, HasSubstr("nothing answered for the control name"));
  EXPECT_EQ(drawn.find('\x1b'), std::string::npos);
  EXPECT_EQ(drawn.find("192.168"), std::string::npos);
  EXPECT_TRUE(std::ranges::all_of(
      drawn, [](char c) { return c == '\n' || (c >= ' ' && c < 0x7f); }));
  EXPECT_THAT(DrawLadder(witness_->ladder(), {.colour = true, .utf8 = true}),
              HasSubstr("\x1b[33m"));
  EXPECT_THAT(
      LadderJson(witness_->ladder()),
      HasSubstr("{\"ip_ttl\":5,\"routers\":[],\"withheld\":0,\"target\":{"
                "\"asked\":1,\"answered\":1,\"replies\":[{\"ip_ttl\":61,"
                "\"offset_us\":12000},{\"ip_ttl\":207,"));
}

}  // namespace
}  // namespace taster::cli
