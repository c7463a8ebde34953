// SPDX-License-Identifier: Apache-2.0
// The open names and their end; controls are in sweep_controls.cc.
#include "probe/cli/sweep_witness.h"

#include <algorithm>
#include <array>

#include "proto/dns/constants.h"

namespace taster::cli {
namespace {

using std::chrono::microseconds;

std::uint32_t Low32(std::chrono::sys_time<microseconds> time) {
  return static_cast<std::uint32_t>(time.time_since_epoch().count());
}

// When it was less than 71 minutes ago.
std::chrono::sys_time<microseconds> TimeOf(std::uint32_t low) {
  const auto now =
      std::chrono::floor<microseconds>(std::chrono::system_clock::now());
  return now - microseconds(Low32(now) - low);
}

bool IsIcmp(capture::Outcome outcome) {
  return outcome == capture::Outcome::kPortUnreachable ||
         outcome == capture::Outcome::kHostUnreachable ||
         outcome == capture::Outcome::kNetworkUnreachable ||
         outcome == capture::Outcome::kProhibited ||
         outcome == capture::Outcome::kTtlExceeded;
}

}  // namespace

SweepWitness::SweepWitness(const SweepQuestions& what,
                           const SweepCounts& counts,
                           record::Recorder* recorder)
    : what_(what),
      template_(dns::QueryTemplate::Build(what.shape).value()),
      recorder_(recorder),
      counts_(counts) {}

capture::Token SweepWitness::ExpectName(const dns::Name& name) {
  const auto place = front_ + entries_.size();
  for (std::size_t i = 0; i < what_.canaries.size(); ++i) {
    OpenName& entry = entries_.emplace_back();
    entry.name_at = names_.Add(name.wire());
    entry.name_size = static_cast<std::uint8_t>(name.wire().size());
  }
  return static_cast<capture::Token>(place & kPlaces);
}

void SweepWitness::NoteBad(plan::BadName why) {
  OpenName entry;
  entry.bad = 1;
  entry.id = static_cast<std::uint16_t>(why);
  entries_.insert(entries_.end(), what_.canaries.size(), entry);
  Retire();
}

void SweepWitness::OnSent(capture::Token token, const capture::Sent& sent) {
  if ((token & kControlBit) != 0) {
    const auto control = controls_.find(token);
    if (control != controls_.end() && control->second.beside) {
      recorder_->OnSent(control->second.token, sent);
    }
    return;
  }
  unsent_streak_ = 0;
  const auto place = PlaceOf(token);
  OpenName& entry = At(place);
  // In the letter case in which it was sent.
  std::ranges::copy(sent.query.subspan(dns::kHeaderBytes, entry.name_size),
                    NameOf(entry).begin());
  entry.sent_us = Low32(sent.time);
  entry.id = static_cast<std::uint16_t>(sent.query[0] << 8 | sent.query[1]);
  entry.source_port = sent.source_port;
  entry.sent = 1;
  if (!entry.promoted) return;
  const auto& promoted = promoted_.at(place / what_.canaries.size());
  recorder_->OnSent(promoted.tokens[place % what_.canaries.size()], sent);
}

void SweepWitness::TellSent(const OpenName& entry, capture::Token token) {
  std::array<std::uint8_t, dns::QueryTemplate::kMaxQueryBytes> query;
  const auto size = template_.Write(entry.id, NameOf(entry), query);
  recorder_->OnSent(token, {.query = std::span(query).first(size),
                            .source_port = entry.source_port,
                            .time = TimeOf(entry.sent_us)});
}

void SweepWitness::RecordAsked(Group group, Promoted* promoted) {
  const auto first = group * what_.canaries.size();
  const dns::Name qname =
      dns::Name::FromWire(NameOf(At(first))).value_or(dns::Name()).Lower();
  for (std::size_t i = 0; i < what_.canaries.size(); ++i) {
    OpenName& entry = At(first + i);
    capture::Question question;
    question.set = promoted->set;
    question.qname = qname;
    question.shape = what_.shape;
    question.server = what_.canaries[i];
    question.server_kind = capture::ServerKind::kCanary;
    const auto token = recorder_->Expect(question);
    promoted->tokens.push_back(token);
    entry.promoted = 1;
    if (entry.sent) TellSent(entry, token);
    if (entry.outcome == 0) {
      ++promoted->open;
    } else {
      recorder_->OnClosed(token, static_cast<capture::Outcome>(entry.outcome),
                          0);
    }
  }
}

SweepWitness::Promoted& SweepWitness::Promote(Group group) {
  const auto [found, is_new] = promoted_.try_emplace(group);
  Promoted& promoted = found->second;
  if (!is_new) return promoted;
  promoted.set = next_set_++;
  RecordAsked(group, &promoted);
  for (std::size_t i = 0; i < what_.canaries.size(); ++i) {
    due_.push_back({.beside = group, .canary = i});
    ++promoted.controls;
  }
  return promoted;
}

void SweepWitness::OnArrived(capture::Token token,
                             const capture::Arrived& arrived) {
  if ((token & kControlBit) != 0) {
    const auto control = controls_.find(token);
    if (control == controls_.end()) return;
    noisy_ = what_.canaries[control->second.canary];
    if (control->second.beside) {
      recorder_->OnArrived(control->second.token, arrived);
    }
    return;
  }
  const auto place = PlaceOf(token);
  Promoted& promoted = Promote(place / what_.canaries.size());
  ++promoted.replies;
  recorder_->OnArrived(promoted.tokens[place % what_.canaries.size()], arrived);
}

void SweepWitness::OnIcmp(capture::Token token,
                          const capture::IcmpArrived& icmp) {
  // Of a name that drew nothing else it is a count, by the outcome.
  if ((token & kControlBit) != 0) return;
  const auto place = PlaceOf(token);
  if (!At(place).promoted) return;
  const auto& promoted = promoted_.at(place / what_.canaries.size());
  recorder_->OnIcmp(promoted.tokens[place % what_.canaries.size()], icmp);
}

void SweepWitness::OnClosed(capture::Token token, capture::Outcome outcome,
                            std::uint32_t uncounted) {
  if ((token & kControlBit) != 0)
    return CloseControl(token, outcome, uncounted);
  const auto place = PlaceOf(token);
  OpenName& entry = At(place);
  entry.outcome = static_cast<std::uint8_t>(outcome) & 0x1f;
  if (!entry.sent && outcome != capture::Outcome::kCancelled) ++unsent_streak_;
  if (entry.promoted) {
    const auto group = place / what_.canaries.size();
    Promoted& promoted = promoted_.at(group);
    promoted.replies += uncounted;
    --promoted.open;
    recorder_->OnClosed(promoted.tokens[place % what_.canaries.size()], outcome,
                        uncounted);
    EndIfOver(group);
  }
  Retire();
}

void SweepWitness::EndIfOver(Group group) {
  const Promoted& promoted = promoted_.at(group);
  if (promoted.open > 0 || promoted.controls > 0) return;
  recorder_->EndSet(promoted.set);
  counts_.replies += promoted.replies;
  promoted_.erase(group);
  Retire();
}

// False when the first entry is not over.
bool SweepWitness::Count() {
  if (const OpenName& first = entries_.front(); first.bad) {
    ++counts_.malformed[first.id];
    return true;
  }
  bool sent = true;
  bool promoted = false;
  std::uint64_t icmp = 0;
  for (std::size_t i = 0; i < what_.canaries.size(); ++i) {
    const OpenName& entry = entries_[i];
    const auto outcome = static_cast<capture::Outcome>(entry.outcome);
    // What was cancelled is asked again when the sweep goes on.
    if (entry.outcome == 0 || outcome == capture::Outcome::kCancelled) {
      return false;
    }
    sent = sent && entry.sent;
    promoted = promoted || entry.promoted;
    icmp += entry.sent && IsIcmp(outcome) ? 1 : 0;
  }
  // Perhaps the network is gone: then these are not over.
  if (!sent && unsent_streak_ > 0) return false;
  if (promoted && promoted_.contains(front_ / what_.canaries.size())) {
    return false;
  }
  ++counts_.asked;
  counts_.answered += promoted ? 1 : 0;
  counts_.unsent += sent ? 0 : 1;
  counts_.icmp += icmp;
  return true;
}

void SweepWitness::Retire() {
  while (!entries_.empty() && Count()) {
    ++counts_.entries;
    for (std::size_t i = 0; i < what_.canaries.size(); ++i) {
      entries_.pop_front();
    }
    front_ += what_.canaries.size();
  }
  if (!entries_.empty() && !entries_.front().bad) {
    names_.DropBefore(entries_.front().name_at);
  }
}

}  // namespace taster::cli
