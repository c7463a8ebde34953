// SPDX-License-Identifier: Apache-2.0
// From calls of the witness to measurements.
#include "probe/record/recorder.h"

#include <algorithm>
#include <utility>

#include "probe/record/arrival_order.h"
#include "probe/record/mask.h"
#include "probe/record/wire_values.h"
#include "proto/dns/query_builder.h"

namespace taster::record {
namespace {

constexpr int kMaxIcmp = 8;

}  // namespace

Recorder::Recorder(spool::Spool* spool, RecorderOptions options)
    : spool_(spool),
      options_(std::move(options)),
      builder_(options_.software, options_.target_list) {}

capture::Token Recorder::Expect(const capture::Question& question) {
  const capture::Token token = next_token_++;
  OpenSet& set = sets_[question.set];
  Open open{.question = question, .place = set.asked++, .kept = {}};
  Describe(question, &open.kept.measurement);
  // Until it is told when the query left, if it ever does.
  SetTime(std::chrono::floor<std::chrono::microseconds>(
              std::chrono::system_clock::now()),
          open.kept.measurement.mutable_query_time());
  ++set.open;
  open_.emplace(token, std::move(open));
  return token;
}

void Recorder::Withdraw(capture::Token token) {
  const auto found = open_.find(token);
  if (found == open_.end()) return;
  OpenSet& set = sets_[found->second.question.set];
  --set.asked;
  --set.open;
  open_.erase(found);
}

void Recorder::EndSet(std::uint32_t set) {
  sets_[set].ended = true;
  FinishIfComplete(set);
}

void Recorder::Describe(const capture::Question& question,
                        v1::Measurement* to) {
  to->set_question_role(static_cast<v1::QuestionRole>(question.role));
  to->set_server_kind(static_cast<v1::ServerKind>(question.server_kind));
  to->set_transport(static_cast<v1::Transport>(question.transport));
  to->set_retry(question.retry);
  SetEndpoint(question.server, to->mutable_server());
  SetDuration(options_.window, to->mutable_window());
  to->set_server_name(question.tls_name);
  if (question.ip_ttl) to->set_query_ip_ttl(*question.ip_ttl);
}

void Recorder::OnSent(capture::Token token, const capture::Sent& sent) {
  const auto found = open_.find(token);
  if (found == open_.end()) return;
  auto& measurement = found->second.kept.measurement;
  found->second.sent = true;
  measurement.set_query(sent.query.data(), sent.query.size());
  if (sent.source_port != 0) measurement.set_source_port(sent.source_port);
  SetTime(sent.time, measurement.mutable_query_time());
}

void Recorder::OnArrived(capture::Token token,
                         const capture::Arrived& arrived) {
  const auto found = open_.find(token);
  if (found == open_.end()) return;
  Kept& kept = found->second.kept;
  if (arrived.source.port == 0) {
    // Not an endpoint that the protocol can name.
    kept.measurement.set_uncounted_responses(
        kept.measurement.uncounted_responses() + 1);
    return;
  }
  const int index = kept.measurement.responses_size();
  auto* response = kept.measurement.add_responses();
  SetResponse(arrived, response);
  for (const Masked& masked :
       Mask(response->mutable_message(), options_.own_addresses)) {
    auto* redaction = kept.measurement.add_redactions();
    redaction->set_response(static_cast<std::uint32_t>(index));
    redaction->set_offset(masked.offset);
    redaction->set_length(masked.length);
    redaction->set_reason(masked.reason);
    ++counts_.masked;
  }
  kept.matches.push_back(arrived.matches);
}

void Recorder::OnIcmp(capture::Token token, const capture::IcmpArrived& icmp) {
  const auto found = open_.find(token);
  if (found == open_.end()) return;
  // This host's own kernel says what the outcome says too; its address is
  // nobody's business.
  const auto& own = options_.own_addresses;
  if (std::ranges::find(own, icmp.offender) != own.end()) return;
  auto& measurement = found->second.kept.measurement;
  if (measurement.icmp_errors_size() >= kMaxIcmp) return;
  SetIcmp(icmp, measurement.add_icmp_errors());
}

void Recorder::OnStream(capture::Token token,
                        const capture::StreamFacts& facts) {
  const auto found = open_.find(token);
  if (found == open_.end()) return;
  auto* stream = found->second.kept.measurement.mutable_stream();
  SetStream(facts, stream);
  // A host that tells its client's address back tells whose it is.
  for (const auto& own : options_.own_addresses) {
    if (stream->redirect_host().find(own.ToString()) == std::string::npos) {
      continue;
    }
    stream->clear_redirect_host();
    ++counts_.masked;
  }
}

// A query that this host could not send has no bytes that were sent; the
// measurement says which question it was.
void Recorder::DescribeUnsent(Open* open) {
  auto& measurement = open->kept.measurement;
  const auto pattern = dns::QueryTemplate::Build(open->question.shape);
  if (!pattern.ok()) return;
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> query{};
  const auto size = pattern->Write(0, open->question.qname.wire(), query);
  measurement.set_query(query.data(), size);
}

void Recorder::OnClosed(capture::Token token, capture::Outcome outcome,
                        std::uint32_t uncounted) {
  const auto found = open_.find(token);
  if (found == open_.end()) return;
  Open open = std::move(found->second);
  open_.erase(found);
  OpenSet& set = sets_[open.question.set];
  --set.open;
  if (!open.sent && outcome == capture::Outcome::kCancelled) {
    ++counts_.never_sent;
  } else {
    if (!open.sent) DescribeUnsent(&open);
    PutInOrderOfArrival(&open.kept);
    auto& measurement = open.kept.measurement;
    measurement.set_outcome(static_cast<v1::Outcome>(outcome));
    measurement.set_uncounted_responses(measurement.uncounted_responses() +
                                        uncounted);
    counts_.answered += outcome == capture::Outcome::kResponse ? 1 : 0;
    set.closed.emplace(open.place, std::move(open.kept));
  }
  FinishIfComplete(open.question.set);
}

void Recorder::FinishIfComplete(std::uint32_t number) {
  const auto found = sets_.find(number);
  if (found == sets_.end() || !found->second.ended || found->second.open > 0) {
    return;
  }
  std::vector<Kept> set;
  for (auto& [place, kept] : found->second.closed) {
    set.push_back(std::move(kept));
  }
  sets_.erase(found);
  if (set.empty()) return;
  const Trimmed trimmed = FitSet(kMaxSetBytes, &set);
  counts_.trimmed += trimmed.certificates + trimmed.cut + trimmed.dropped;
  if (!builder_.Fits(set)) CloseBatch();
  builder_.Add(number, std::move(set), std::chrono::steady_clock::now());
}

void Recorder::CloseBatch() {
  if (builder_.empty()) return;
  closed_.push_back(builder_.Close(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())));
  counts_.unrecorded += closed_.back().measurements;
}

absl::Status Recorder::RecordClosed() {
  while (!closed_.empty()) {
    auto status = spool_->Record(closed_.front());
    if (!status.ok()) return status;
    counts_.recorded += closed_.front().measurements;
    counts_.unrecorded -= closed_.front().measurements;
    closed_.pop_front();
  }
  return absl::OkStatus();
}

absl::Status Recorder::Tick(std::chrono::steady_clock::time_point now) {
  if (!builder_.empty() && now - builder_.since() >= options_.batch_age) {
    CloseBatch();
  }
  return RecordClosed();
}

absl::Status Recorder::Flush() {
  std::vector<std::uint32_t> unfinished;
  for (const auto& [number, set] : sets_) unfinished.push_back(number);
  for (const auto number : unfinished) EndSet(number);
  CloseBatch();
  return RecordClosed();
}

}  // namespace taster::record
