// SPDX-License-Identifier: Apache-2.0
#include "collector/control/rejudger.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "collector/control/assemble.h"
#include "collector/judge/verdict.h"
#include "collector/store/batch_rows.h"

namespace taster::control {
namespace {

using std::chrono::milliseconds;

// Sets whose evidence is held in memory at once, and replaced in one
// transaction.
constexpr std::size_t kChunk = 200;
// Names of open sets that are looked through at once at start.
constexpr std::size_t kSweepPage = 20'000;
// Names in one query.
constexpr std::size_t kNamesAtOnce = 500;

constexpr milliseconds kFirstBackoff{100};
constexpr milliseconds kLastBackoff{5000};

}  // namespace

Rejudger::Rejudger(RejudgerOptions options, const ControlBook* book,
                   const KnowledgeShelf* shelf)
    : options_(std::move(options)),
      book_(book),
      shelf_(shelf),
      verdicts_(options_.connection, options_.ruleset),
      queue_(book),
      thread_([this] { Run(); }) {}

Rejudger::~Rejudger() {
  queue_.Close();
  thread_.join();
}

bool Rejudger::AwaitIdle(milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!swept_ && std::chrono::steady_clock::now() < end) {
    if (!queue_.Pause(milliseconds(10))) return false;
  }
  const auto left = end - std::chrono::steady_clock::now();
  return queue_.AwaitEmpty(std::chrono::duration_cast<milliseconds>(left)) &&
         swept_;
}

bool Rejudger::Persist(const std::function<absl::Status()>& work) {
  for (milliseconds backoff = kFirstBackoff; !queue_.is_closed();
       backoff = std::min(backoff * 2, kLastBackoff)) {
    const absl::Status status = work();
    if (status.ok()) return true;
    if (options_.on_error) options_.on_error(status);
    if (!queue_.Pause(backoff)) return false;
  }
  return false;
}

void Rejudger::Run() {
  if (!Persist([this] { return Sweep(); })) return;
  swept_ = true;
  while (true) {
    const std::vector<std::string> qnames = queue_.Take(options_.settle);
    if (qnames.empty()) return;
    if (!Persist([&] { return RejudgeNames(qnames); })) return;
    queue_.Done();
  }
}

absl::Status Rejudger::Sweep() {
  while (!queue_.is_closed()) {
    auto page = store::FindOpenSets(options_.connection,
                                    {.after = swept_to_, .limit = kSweepPage});
    if (!page.ok()) return page.status();
    const bool is_last = page->size() < kSweepPage;
    while (!page->empty() && !queue_.is_closed()) {
      // From the front, so that after an error the rest is still to be done.
      std::vector<store::OpenSet> chunk;
      const std::size_t size = std::min(kChunk, page->size());
      std::copy_if(page->begin(), page->begin() + static_cast<long>(size),
                   std::back_inserter(chunk),
                   [this](const auto& set) { return book_->Knows(set.qname); });
      const auto sets = store::LoadSets(options_.connection, chunk);
      if (!sets.ok()) return sets.status();
      absl::Status status = RejudgeSets(*sets);
      if (!status.ok()) return status;
      swept_to_ = (*page)[size - 1].key;
      page->erase(page->begin(), page->begin() + static_cast<long>(size));
    }
    if (is_last) break;
  }
  return absl::OkStatus();
}

void Rejudger::Relearned(const std::vector<std::string>& targets,
                         std::chrono::sys_days closed_since) {
  {
    const std::lock_guard lock(relearned_mutex_);
    for (const std::string& target : targets) {
      const auto [at, is_new] = relearned_.emplace(target, closed_since);
      if (!is_new) at->second = std::min(at->second, closed_since);
    }
  }
  queue_.AddNames(targets);
}

absl::Status Rejudger::RejudgeNames(const std::vector<std::string>& qnames) {
  for (std::size_t at = 0; at < qnames.size(); at += kNamesAtOnce) {
    const auto begin = qnames.begin() + static_cast<long>(at);
    const auto end =
        begin + static_cast<long>(std::min(kNamesAtOnce, qnames.size() - at));
    const std::vector<std::string> names(begin, end);
    absl::Status status = RejudgeRelearned(names);
    if (!status.ok()) return status;
    status = RejudgePages({.qnames = names, .limit = kChunk});
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Rejudger::RejudgeRelearned(
    const std::vector<std::string>& qnames) {
  std::vector<std::string> names;
  auto since = std::chrono::sys_days::max();
  {
    const std::lock_guard lock(relearned_mutex_);
    for (const std::string& qname : qnames) {
      const auto at = relearned_.find(qname);
      if (at == relearned_.end()) continue;
      names.push_back(qname);
      since = std::min(since, at->second);
    }
    // Taken before judging: what comes meanwhile is due again.
    for (const std::string& name : names) relearned_.erase(name);
  }
  if (names.empty()) return absl::OkStatus();
  absl::Status status =
      RejudgePages({.qnames = names, .limit = kChunk, .closed_since = since});
  if (!status.ok()) Relearned(names, since);
  return status;
}

absl::Status Rejudger::RejudgePages(store::OpenSetQuery query) {
  while (!queue_.is_closed()) {
    const auto sets = store::LoadOpenSets(options_.connection, query);
    if (!sets.ok()) return sets.status();
    absl::Status status = RejudgeSets(*sets);
    if (!status.ok()) return status;
    if (sets->size() < kChunk) break;
    query.after = sets->back().key;
  }
  return absl::OkStatus();
}

absl::Status Rejudger::RejudgeSets(const std::vector<store::StoredSet>& sets) {
  const Knowledge knowledge = shelf_->Take();
  const Background background{.book = *book_,
                              .reference = *knowledge.reference,
                              .contexts = knowledge.contexts.get()};
  std::vector<store::Rejudged> judged;
  AwaitedSets open{.generation = book_->generation(), .sets = {}};
  for (const store::StoredSet& set : sets) {
    // Evidence older than its retention is gone; its verdict stays.
    if (set.measurements.empty()) continue;
    const judge::Case assembled = Assemble(set, background);
    judged.push_back({.key = set.key,
                      .row = {.set = set.key.set,
                              .qname = set.qname,
                              .verdict = judge::Judge(assembled)}});
    judged.back().is_open = store::IsOpen(judged.back().row.verdict,
                                          store::ByOrdinal(assembled.asked));
    if (!judged.back().is_open) continue;
    open.sets.push_back({.target = set.qname, .names = {}});
    for (const judge::Asked& asked : assembled.asked) {
      open.sets.back().names.push_back(asked.qname.ToText());
    }
  }
  absl::Status status = Replace(judged);
  if (status.ok()) queue_.AddStored(open);
  return status;
}

absl::Status Rejudger::Replace(const std::vector<store::Rejudged>& judged) {
  const absl::Status status = verdicts_.Replace(judged, options_.now());
  if (status.ok()) {
    rejudged_ += judged.size();
    return status;
  }
  if (!absl::IsInvalidArgument(status)) return status;
  if (options_.on_error) options_.on_error(status);
  if (judged.size() == 1) {
    // The same again would fail again, and hold up everyone behind it.
    ++refused_;
    return absl::OkStatus();
  }
  for (const store::Rejudged& one : judged) {
    if (absl::Status alone = Replace({one}); !alone.ok()) return alone;
  }
  return absl::OkStatus();
}

}  // namespace taster::control
