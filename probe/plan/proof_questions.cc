// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/proof_questions.h"

#include <algorithm>
#include <optional>
#include <span>

#include "proto/dns/constants.h"

namespace taster::plan {
namespace {

using capture::Question;

// Whoever is asked, with everything but the question itself. nullopt: the plan
// asks no resolver.
std::optional<Question> FirstResolver(const PlanOptions& options) {
  Question question;
  question.role = capture::QuestionRole::kProof;
  question.transport = capture::Transport::kTcp;
  question.shape.checking_disabled = true;
  if (!options.resolvers.empty()) {
    question.server = options.resolvers.front();
    return question;
  }
  if (!options.streams.empty()) {
    const StreamServer& stream = options.streams.front();
    question.server = stream.server;
    question.transport = stream.transport;
    question.tls_name = stream.tls_name;
    question.http_path = stream.http_path;
    return question;
  }
  if (!options.ask_system || options.system.empty()) return std::nullopt;
  question.server = options.system.front();
  question.server_kind = capture::ServerKind::kSystem;
  return question;
}

// The root, then each name that is one label longer, up to `target`.
std::vector<dns::Name> ZonesAround(const dns::Name& target) {
  std::vector<dns::Name> zones;
  const auto wire = target.wire();
  for (std::size_t at = 0; at < wire.size(); at += wire[at] + 1u) {
    zones.push_back(*dns::Name::FromWire(wire.subspan(at)));
  }
  std::ranges::reverse(zones);
  if (zones.size() > kMaxProofLabels + 1) zones.resize(kMaxProofLabels + 1);
  return zones;
}

}  // namespace

void ProofLedger::Forget() {
  asked_.erase(order_.front().second);
  order_.pop_front();
}

bool ProofLedger::Take(const dns::Name& qname, std::uint16_t qtype,
                       Instant now) {
  while (!order_.empty() && now - order_.front().first >= rest_) Forget();
  std::string key = std::to_string(qtype) + " " + qname.ToText();
  if (!asked_.emplace(key, now).second) return false;
  order_.emplace_back(now, std::move(key));
  if (order_.size() > most_) Forget();
  return true;
}

std::size_t MostProofQuestions(const PlanOptions& options) {
  return options.proof ? 2 * kMaxProofLabels + 1 : 0;
}

std::vector<Question> ProofQuestions(const PlanOptions& options,
                                     const QuestionSet& set,
                                     ProofLedger* ledger, Instant now) {
  const auto target = std::ranges::find(
      set.questions, capture::QuestionRole::kTarget, &Question::role);
  if (!options.proof || target == set.questions.end()) return {};
  std::optional<Question> question = FirstResolver(options);
  if (!question) return {};
  question->set = set.index;
  std::vector<Question> questions;
  for (const dns::Name& zone : ZonesAround(target->qname)) {
    question->qname = zone;
    for (const auto type : {dns::kTypeDs, dns::kTypeDnskey}) {
      // Nothing is above the root.
      if (zone.is_root() && type == dns::kTypeDs) continue;
      if (!ledger->Take(zone, type, now)) continue;
      question->shape.qtype = type;
      questions.push_back(*question);
    }
  }
  return questions;
}

}  // namespace taster::plan
