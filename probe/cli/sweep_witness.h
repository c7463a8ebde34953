// SPDX-License-Identifier: Apache-2.0
// Hears a sweep's engine: silence becomes a count, and a name that draws a
// reply becomes a recorded set with the control name beside it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "probe/capture/question.h"
#include "probe/capture/witness.h"
#include "probe/cli/open_names.h"
#include "probe/cli/sweep_counts.h"
#include "probe/record/recorder.h"

namespace taster::cli {

struct SweepQuestions {
  std::vector<net::Endpoint> canaries;  // Each is asked for each name.
  dns::QueryShape shape;
  dns::Name control_name;
};

class SweepWitness final : public capture::Witness {
 public:
  // `recorder` must outlive it. `counts`: of an earlier part of this sweep.
  SweepWitness(const SweepQuestions& what, const SweepCounts& counts,
               record::Recorder* recorder);

  // The next name: the token under which to ask its first canary.
  capture::Token ExpectName(const dns::Name& name);
  static capture::Token TokenOf(capture::Token first, std::size_t canary) {
    return (first + static_cast<capture::Token>(canary)) & kPlaces;
  }
  // The next entry of the list, which cannot be asked for.
  void NoteBad(plan::BadName why);

  // A question for the control name that is due: beside a name that drew a
  // reply, or a check. nullopt: none is. Ask it under `*token`, or take it
  // back.
  std::optional<capture::Question> NextControl(capture::Token* token);
  void WithdrawControl(capture::Token token);
  // One check of each canary is due.
  void AddChecks();
  // No control is due or open.
  bool controls_over() const { return due_.empty() && controls_.empty(); }
  // Controls that are due are not asked any more.
  void DropControls();

  void OnSent(capture::Token token, const capture::Sent& sent) override;
  void OnArrived(capture::Token token,
                 const capture::Arrived& arrived) override;
  void OnIcmp(capture::Token token, const capture::IcmpArrived& icmp) override;
  void OnStream(capture::Token, const capture::StreamFacts&) override {}
  void OnClosed(capture::Token token, capture::Outcome outcome,
                std::uint32_t uncounted) override;

  // Of all entries up to the first that is not over. `duration` is not filled.
  const SweepCounts& counts() const { return counts_; }
  // Names that drew a reply and are not over: each takes about 2 KiB.
  std::size_t recording() const { return promoted_.size(); }
  // True when all entries are over.
  bool idle() const { return entries_.empty(); }
  // Queries that could not leave since the last that could.
  std::uint64_t unsent_streak() const { return unsent_streak_; }
  // The canary that answered for the control name.
  const std::optional<net::Endpoint>& noisy() const { return noisy_; }

 private:
  using Group = std::uint64_t;  // Place of an entry in the list of this run.

  // A name that drew a reply.
  struct Promoted {
    std::uint32_t set = 0;
    std::vector<capture::Token> tokens;  // The recorder's, by canary.
    std::size_t controls = 0;            // Due, or open.
    std::size_t open = 0;                // Questions for the name.
    std::uint64_t replies = 0;
  };
  struct Control {
    std::optional<Group> beside;  // nullopt: a check, not recorded.
    std::size_t canary = 0;
    capture::Token token = 0;  // The recorder's.
  };

  std::uint64_t PlaceOf(capture::Token token) const {
    return front_ + ((token - static_cast<std::uint32_t>(front_)) & kPlaces);
  }
  OpenName& At(std::uint64_t place) {
    return entries_[static_cast<std::size_t>(place - front_)];
  }
  Promoted& Promote(Group group);
  void RecordAsked(Group group, Promoted* promoted);
  void TellSent(const OpenName& entry, capture::Token token);
  void CloseControl(capture::Token token, capture::Outcome outcome,
                    std::uint32_t uncounted);
  std::span<std::uint8_t> NameOf(const OpenName& entry) {
    return names_.At(entry.name_at, entry.name_size);
  }
  // The set is recorded when nothing of it is open or due.
  void EndIfOver(Group group);
  // Counts and forgets what is over, in the order of the list.
  void Retire();
  bool Count();

  // Tokens of names are places modulo 2^31; those of controls have the bit.
  static constexpr std::uint32_t kControlBit = 1u << 31;
  static constexpr std::uint32_t kPlaces = kControlBit - 1;

  const SweepQuestions what_;
  const dns::QueryTemplate template_;
  record::Recorder* recorder_;
  std::deque<OpenName> entries_;  // As many for each entry as canaries.
  std::uint64_t front_ = 0;       // Place of the first of them.
  NameBytes names_;
  std::unordered_map<Group, Promoted> promoted_;
  std::deque<Control> due_;
  std::unordered_map<capture::Token, Control> controls_;  // Open.
  std::uint32_t next_control_ = 0;
  std::uint32_t next_set_ = 0;
  SweepCounts counts_;
  std::uint64_t unsent_streak_ = 0;
  std::optional<net::Endpoint> noisy_;
};

}  // namespace taster::cli
