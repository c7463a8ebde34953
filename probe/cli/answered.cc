// SPDX-License-Identifier: Apache-2.0
// Reads the replies as they pass.
#include "probe/cli/answered.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"

namespace taster::cli {
namespace {

using capture::QuestionRole;
using plan::AnsweredAddress;
using plan::Answerer;

// Kept of one name by one kind of answerer; a reply has up to 64.
constexpr std::ptrdiff_t kMostAddresses = 16;

Answerer AnswererOf(const capture::Question& question) {
  if (question.server_kind == capture::ServerKind::kCanary) {
    return Answerer::kCanary;
  }
  const bool encrypted = question.transport == capture::Transport::kTls ||
                         question.transport == capture::Transport::kHttps;
  return encrypted ? Answerer::kEncrypted : Answerer::kResolver;
}

void Keep(const AnsweredAddress& answered,
          std::vector<AnsweredAddress>* addresses) {
  const auto count = std::ranges::count(
      *addresses, answered.answerer,
      [](const AnsweredAddress& one) { return one.answerer; });
  const bool known =
      std::ranges::any_of(*addresses, [&](const AnsweredAddress& one) {
        return one.address == answered.address &&
               one.answerer == answered.answerer;
      });
  if (count < kMostAddresses && !known) addresses->push_back(answered);
}

// The addresses in the answer section of a message that may be hostile.
void ReadAddresses(std::span<const std::uint8_t> message, Answerer answerer,
                   std::vector<AnsweredAddress>* addresses) {
  dns::MessageReader reader(message);
  if (reader.defect() != dns::Defect::kNone) return;
  while (reader.NextQuestion()) {
  }
  while (const auto record = reader.NextRecord()) {
    if (record->section != dns::Section::kAnswer) return;
    const bool address =
        record->type == dns::kTypeA || record->type == dns::kTypeAaaa;
    if (!address || record->rclass != dns::kClassIn) continue;
    const auto read = net::IpAddress::FromBytes(record->rdata);
    if (read && read->is_v4() == (record->type == dns::kTypeA)) {
      Keep({*read, answerer}, addresses);
    }
  }
}

}  // namespace

void Answered::Expect(capture::Token token, const capture::Question& question) {
  OpenSet& set = sets_[question.set];
  set.answers.set = question.set;
  if (question.role == QuestionRole::kTarget) {
    set.answers.target = question.qname;
  }
  ++set.open;
  asked_[token] = {question.set, question.role, AnswererOf(question)};
}

void Answered::Withdraw(capture::Token token) { Close(token); }

void Answered::Suspect(std::uint32_t set,
                       const std::vector<net::IpAddress>& addresses) {
  // They take turns with what is answered here, as a silent host's answers do.
  for (const net::IpAddress& address : addresses) {
    Keep({address, Answerer::kCanary}, &sets_[set].answers.target_addresses);
  }
}

void Answered::EndQuestions(std::uint32_t set) {
  sets_[set].answers.set = set;
  sets_[set].ended = true;
  ReadyIfOver(set);
}

void Answered::Close(capture::Token token) {
  const auto found = asked_.find(token);
  if (found == asked_.end()) return;
  const std::uint32_t set = found->second.set;
  asked_.erase(found);
  --sets_[set].open;
  ReadyIfOver(set);
}

void Answered::ReadyIfOver(std::uint32_t number) {
  const auto found = sets_.find(number);
  if (!found->second.ended || found->second.open > 0) return;
  ready_.push_back(std::move(found->second.answers));
  sets_.erase(found);
}

std::optional<plan::SetAnswers> Answered::TakeReady() {
  if (ready_.empty()) return {};
  auto answers = std::move(ready_.front());
  ready_.pop_front();
  return answers;
}

void Answered::OnSent(capture::Token token, const capture::Sent& sent) {
  next_->OnSent(token, sent);
}

void Answered::OnArrived(capture::Token token,
                         const capture::Arrived& arrived) {
  next_->OnArrived(token, arrived);
  const auto found = asked_.find(token);
  if (found == asked_.end() || !arrived.matches) return;
  const Asked& asked = found->second;
  auto& answers = sets_[asked.set].answers;
  if (asked.role == QuestionRole::kTarget) {
    ReadAddresses(arrived.message, asked.answerer, &answers.target_addresses);
  } else if (asked.role == QuestionRole::kControlName) {
    ReadAddresses(arrived.message, asked.answerer, &answers.control_addresses);
  }
}

void Answered::OnIcmp(capture::Token token, const capture::IcmpArrived& icmp) {
  next_->OnIcmp(token, icmp);
}

void Answered::OnStream(capture::Token token,
                        const capture::StreamFacts& facts) {
  next_->OnStream(token, facts);
}

void Answered::OnClosed(capture::Token token, capture::Outcome outcome,
                        std::uint32_t uncounted) {
  next_->OnClosed(token, outcome, uncounted);
  Close(token);
}

}  // namespace taster::cli
