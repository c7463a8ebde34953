// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/admission.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/unit/collector/ingest/sample_batch.h"

namespace taster::ingest {
namespace {

// A way to spoil a measurement, and how it must be refused.
struct Spoiled {
  std::string name;
  std::function<void(v1::Measurement&)> spoil;
  v1::RefuseReason reason;
  std::string field;
};

Spoiled MissingTime() {
  return {"missing_time", [](auto& m) { m.clear_query_time(); },
          v1::REFUSE_REASON_MISSING_FIELD, "query_time"};
}

std::vector<Spoiled> EveryWay() {
  using M = v1::Measurement;
  const auto range = v1::REFUSE_REASON_OUT_OF_RANGE;
  const auto missing = v1::REFUSE_REASON_MISSING_FIELD;
  const auto unknown = v1::REFUSE_REASON_UNKNOWN_ENUM;
  const auto query = v1::REFUSE_REASON_BAD_QUERY;
  return {
      MissingTime(),
      {"role_unspecified", [](M& m) { m.clear_question_role(); }, missing,
       "question_role"},
      {"role_unknown",
       [](M& m) { m.set_question_role(static_cast<v1::QuestionRole>(9999)); },
       unknown, "question_role"},
      {"kind_unspecified", [](M& m) { m.clear_server_kind(); }, missing,
       "server_kind"},
      {"transport_unspecified", [](M& m) { m.clear_transport(); }, missing,
       "transport"},
      {"outcome_unknown",
       [](M& m) { m.set_outcome(static_cast<v1::Outcome>(77)); }, unknown,
       "outcome"},
      {"set_too_high", [](M& m) { m.set_set(512); }, range, "set"},
      {"no_query", [](M& m) { m.clear_query(); }, query, "query"},
      {"query_is_reply", [](M& m) { m.set_query(SampleReply()); }, query,
       "query"},
      {"query_cut",
       [](M& m) { m.mutable_query()->resize(m.query().size() - 3); }, query,
       "query"},
      {"server_of_five_bytes",
       [](M& m) { m.mutable_server()->set_address("12345"); }, range,
       "server.address"},
      {"server_port_zero", [](M& m) { m.mutable_server()->set_port(0); }, range,
       "server.port"},
      {"server_port_high", [](M& m) { m.mutable_server()->set_port(65536); },
       range, "server.port"},
      {"year_294277",
       [](M& m) { m.mutable_query_time()->set_seconds(9'224'318'015'999); },
       range, "query_time"},
      {"year_1970", [](M& m) { m.mutable_query_time()->set_seconds(0); }, range,
       "query_time"},
      {"negative_nanos", [](M& m) { m.mutable_query_time()->set_nanos(-1); },
       range, "query_time"},
      {"no_window", [](M& m) { m.clear_window(); }, missing, "window"},
      {"negative_window", [](M& m) { m.mutable_window()->set_seconds(-5); },
       range, "window"},
      {"hour_window", [](M& m) { m.mutable_window()->set_seconds(3600); },
       range, "window"},
      {"port_high", [](M& m) { m.set_source_port(70'000); }, range,
       "source_port"},
      {"ttl_high", [](M& m) { m.set_query_ip_ttl(256); }, range,
       "query_ip_ttl"},
      {"retry_high", [](M& m) { m.set_retry(40'000); }, range, "retry"},
      {"stream_over_udp",
       [](M& m) { m.mutable_stream()->set_phase(v1::STREAM_PHASE_CONNECT); },
       range, "stream"},
      {"stream_without_phase",
       [](M& m) {
         m.set_transport(v1::TRANSPORT_TLS);
         m.mutable_stream();
       },
       missing, "stream.phase"},
      {"tls_alert_high",
       [](M& m) {
         m.set_transport(v1::TRANSPORT_TLS);
         m.mutable_stream()->set_phase(v1::STREAM_PHASE_HANDSHAKE);
         m.mutable_stream()->set_tls_alert(256);
       },
       range, "stream.tls_alert"},
      {"nine_certificates",
       [](M& m) {
         m.set_transport(v1::TRANSPORT_TLS);
         m.mutable_stream()->set_phase(v1::STREAM_PHASE_HANDSHAKE);
         for (int i = 0; i < 9; ++i) m.mutable_stream()->add_certificates("x");
       },
       range, "stream.certificates"},
      {"certificate_long",
       [](M& m) {
         m.set_transport(v1::TRANSPORT_TLS);
         m.mutable_stream()->set_phase(v1::STREAM_PHASE_HANDSHAKE);
         m.mutable_stream()->add_certificates(std::string(8193, 'x'));
       },
       range, "stream.certificates"},
      {"redirect_is_no_host",
       [](M& m) {
         m.set_transport(v1::TRANSPORT_TLS);
         m.mutable_stream()->set_phase(v1::STREAM_PHASE_EXCHANGE);
         m.mutable_stream()->set_redirect_host("<script>");
       },
       range, "stream.redirect_host"},
      {"served_without_a_check",
       [](M& m) { m.set_outcome(v1::OUTCOME_SERVED); }, range, "outcome"},
      {"host_without_a_check",
       [](M& m) { m.set_server_kind(v1::SERVER_KIND_HOST); }, range,
       "server_kind"},
      {"check_at_a_resolver",
       [](M& m) { m.set_question_role(v1::QUESTION_ROLE_CHECK); }, range,
       "server_kind"},
      {"check_over_udp",
       [](M& m) {
         m.set_question_role(v1::QUESTION_ROLE_CHECK);
         m.set_server_kind(v1::SERVER_KIND_HOST);
         m.set_outcome(v1::OUTCOME_SERVED);
         m.clear_responses();
       },
       range, "transport"},
      {"check_of_nobody",
       [](M& m) {
         m.set_question_role(v1::QUESTION_ROLE_CHECK);
         m.set_server_kind(v1::SERVER_KIND_HOST);
         m.set_transport(v1::TRANSPORT_TLS);
         m.set_outcome(v1::OUTCOME_SERVED);
         m.clear_responses();
         m.clear_server();
       },
       missing, "server"},
      {"check_with_a_reply",
       [](M& m) {
         m.set_question_role(v1::QUESTION_ROLE_CHECK);
         m.set_server_kind(v1::SERVER_KIND_HOST);
         m.set_transport(v1::TRANSPORT_TLS);
         m.set_outcome(v1::OUTCOME_SERVED);
       },
       range, "responses"},
      {"server_name_long",
       [](M& m) { m.set_server_name(std::string(64, 'x')); }, range,
       "server_name"},
      {"nine_replies",
       [](M& m) {
         for (int i = 0; i < 8; ++i) *m.add_responses() = m.responses(0);
       },
       range, "responses"},
      {"reply_without_source",
       [](M& m) { m.mutable_responses(0)->clear_source(); }, missing,
       "responses[0].source"},
      {"reply_without_offset",
       [](M& m) { m.mutable_responses(0)->clear_arrival_offset(); }, missing,
       "responses[0].arrival_offset"},
      {"reply_ttl_high", [](M& m) { m.mutable_responses(0)->set_ip_ttl(300); },
       range, "responses[0].ip_ttl"},
      {"reply_too_long",
       [](M& m) {
         m.mutable_responses(0)->set_message(std::string(4097, 'x'));
       },
       range, "responses[0].message"},
      {"icmp_without_offender", [](M& m) { m.add_icmp_errors(); }, missing,
       "icmp_errors[0].offender"},
      {"redaction_beyond",
       [](M& m) {
         v1::Redaction* r = m.add_redactions();
         r->set_reason(v1::REDACTION_REASON_COOKIE);
         r->set_offset(40);
         r->set_length(100);
       },
       range, "redactions[0].length"},
      {"redaction_of_no_reply",
       [](M& m) {
         v1::Redaction* r = m.add_redactions();
         r->set_reason(v1::REDACTION_REASON_COOKIE);
         r->set_response(1);
       },
       range, "redactions[0].response"},
  };
}

class RefusedMeasurement : public testing::TestWithParam<Spoiled> {};

TEST_P(RefusedMeasurement, IsNamedWhileItsNeighboursAreStored) {
  v1::Batch batch = SampleBatch(3);
  GetParam().spoil(*batch.mutable_measurements(1));

  const Admitted admitted = AdmitMeasurements(batch, {});

  ASSERT_EQ(admitted.refused.size(), 1u);
  EXPECT_EQ(admitted.refused[0].ordinal(), 1u);
  EXPECT_EQ(admitted.refused[0].reason(), GetParam().reason);
  EXPECT_EQ(admitted.refused[0].field(), GetParam().field);
  ASSERT_EQ(admitted.rows.size(), 2u);
  EXPECT_EQ(admitted.rows[0].asked.ordinal, 0u);
  EXPECT_EQ(admitted.rows[1].asked.ordinal, 2u);
}

INSTANTIATE_TEST_SUITE_P(EveryField, RefusedMeasurement,
                         testing::ValuesIn(EveryWay()),
                         [](const auto& tested) { return tested.param.name; });

TEST(Admission, KeepsEveryFact) {
  const Admitted admitted = AdmitMeasurements(SampleBatch(), {});
  ASSERT_EQ(admitted.rows.size(), 1u);
  const store::MeasurementRow& row = admitted.rows[0];
  EXPECT_EQ(row.query, SampleQuery());
  EXPECT_EQ(row.query_time, store::Time(kNow));
  EXPECT_EQ(row.window, std::chrono::seconds(5));
  EXPECT_EQ(row.source_port, 40'000);
  EXPECT_EQ(row.asked.qname.ToText(), "example.com.");
  EXPECT_EQ(row.asked.qtype, 1);
  ASSERT_EQ(row.asked.replies.size(), 1u);
  ASSERT_EQ(row.messages.size(), 1u);
  EXPECT_EQ(row.messages[0], SampleReply());
  const judge::Observation& seen = row.asked.replies[0];
  EXPECT_EQ(seen.fit, judge::Fit::kMatches);
  EXPECT_EQ(seen.ip_ttl, 61);
  EXPECT_EQ(seen.arrival_offset, std::chrono::milliseconds(21));
  ASSERT_EQ(seen.addresses.size(), 1u);
  EXPECT_EQ(seen.addresses[0].address.ToString(), "192.0.2.1");
}

TEST(Admission, MalformedRepliesAreEvidence) {
  v1::Batch batch = SampleBatch();
  batch.mutable_measurements(0)->mutable_responses(0)->set_message("");
  const Admitted admitted = AdmitMeasurements(batch, {});
  ASSERT_EQ(admitted.rows.size(), 1u);
  EXPECT_EQ(admitted.rows[0].asked.replies[0].fit, judge::Fit::kNotAResponse);
  EXPECT_NE(admitted.rows[0].asked.replies[0].defect, 0);
}

TEST(Admission, RefusesAReplyThatHoldsTheSendersAddress) {
  const auto peer = net::IpAddress::Parse("192.0.2.1");
  const Admitted admitted = AdmitMeasurements(SampleBatch(), peer);
  ASSERT_EQ(admitted.refused.size(), 1u);
  EXPECT_EQ(admitted.refused[0].reason(), v1::REFUSE_REASON_UNMASKED_ADDRESS);
  EXPECT_EQ(admitted.refused[0].field(), "responses[0].message");
}

TEST(Admission, RefusesAnIcmpErrorFromTheSendersOwnHost) {
  v1::Batch batch = SampleBatch();
  v1::IcmpError* error = batch.mutable_measurements(0)->add_icmp_errors();
  error->set_offender(std::string("\xcb\0\x71\7", 4));
  error->mutable_arrival_offset();
  const Admitted admitted =
      AdmitMeasurements(batch, net::IpAddress::Parse("203.0.113.7"));
  ASSERT_EQ(admitted.refused.size(), 1u);
  EXPECT_EQ(admitted.refused[0].field(), "icmp_errors[0].offender");
}

TEST(Admission, LoopbackIsNobodysIdentity) {
  v1::Batch batch = SampleBatch();
  std::string reply = SampleReply();
  reply.replace(reply.size() - 4, 4, std::string("\x7f\0\0\1", 4));
  batch.mutable_measurements(0)->mutable_responses(0)->set_message(reply);
  const Admitted admitted =
      AdmitMeasurements(batch, net::IpAddress::Parse("127.0.0.1"));
  EXPECT_TRUE(admitted.refused.empty());
}

}  // namespace
}  // namespace taster::ingest
