// SPDX-License-Identifier: Apache-2.0
// Reads a question set written down for people, for tests.
//
//   date 2026-11-22
//   network CN 4134
//   prefix 198.51.100.0/24 64500
//   control www.example.com. A 198.51.100.7 vantages=3   (or nodata, nxdomain)
//   ask target www.example.com. A @192.0.2.53 recursive udp id=7 flags=0x0100
//   reply 12.5ms flags=0x8180 ttl=47 df=0 ipid=0 | c00c 76 A 31.13.94.37
//   want fired 31.13.94.37
//
// `control` may have ttl=SECONDS (of its records) and `secure`. `ask` may be
// for a target, a control or an identity, and end in `edns`, `class=CH`,
// sni=NAME or an outcome such as `prohibited`; with no reply it timed out. A
// `check` is at a `host`, and may have `connected`, status= and redirect=.
// `reply` may have from=, id=, question=, qtype=, `edns`, ede=CODE,CODE,
// cut=BYTES and append=HEX. `want` is about the reply above it. What follows
// '#' is for people. Further lines say what is known:
//
//   context www.example.com. 31.13.94.37 8.7.198.45  (drawn in this network)
//   learned 192.0.2.9 learned-a names=4 [country=CN]
//   shared 192.0.2.8 names=20 forged=15 [country=CN]
//   listed 192.0.2.7 resolver_lying - [countries=IR,CN] [until=2026-01-01]
//   listed cname:block.example.net. resolver_lying INJECTOR
//   injector gfw-x CN        (where it stands)
//   resolver 223.5.5.5 CN    (from where it answers)
//   endpoint 192.0.2.7 443 www.example.com. invalid [control]
//   served www.example.com. 192.0.2.7 443 [status=200] [redirect=example.net]
//                            (clients in free networks; or unserved)
//   nat64 2001:db8:64::/96
//
// Pools and fingerprints are the project's seeds; origin AS of controls and of
// contexts come from the prefixes, and a name's control from all its types.
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
  Case known;  // Without questions.
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
