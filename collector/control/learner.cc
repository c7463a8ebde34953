// SPDX-License-Identifier: Apache-2.0
#include "collector/control/learner.h"

#include <algorithm>
#include <set>
#include <utility>

#include "collector/control/assemble.h"
#include "collector/learn/knowledge.h"
#include "collector/learn/pools.h"
#include "collector/reference/registrable_domain.h"
#include "collector/store/evidence_stream.h"

namespace taster::control {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// A batch is visible only once it is committed, so late ones are read twice.
constexpr std::chrono::minutes kOverlap{5};

void Enter(const store::StoredSet& set, SightingsByNetwork* sightings) {
  learn::Sightings& seen = (*sightings)[set.network];
  const sys_days day = DayOf(set);
  for (const store::MeasurementRow& row : set.measurements) {
    if (row.asked.role != judge::QuestionRole::kTarget) continue;
    if (!row.messages.empty()) seen.Add(Redissect(row), day);
  }
}

using HeldControls =
    absl::flat_hash_map<std::string, std::shared_ptr<const judge::Control>>;

// True iff a reply may be judged otherwise in the light of `context`.
bool Tells(const judge::NameContext& context) {
  return context.drawn.size() >= 3;
}

// When a pool was first learned does not change with what is learned of it.
void KeepTimes(const store::LearnedRows& stored, store::LearnedRows* rows) {
  for (store::LearnedPoolRow& pool : rows->pools) {
    const auto before = std::ranges::find(stored.pools, pool.pool,
                                          &store::LearnedPoolRow::pool);
    if (before != stored.pools.end()) pool.learned_time = before->learned_time;
  }
}

// True iff they make the same reference; victims are not in it.
bool SaySame(const store::LearnedRows& left, const store::LearnedRows& right) {
  return left.pools == right.pools && left.addresses == right.addresses &&
         left.shared == right.shared;
}

const judge::NameContext* FindContext(const NameContexts& contexts,
                                      const judge::Network& network,
                                      const std::string& name) {
  const auto names = contexts.find(network);
  if (names == contexts.end()) return nullptr;
  const auto at = names->second.find(name);
  return at == names->second.end() ? nullptr : at->second.get();
}

absl::Status Stopped() { return absl::CancelledError("told to stop learning"); }

}  // namespace

Learner::Learner(LearnerOptions options, const ControlBook* book,
                 const reference::Networks* networks,
                 std::shared_ptr<const judge::Reference> base)
    : options_(std::move(options)),
      book_(book),
      networks_(networks),
      base_(std::move(base)) {}

absl::Status Learner::Read(const Span& span, Lesson* lesson) {
  const auto held = store::EvidenceDays(options_.connection, span.since,
                                        span.until, span.received_since);
  if (!held.ok()) return held.status();
  for (const sys_days day : *held) {
    if (stopping_) return Stopped();
    const absl::Status status =
        store::StreamEvidence(options_.connection,
                              {.day = day,
                               .qname = span.qname,
                               .received_since = span.received_since},
                              [&](store::EvidenceSet&& set) -> absl::Status {
                                if (stopping_) return Stopped();
                                Enter(set.stored, &sightings_);
                                ++lesson->new_sets;
                                return absl::OkStatus();
                              });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Learner::ReadOnly(const Span& span, Lesson* lesson) {
  sightings_.clear();
  read_to_.reset();
  window_since_.reset();
  return Read(span, lesson);
}

absl::Status Learner::ReadNews(store::Time now, Lesson* lesson) {
  const auto today = std::chrono::floor<days>(now);
  const sys_days since = today - options_.window;
  if (window_since_ != since) {
    // What has left the window leaves the memory.
    sightings_.clear();
    read_to_.reset();
    window_since_ = since;
  }
  const auto from = read_to_ ? std::optional(*read_to_ - kOverlap)
                             : std::optional<store::Time>();
  // Probes' clocks may be ahead.
  absl::Status status =
      Read({.since = since, .until = today + days(2), .received_since = from},
           lesson);
  if (status.ok()) read_to_ = now;
  return status;
}

// Snapshots are held as long as the truth: the book may grow meanwhile.
learn::Truth Learner::TruthNow() const {
  auto held = std::make_shared<HeldControls>();
  return {.control = [book = book_,
                      held](const std::string& qname) -> const judge::Control* {
            const auto [at, is_new] = held->try_emplace(qname);
            if (is_new) at->second = book->FindName(qname);
            return at->second.get();
          },
          .returned_for =
              [book = book_](const net::IpAddress& address) {
                return book->ReturnedFor(address);
              },
          .registrable = reference::RegistrableDomainOf,
          .origin_as = &base_->origin_as};
}

std::vector<LearnedIn> Learner::LearnAll(const learn::Truth& truth) const {
  std::vector<LearnedIn> learned;
  for (const auto& [network, seen] : sightings_) {
    learned.push_back({network, learn::LearnPools(seen, truth)});
  }
  return learned;
}

std::shared_ptr<const NameContexts> Learner::ContextsFor(
    const learn::Truth& truth, const judge::Reference& reference) const {
  auto all = std::make_shared<NameContexts>();
  for (const auto& [network, seen] : sightings_) {
    auto contexts = learn::NameContexts(network, seen, truth, reference);
    if (!contexts.empty()) all->emplace(network, std::move(contexts));
  }
  return all;
}

void Learner::Conclude(const store::LearnedRows& stored, sys_days since,
                       store::Time now, Lesson* lesson) const {
  const learn::Truth truth = TruthNow();
  std::vector<LearnedIn> learned = LearnAll(truth);
  DropRevoked(stored, &learned);
  lesson->rows = RowsOf(learned, now);
  const auto today = std::chrono::floor<days>(now);
  Remember(stored, since, today, &lesson->rows);
  KeepTimes(stored, &lesson->rows);
  // A reference is large: one that says the same is used again.
  if (last_.reference && last_rows_ && SaySame(*last_rows_, lesson->rows)) {
    lesson->knowledge.reference = last_.reference;
  } else {
    auto reference = std::make_shared<judge::Reference>(*base_);
    AddLearned(lesson->rows, reference.get());
    lesson->knowledge.reference = std::move(reference);
  }
  lesson->knowledge.contexts = ContextsFor(truth, *lesson->knowledge.reference);
  lesson->rows.victims =
      FindVictims(sightings_, *book_, *lesson->knowledge.reference, *networks_);
  RememberVictims(stored, since, today, &lesson->rows);
}

std::vector<std::string> Learner::FindDue(const store::LearnedRows& before,
                                          const Lesson& lesson) const {
  std::set<std::string> due;
  std::set<std::pair<std::string, net::IpAddress>> changed;
  for (const Change& change : FindChanges(before, lesson.rows)) {
    due.insert(change.names.begin(), change.names.end());
    changed.emplace(change.network.country, change.address);
  }
  const NameContexts& contexts = *lesson.knowledge.contexts;
  for (const auto& [network, seen] : sightings_) {
    if (!changed.empty()) {
      for (const learn::Sighting& sighting : seen.all()) {
        if (changed.contains(
                {network.country, seen.addresses()[sighting.address]})) {
          due.insert(seen.names()[sighting.name]);
        }
      }
    }
    for (const std::string& name : seen.names()) {
      const auto* now = FindContext(contexts, network, name);
      const auto* then = last_.contexts
                             ? FindContext(*last_.contexts, network, name)
                             : nullptr;
      const bool tells =
          (now != nullptr && Tells(*now)) || (then != nullptr && Tells(*then));
      const bool same = now == nullptr
                            ? then == nullptr
                            : then != nullptr && now->drawn == then->drawn;
      if (tells && !same) due.insert(name);
    }
  }
  return {due.begin(), due.end()};
}

absl::StatusOr<Lesson> Learner::Learn(store::Time now) {
  Lesson lesson;
  if (absl::Status read = ReadNews(now, &lesson); !read.ok()) return read;
  const auto stored = store::LoadLearned(options_.connection);
  if (!stored.ok()) return stored.status();
  Conclude(*stored, *window_since_, now, &lesson);
  if (!last_rows_ || *last_rows_ != lesson.rows) {
    const absl::Status kept =
        store::ReplaceLearned(options_.connection, lesson.rows);
    if (!kept.ok()) return kept;
  }
  lesson.due = FindDue(last_rows_ ? *last_rows_ : *stored, lesson);
  // An earlier process has seen to what came before today.
  const bool first = !last_.contexts;
  const bool changed =
      !FindChanges(last_rows_ ? *last_rows_ : *stored, lesson.rows).empty();
  lesson.due_since =
      first && !changed ? std::chrono::floor<days>(now) : *window_since_;
  last_ = lesson.knowledge;
  last_rows_ = lesson.rows;
  return lesson;
}

absl::StatusOr<Lesson> Learner::Try(sys_days since, sys_days until,
                                    store::Time now) {
  Lesson lesson;
  absl::Status read = ReadOnly({.since = since, .until = until}, &lesson);
  if (!read.ok()) return read;
  const auto stored = store::LoadLearned(options_.connection);
  if (!stored.ok()) return stored.status();
  Conclude(*stored, since, now, &lesson);
  return lesson;
}

absl::StatusOr<Knowledge> Learner::Recall(const std::string& qname,
                                          sys_days since, sys_days until) {
  Lesson lesson;
  absl::Status read =
      ReadOnly({.since = since, .until = until, .qname = qname}, &lesson);
  if (!read.ok()) return read;
  const auto stored = store::LoadLearned(options_.connection);
  if (!stored.ok()) return stored.status();
  auto reference = std::make_shared<judge::Reference>(*base_);
  AddLearned(*stored, reference.get());
  Knowledge knowledge{.reference = std::move(reference), .contexts = nullptr};
  knowledge.contexts = ContextsFor(TruthNow(), *knowledge.reference);
  return knowledge;
}

}  // namespace taster::control
