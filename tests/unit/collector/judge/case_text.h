// SPDX-License-Identifier: Apache-2.0
// Reads a question set written down for people, for tests.
//
//   date 2026-11-22
//   prefix 198.51.100.0/24 64500
//   control www.example.com. A 198.51.100.7 vantages=3   (or nodata, nxdomain)
//   ask target www.example.com. A @192.0.2.53 recursive udp id=7 flags=0x0100
//   reply 12.5ms flags=0x8180 ttl=47 df=0 ipid=0 | c00c 76 A 31.13.94.37
//   want fired 31.13.94.37
//
// `ask` may end in `edns`, `class=CH` or an outcome such as `prohibited`; with
// no reply it timed out. `reply` may have from=, id=, question=, qtype=,
// `edns`, cut=BYTES and append=HEX. `want` is about the reply above it. What
// follows '#' is for people. Pools and fingerprints are the project's seeds;
// origin AS of controls come from the prefixes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/dissect/dissect.h"
#include "collector/judge/case.h"
#include "collector/judge/rule.h"
#include "tests/unit/collector/judge/message_text.h"

namespace taster::judge {

struct Want {
  Status status = Status::kClear;
  std::string subject;  // Empty: any.
};

struct ReplyText {
  Bytes message;
  dissect::Arrival arrival;
  std::optional<Want> want;
};

struct AskedText {
  Bytes query;
  Asked asked;  // Without replies, and without what the query says.
  std::vector<ReplyText> replies;
};

struct CaseText {
  std::chrono::sys_days date;
  std::shared_ptr<const Reference> reference;
  std::vector<AskedText> asked;
};

// nullopt, with the line in `error`, when malformed. Seeds are read from
// `schema/seed` of the working directory.
std::optional<CaseText> ParseCase(std::string_view text, std::string* error);

// The same for a file. Aborts the program when malformed.
CaseText ReadCase(const std::string& path);

// What the collector makes of it: dissected, with controls. Points into
// `text`, which must outlive it.
Case Assemble(const CaseText& text);

// The messages as `dig` would show them, each line behind "# ".
std::string Dump(const CaseText& text);

}  // namespace taster::judge
