// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/reception.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "collector/control/assemble.h"
#include "collector/ingest/admission.h"
#include "collector/ingest/field_checks.h"
#include "collector/ingest/tracing.h"
#include "collector/judge/verdict.h"
#include "proto/envelope/receipt.h"

namespace taster::ingest {
namespace {

// Text columns take valid UTF-8 without NUL; protobuf has checked the UTF-8.
std::string PrintableText(const std::string& text) {
  std::string printable = text.substr(0, 128);
  std::replace_if(
      printable.begin(), printable.end(),
      [](char c) { return c < ' ' || c > '~'; }, '?');
  return printable;
}

v1::RejectReason CheckDay(const envelope::BatchId& id, store::Time now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  if (id.day() < today - kMaxAge) return v1::REJECT_REASON_TOO_OLD;
  if (id.day() > today + kMaxAhead) return v1::REJECT_REASON_IN_FUTURE;
  return v1::REJECT_REASON_UNSPECIFIED;
}

v1::RejectReason ParseBatch(const v1::SubmitBatchRequest& request,
                            v1::Batch* batch) {
  if (request.plain().size() > kMaxPayloadBytes) {
    return v1::REJECT_REASON_SIZE;
  }
  if (!batch->ParseFromString(request.plain()) ||
      batch->batch_id() != request.batch_id()) {
    return v1::REJECT_REASON_MALFORMED;
  }
  const int count = batch->measurements_size();
  if (count == 0 || count > kMaxMeasurements) return v1::REJECT_REASON_SIZE;
  return v1::REJECT_REASON_UNSPECIFIED;
}

// The target's name: that of its first target question.
std::string TargetName(const judge::Case& set) {
  for (const judge::Asked& asked : set.asked) {
    if (asked.role == judge::QuestionRole::kTarget) {
      return asked.qname.ToText();
    }
  }
  return set.asked.front().qname.ToText();
}

// Fills the batch's sets and traces.
void JudgeSets(const judge::Network& network, const Bench& bench,
               store::JudgedBatch* batch) {
  const control::Knowledge knowledge = bench.shelf.Take();
  const control::Background background{.book = bench.book,
                                       .reference = *knowledge.reference,
                                       .contexts = knowledge.contexts.get()};
  std::map<std::uint32_t, std::vector<const store::MeasurementRow*>> sets;
  for (const store::MeasurementRow& row : batch->measurements) {
    sets[row.set].push_back(&row);
  }
  batch->sets.reserve(sets.size());
  for (const auto& [ordinal, members] : sets) {
    std::vector<judge::Asked> asked;
    asked.reserve(members.size());
    for (const store::MeasurementRow* row : members) {
      asked.push_back(row->asked);
    }
    const auto day =
        std::chrono::floor<std::chrono::days>(members.front()->query_time);
    const judge::Case set =
        control::Assemble(std::move(asked), background, {network, day});
    judge::SetVerdict verdict = judge::Judge(set);
    // A query that is made to expire says nothing of its name.
    if (IsTrace(members)) {
      auto traces = ReadTrace(members, set, verdict);
      std::move(traces.begin(), traces.end(),
                std::back_inserter(batch->traces));
      continue;
    }
    batch->sets.push_back({ordinal, TargetName(set), std::move(verdict)});
  }
}

v1::Receipt ReceiptFor(const v1::SubmitBatchRequest& request,
                       const envelope::Hash& payload_hash) {
  v1::Receipt receipt;
  receipt.set_vantage_key(request.vantage_key());
  receipt.set_batch_id(request.batch_id());
  receipt.set_payload_hash(payload_hash.data(), payload_hash.size());
  return receipt;
}

}  // namespace

Received Receive(const v1::SubmitBatchRequest& request, const Vantage& vantage,
                 store::Time now, const std::optional<net::IpAddress>& peer,
                 const Bench& bench) {
  const auto id = envelope::BatchId::FromBytes(BytesOf(request.batch_id()));
  if (!id.has_value()) {
    return absl::InvalidArgumentError("batch_id: not 16 bytes");
  }
  if (request.has_sealed()) {
    return absl::UnimplementedError(
        "payload.sealed: this collector opens plain payloads only");
  }
  if (!request.has_plain()) {
    return absl::InvalidArgumentError("payload: missing");
  }
  const envelope::Hash payload_hash = envelope::HashOf(request.plain());
  v1::Receipt receipt = ReceiptFor(request, payload_hash);

  v1::Batch batch;
  v1::RejectReason rejected = CheckDay(*id, now);
  if (rejected == v1::REJECT_REASON_UNSPECIFIED) {
    rejected = ParseBatch(request, &batch);
  }
  if (rejected != v1::REJECT_REASON_UNSPECIFIED) {
    receipt.set_status(v1::RECEIPT_STATUS_REJECTED);
    receipt.set_reason(rejected);
    return receipt;
  }

  Admitted admitted = AdmitMeasurements(batch, peer);
  for (v1::RefusedMeasurement& refused : admitted.refused) {
    *receipt.add_refused() = std::move(refused);
  }
  Ready ready;
  store::JudgedBatch& judged = ready.batch;
  judged.vantage_id = vantage.id;
  judged.batch_id = *id;
  judged.payload_hash = payload_hash;
  judged.receive_time = now;
  judged.refused_count = static_cast<std::uint16_t>(receipt.refused_size());
  judged.software = PrintableText(batch.software());
  judged.target_list = PrintableText(batch.target_list());
  judged.measurements = std::move(admitted.rows);
  if (vantage.role == Role::kControl) {
    for (const store::MeasurementRow& row : judged.measurements) {
      auto rows = control::ControlRows(row, vantage.id);
      std::move(rows.begin(), rows.end(), std::back_inserter(judged.control));
    }
    ready.news.control = judged.control;
    ready.news.links = control::FindLinks(judged);
    ready.news.seen = control::FindSeen(judged);
    ready.news.answers =
        control::FindAnswers(judged, *bench.shelf.Take().reference);
  } else {
    // Read before judging: what the book learns meanwhile is then not missed.
    const std::uint64_t generation = bench.book.generation();
    JudgeSets(vantage.network, bench, &judged);
    ready.news.awaited = control::FindAwaited(judged, generation);
    ready.news.wishes = control::FindWishes(judged, vantage.network.asn);
  }
  ready.news.vantage_id = vantage.id;
  ready.receipt = std::move(receipt);
  return ready;
}

}  // namespace taster::ingest
