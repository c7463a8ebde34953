// SPDX-License-Identifier: Apache-2.0
// The lines of a written case that say what was known before anybody asked:
// the network, who announces which prefix, controls, lists, learned addresses.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "collector/judge/case.h"
#include "collector/judge/reference.h"
#include "collector/reference/rows.h"
#include "tests/unit/collector/judge/line_words.h"

namespace taster::judge {

class KnownText {
 public:
  // True iff a line that starts with `word` is for `Take`.
  static bool Speaks(const std::string& word);
  // False when the line is malformed. REQUIRES: Speaks(words[0]).
  bool Take(const WordList& words);

  // The seeds and what was taken; nullptr when the seeds cannot be read. Also
  // says who owns the addresses of controls and contexts. Call once, last.
  std::shared_ptr<const Reference> Finish();

  // What stands beside a question; both after Finish.
  void AddTo(Asked* asked) const;
  void AddTo(Case* assembled) const;

 private:
  using Taker = bool (KnownText::*)(const WordList&);
  static const std::map<std::string, Taker>& Takers();

  bool TakeDate(const WordList& words);
  bool TakeNetwork(const WordList& words);
  bool TakePrefix(const WordList& words);
  bool TakeControl(const WordList& words);
  bool TakeContext(const WordList& words);
  bool TakeLearned(const WordList& words);
  bool TakeShared(const WordList& words);
  bool TakeListed(const WordList& words);
  bool TakeHome(const WordList& words);
  bool TakeEndpoint(const WordList& words);
  bool TakeServed(const WordList& words);
  bool TakeNat64(const WordList& words);

  void AddTo(Reference* reference) const;
  // Of a name from all its types, with who announces their addresses.
  void JoinControls(const Reference& reference);

  Case known_;  // Date, network, endpoints and translation prefix only.
  std::vector<reference::PrefixRow> prefixes_;
  Reference listed_;  // What lines add to the seeds.
  std::map<std::pair<dns::Name, std::uint16_t>, std::shared_ptr<Control>>
      controls_;
  std::map<dns::Name, std::shared_ptr<Control>> name_controls_;
  std::map<dns::Name, std::vector<FreeCheck>> checks_;
  std::map<dns::Name, std::shared_ptr<NameContext>> contexts_;
};

}  // namespace taster::judge
