// SPDX-License-Identifier: Apache-2.0
#include "collector/control/prover.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "collector/control/dnssec/name_order.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"

namespace taster::control {
namespace {

using dnssec::Result;

// What came while a collector was busy elsewhere is bounded too.
constexpr std::size_t kMostIncoming = 20'000;
// Chains of one transaction.
constexpr std::size_t kChunk = 100;
constexpr std::size_t kMostProved = 1'000'000;
// Keys that were not stored are looked for again after that.
constexpr std::chrono::minutes kLookAgain{10};
constexpr std::size_t kMostLookedFor = 200'000;
// Of one name and type by one control, that are tried.
constexpr std::size_t kMostAnswers = 4;

bool IsProved(const store::ProofRow& row) {
  return static_cast<Result>(row.result) <= Result::kInsecure;
}

// Links without which the proof is the same are of no use to anybody.
dnssec::Chain Needed(dnssec::Chain chain, const dnssec::Proof& proof) {
  const Result result = proof.conclusion.result;
  if (result != Result::kSecure && result != Result::kInsecure) return chain;
  dnssec::Chain needed;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const bool used = proof.links[i].result != Result::kUnvalidated;
    if (i == 0 || used) needed.push_back(std::move(chain[i]));
  }
  return needed;
}

store::ProofRow RowOf(const WitnessedLink& answer, const dnssec::Chain& chain,
                      const dnssec::Proof& proof) {
  store::ProofRow row{
      .qname = answer.link.qname.ToText(),
      .qtype = answer.link.qtype,
      .vantage_id = answer.vantage_id,
      .measure_time = answer.time,
      .result = static_cast<std::uint8_t>(proof.conclusion.result),
      .reason = proof.conclusion.reason,
      .validity = std::nullopt,
      .links = {}};
  if (proof.conclusion.result <= Result::kInsecure) {
    row.validity = store::Validity{proof.valid_from, proof.valid_until};
  }
  for (const dnssec::Link& link : chain) {
    row.links.push_back({.qname = link.qname.ToText(),
                         .qtype = link.qtype,
                         .message = dnssec::WriteLink(link)});
  }
  return row;
}

}  // namespace

Prover::Prover(ProverEdges edges, std::chrono::milliseconds settle)
    : edges_(std::move(edges)),
      settle_(settle),
      key_givers_(edges_.key_givers),
      thread_([this] { Run(); }) {}

Prover::~Prover() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Prover::Take(std::vector<WitnessedLink> links) {
  if (links.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    const std::size_t room =
        kMostIncoming - std::min(kMostIncoming, incoming_.size());
    if (links.size() > room) {
      counts_.dropped += links.size() - room;
      links.resize(room);
    }
    std::ranges::move(links, std::back_inserter(incoming_));
  }
  changed_.notify_all();
}

bool Prover::AwaitIdle(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience,
                           [this] { return incoming_.empty() && !busy_; });
}

ProverCounts Prover::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

bool Prover::Sort() {
  std::vector<WitnessedLink> links;
  {
    std::unique_lock lock(mutex_);
    busy_ = false;
    changed_.notify_all();
    changed_.wait(lock, [this] { return closed_ || !incoming_.empty(); });
    busy_ = true;
    // An answer's keys come behind it.
    changed_.wait_for(lock, settle_, [this] { return closed_; });
    if (closed_) return false;
    links = std::exchange(incoming_, {});
  }
  std::set<std::string> zones;
  for (const WitnessedLink& link : links) {
    if (link.is_answer) continue;
    zones.insert(link.link.qname.ToText());
    key_givers_.insert(link.vantage_id);
    book_.Add(link);
  }
  for (WitnessedLink& link : links) {
    if (!link.is_answer || !key_givers_.contains(link.vantage_id)) continue;
    Await(std::move(link));
  }
  WakeWaiting(zones);
  return true;
}

bool Prover::IsProvedToday(const Target& target,
                           std::chrono::sys_days day) const {
  const auto proved = proved_.find(target);
  return proved != proved_.end() && proved->second >= day;
}

void Prover::Await(WitnessedLink answer) {
  const Target target(answer.vantage_id, answer.link.qname.ToText(),
                      answer.link.qtype);
  const auto day = std::chrono::floor<std::chrono::days>(answer.time);
  if (IsProvedToday(target, day)) return;
  const auto known = waiting_.find(target);
  if (known == waiting_.end() && waiting_.size() >= kMostWaiting) {
    const std::lock_guard lock(mutex_);
    ++counts_.dropped;
    return;
  }
  Waiting& waiting = waiting_[target];
  waiting.is_due = true;
  auto& answers = waiting.answers;
  if (answers.size() == kMostAnswers) answers.erase(answers.begin());
  answers.push_back(std::move(answer));
}

void Prover::WakeWaiting(const std::set<std::string>& zones) {
  if (zones.empty()) return;
  const auto is_awaited = [&](const dns::Name& name) {
    for (int labels = 0; labels <= dnssec::CountLabels(name); ++labels) {
      if (zones.contains(dnssec::Ancestor(name, labels).ToText())) return true;
    }
    return false;
  };
  for (auto& [target, waiting] : waiting_) {
    for (const WitnessedLink& answer : waiting.answers) {
      if (waiting.is_due) break;
      waiting.is_due = std::ranges::any_of(NamesIn(answer.link), is_awaited);
    }
  }
}

void Prover::LoadMissing() {
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_since_ > kLookAgain || looked_for_.size() > kMostLookedFor) {
    looked_for_.clear();
    looked_since_ = now;
  }
  std::vector<store::ProofLink> questions;
  for (const auto& [target, waiting] : waiting_) {
    if (!waiting.is_due) continue;
    for (const WitnessedLink& answer : waiting.answers) {
      for (const KeyQuestion& missing : book_.Missing(answer)) {
        store::ProofLink question{.qname = missing.qname.ToText(),
                                  .qtype = missing.qtype,
                                  .message = {}};
        if (!looked_for_
                 .insert(std::to_string(question.qtype) + " " + question.qname)
                 .second) {
          continue;
        }
        questions.push_back(std::move(question));
      }
    }
  }
  if (questions.empty()) return;
  const auto links = edges_.load(questions);
  if (!links.ok()) {
    looked_for_.clear();
    if (edges_.on_error) edges_.on_error(links.status());
    return;
  }
  for (const store::ProofLink& stored : *links) {
    const auto link = dnssec::ReadLink(net::BytesOf(stored.message));
    if (link) book_.AddStored(*link);
  }
}

store::ProofRow Prover::Prove(const WitnessedLink& answer, bool* is_missing) {
  *is_missing = !book_.Missing(answer).empty();
  dnssec::Chain chain = book_.ChainFor(answer);
  const auto time = std::chrono::floor<std::chrono::seconds>(answer.time);
  const dnssec::Proof proof = edges_.validate(chain, time);
  return RowOf(answer, Needed(std::move(chain), proof), proof);
}

store::ProofRow Prover::Prove(const Waiting& waiting, bool* is_missing) {
  store::ProofRow best;
  for (const WitnessedLink& answer : waiting.answers) {
    store::ProofRow row = Prove(answer, is_missing);
    if (best.links.empty() || row.result < best.result) best = std::move(row);
    if (IsProved(best)) break;
  }
  return best;
}

void Prover::Count(const store::ProofRow& row) {
  const std::lock_guard lock(mutex_);
  switch (static_cast<Result>(row.result)) {
    case Result::kSecure:
      ++counts_.secure;
      return;
    case Result::kInsecure:
      ++counts_.insecure;
      return;
    case Result::kBogus:
      ++counts_.bogus;
      return;
    case Result::kUnvalidated:
      break;
  }
  ++counts_.unvalidated;
}

std::vector<store::ProofRow> Prover::ProveDue() {
  std::vector<store::ProofRow> rows;
  for (auto at = waiting_.begin();
       at != waiting_.end() && rows.size() < kChunk;) {
    if (!at->second.is_due) {
      ++at;
      continue;
    }
    bool is_missing = false;
    rows.push_back(Prove(at->second, &is_missing));
    at->second.is_due = false;
    Count(rows.back());
    const bool is_proved = IsProved(rows.back());
    if (is_proved) {
      if (proved_.size() >= kMostProved) proved_.clear();
      proved_[at->first] =
          std::chrono::floor<std::chrono::days>(rows.back().measure_time);
    }
    at = is_proved || !is_missing ? waiting_.erase(at) : std::next(at);
  }
  return rows;
}

void Prover::Run() {
  while (Sort()) {
    LoadMissing();
    while (true) {
      const std::vector<store::ProofRow> rows = ProveDue();
      if (rows.empty()) break;
      const absl::Status status = edges_.put(rows);
      if (status.ok()) {
        edges_.on_stored(rows);
      } else {
        // The next batch that brings them tries again.
        for (const store::ProofRow& row : rows) {
          proved_.erase({row.vantage_id, row.qname, row.qtype});
        }
        if (edges_.on_error) edges_.on_error(status);
      }
      const std::lock_guard lock(mutex_);
      if (closed_) return;
    }
  }
}

}  // namespace taster::control
