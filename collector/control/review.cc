// SPDX-License-Identifier: Apache-2.0
#include "collector/control/review.h"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string_view>
#include <vector>

#include "collector/control/assemble.h"
#include "collector/store/batch_rows.h"
#include "collector/store/evidence_stream.h"
#include "collector/store/verdict_store.h"

namespace taster::control {
namespace {

// Sets whose verdicts are replaced in one transaction.
constexpr std::size_t kChunk = 200;
// Sets between two words about progress.
constexpr std::uint64_t kProgress = 20'000;

// As the store gives what fired before.
std::vector<store::FiredRules> FiredIn(const judge::SetVerdict& verdict) {
  std::vector<store::FiredRules> fired;
  std::vector<std::string_view> ids;
  for (const judge::MeasurementVerdict& measurement : verdict.measurements) {
    for (std::size_t i = 0; i < measurement.replies.size(); ++i) {
      ids.clear();
      for (const judge::Finding& finding : measurement.replies[i].fired) {
        ids.push_back(finding.rule->id);
      }
      if (ids.empty()) continue;
      std::ranges::sort(ids);
      store::FiredRules& rules = fired.emplace_back();
      rules.ordinal = measurement.ordinal;
      rules.reply = static_cast<std::uint32_t>(i + 1);
      for (const std::string_view id : ids) {
        if (!rules.rules.empty()) rules.rules += ' ';
        rules.rules += id;
      }
    }
  }
  return fired;
}

// Each rule with the place where it fired.
using Firings = std::set<std::string>;

Firings FiringsOf(const std::vector<store::FiredRules>& fired) {
  Firings firings;
  for (const store::FiredRules& rules : fired) {
    std::istringstream ids(rules.rules);
    std::string id;
    while (ids >> id) {
      firings.insert(id + ' ' + std::to_string(rules.ordinal) + ' ' +
                     std::to_string(rules.reply));
    }
  }
  return firings;
}

void InsertMissing(const Firings& from, const Firings& in,
                   std::set<std::string>* rules) {
  for (const std::string& firing : from) {
    if (!in.contains(firing)) rules->insert(firing.substr(0, firing.find(' ')));
  }
}

class Reviewer {
 public:
  Reviewer(const ReviewOptions& options, const ControlBook& book,
           const Knowledge& knowledge)
      : options_(options),
        background_{.book = book,
                    .reference = *knowledge.reference,
                    .contexts = knowledge.contexts.get()},
        verdicts_(options.connection, options.ruleset) {}

  absl::Status Day(std::chrono::sys_days day) {
    ++review_.days;
    absl::Status status = store::StreamEvidence(
        options_.connection,
        {.day = day, .qname = options_.qname, .with_fired = true},
        [&](store::EvidenceSet&& set) { return Set(set, day); });
    if (status.ok()) status = Replace();
    Tell(day);
    return status;
  }

  Review Finish() { return std::move(review_); }

 private:
  absl::Status Set(const store::EvidenceSet& set, std::chrono::sys_days day) {
    const judge::Case assembled = Assemble(set.stored, background_);
    judge::SetVerdict verdict = judge::Judge(assembled);
    ++review_.sets;
    review_.measurements += assembled.asked.size();
    if (review_.sets % kProgress == 0) Tell(day);
    const auto fired = FiredIn(verdict);
    if (verdict.verdict == set.verdict && verdict.mechanism == set.mechanism &&
        verdict.injector == set.injector && fired == set.fired) {
      return absl::OkStatus();
    }
    Enter(set, verdict, fired);
    const bool is_open =
        store::IsOpen(verdict, store::ByOrdinal(assembled.asked));
    changed_.push_back({.key = set.stored.key,
                        .row = {.set = set.stored.key.set,
                                .qname = set.stored.qname,
                                .verdict = std::move(verdict)},
                        .is_open = is_open});
    return changed_.size() < kChunk ? absl::OkStatus() : Replace();
  }

  void Enter(const store::EvidenceSet& set, const judge::SetVerdict& verdict,
             const std::vector<store::FiredRules>& fired) {
    ++review_.changed_sets;
    const ClassChange change{set.verdict, verdict.verdict};
    if (change.first != change.second) ++review_.classes[change];
    const auto [at, is_new] = review_.cells.try_emplace(
        ReviewedCell{DayOf(set.stored), set.stored.network, set.stored.qname});
    CellChange& cell = at->second;
    if (is_new) cell.witness = set.stored.key;
    ++cell.sets[change];
    const Firings before = FiringsOf(set.fired);
    const Firings now = FiringsOf(fired);
    InsertMissing(now, before, &cell.newly_fired);
    InsertMissing(before, now, &cell.fire_no_more);
  }

  absl::Status Replace() {
    absl::Status status;
    if (!options_.dry_run) {
      status = verdicts_.Replace(changed_, options_.now());
    }
    if (status.ok()) changed_.clear();
    return status;
  }

  void Tell(std::chrono::sys_days day) const {
    if (options_.on_progress) options_.on_progress(review_, day);
  }

  const ReviewOptions& options_;
  const Background background_;
  store::VerdictStore verdicts_;
  std::vector<store::Rejudged> changed_;
  Review review_;
};

}  // namespace

absl::StatusOr<Review> ReviewEvidence(const ReviewOptions& options,
                                      const ControlBook& book,
                                      const Knowledge& knowledge) {
  const auto days =
      store::EvidenceDays(options.connection, options.since, options.until, {});
  if (!days.ok()) return days.status();
  Reviewer reviewer(options, book, knowledge);
  for (const std::chrono::sys_days day : *days) {
    if (absl::Status status = reviewer.Day(day); !status.ok()) return status;
  }
  return reviewer.Finish();
}

}  // namespace taster::control
