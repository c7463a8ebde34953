// SPDX-License-Identifier: Apache-2.0
// `taster-collector rejudge`: stored evidence, judged by today's rules.

#include <chrono>
#include <cstdio>
#include <string>

#include "collector/cli/clock.h"
#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/judging.h"
#include "collector/cli/review_text.h"
#include "collector/control/learner.h"
#include "collector/control/review.h"
#include "collector/reference/day.h"
#include "collector/store/evidence_stream.h"
#include "proto/dns/name.h"

namespace taster::cli {
namespace {

using std::chrono::sys_days;

// Fills in the first and the last day that have evidence.
absl::Status SetDays(const RejudgeOptions& options,
                     control::ReviewOptions* review) {
  // What probes' ids can hold at all.
  constexpr sys_days kFirst = std::chrono::year(2000) / 1 / 1;
  constexpr sys_days kLast = std::chrono::year(2199) / 1 / 1;
  const auto since = reference::ParseDay(options.since);
  const auto until = reference::ParseDay(options.until);
  if (!options.since.empty() && !since) {
    return absl::InvalidArgumentError("--since: not a day");
  }
  if (!options.until.empty() && !until) {
    return absl::InvalidArgumentError("--until: not a day");
  }
  const auto days = store::EvidenceDays(
      review->connection, since.value_or(kFirst), until.value_or(kLast), {});
  if (!days.ok()) return days.status();
  if (since && until && *until < *since) {
    return absl::InvalidArgumentError("--until lies before --since");
  }
  if (days->empty()) return absl::NotFoundError("no evidence of these days");
  review->since = days->front();
  review->until = days->back();
  return absl::OkStatus();
}

absl::StatusOr<control::Knowledge> Know(const control::ReviewOptions& review,
                                        const Judging& judging) {
  control::Learner learner({.connection = review.connection},
                           judging.book.get(), &judging.networks, judging.base);
  if (!review.qname.empty()) {
    return learner.Recall(review.qname, review.since, review.until);
  }
  auto lesson = learner.Try(review.since, review.until, Now());
  if (!lesson.ok()) return lesson.status();
  return lesson->knowledge;
}

void Tell(const control::Review& review, sys_days day) {
  std::fprintf(stderr, "rejudge: %s, %llu sets, %llu changed\n",
               reference::DayText(day).c_str(),
               static_cast<unsigned long long>(review.sets),
               static_cast<unsigned long long>(review.changed_sets));
}

absl::StatusOr<control::Review> Run(const std::string& connection,
                                    const RejudgeOptions& options) {
  control::ReviewOptions review{.connection = connection,
                                .dry_run = options.dry_run,
                                .now = Now,
                                .on_progress = Tell};
  if (!options.domain.empty()) {
    const auto name = dns::Name::Parse(options.domain);
    if (!name) return absl::InvalidArgumentError("--domain: not a domain name");
    review.qname = name->ToText();
  }
  if (absl::Status days = SetDays(options, &review); !days.ok()) return days;
  const auto judging = LoadJudging(connection, options.networks);
  if (!judging.ok()) return judging.status();
  review.ruleset =
      std::string(judge::RulesetVersion()) + "+" + judging->base->version;
  std::fputs("rejudge: reading what networks answered\n", stderr);
  const auto knowledge = Know(review, *judging);
  if (!knowledge.ok()) return knowledge.status();
  return control::ReviewEvidence(review, *judging->book, *knowledge);
}

}  // namespace

int Rejudge(const Settings& settings, const RejudgeOptions& options) {
  const auto connection = ConnectionFor(settings, "taster_judge");
  if (!connection.ok()) return Fail(connection.status());
  const auto review = Run(*connection, options);
  if (!review.ok()) return Fail(review.status());
  const std::string text = options.json ? ReviewJson(*review, options.dry_run)
                                        : ReviewTable(*review, options.dry_run);
  std::fputs(text.c_str(), stdout);
  return kOk;
}

}  // namespace taster::cli
