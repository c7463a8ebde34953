// SPDX-License-Identifier: Apache-2.0
// Everything that happens to a submitted batch before it is stored: checked,
// admitted, dissected, judged. No network, no database, no clock.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "collector/control/awaited_sets.h"
#include "collector/control/control_answer.h"
#include "collector/control/control_book.h"
#include "collector/control/knowledge.h"
#include "collector/control/wishes.h"
#include "collector/control/witnessed_link.h"
#include "collector/ingest/vantage.h"
#include "collector/store/judged_batch.h"
#include "proto/net/ip_address.h"
#include "taster/v1/collection.pb.h"

namespace taster::ingest {

constexpr std::size_t kMaxPayloadBytes = 256 * 1024;
constexpr int kMaxMeasurements = 512;
constexpr std::chrono::days kMaxAge{90};
constexpr std::chrono::days kMaxAhead{2};

// What is looked at while receiving; all of it outlives the call.
struct Bench {
  const control::KnowledgeShelf& shelf;
  const control::ControlBook& book;
};

// What the rest of the collector learns once a batch is committed.
struct News {
  // Of a control probe: what its answers can be proved by.
  std::vector<control::WitnessedLink> links;
  std::int64_t vantage_id = 0;
  // Of a control probe: what it teaches, and which names it has asked for.
  std::vector<store::ControlRow> control;
  std::vector<control::ControlSaw> seen;
  std::vector<control::ControlAnswer> answers;
  // Of a probe: what stays open, and for which names control is wished for.
  control::AwaitedSets awaited;
  control::Wishes wishes;
};

// A batch that is ready to be stored, with the receipt that becomes true when
// it is (status and time are filled in then), and the news.
struct Ready {
  store::JudgedBatch batch;
  v1::Receipt receipt;
  News news;
};

// Not a submission at all (status); or one that can never be accepted (signed
// refusal, so that the probe keeps it aside); or ready.
using Received = std::variant<absl::Status, v1::Receipt, Ready>;

// `now` is the collector's time. `peer` as in AdmitMeasurements.
Received Receive(const v1::SubmitBatchRequest& request, const Vantage& vantage,
                 store::Time now, const std::optional<net::IpAddress>& peer,
                 const Bench& bench);

}  // namespace taster::ingest
