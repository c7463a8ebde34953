// SPDX-License-Identifier: Apache-2.0
// Line by line.
#include "tests/unit/collector/judge/case_text.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "collector/reference/build_reference.h"
#include "collector/reference/seed_files.h"
#include "collector/reference/seed_values.h"
#include "proto/dns/presentation.h"

namespace taster::judge {
namespace {

using WordList = std::vector<std::string>;

constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint16_t kChaos = 3;

// The value of KEY=VALUE; empty when there is none.
std::string ValueOf(const WordList& words, const std::string& key) {
  for (const std::string& word : words) {
    if (word.starts_with(key + "=")) return word.substr(key.size() + 1);
  }
  return "";
}

bool Holds(const WordList& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::uint16_t NumberOf(const WordList& words, const std::string& key,
                       std::uint16_t absent) {
  const std::string value = ValueOf(words, key);
  if (value.empty()) return absent;
  return static_cast<std::uint16_t>(std::stoul(value, nullptr, 0));
}

std::optional<bool> FlagOf(const WordList& words, const std::string& key) {
  const std::string value = ValueOf(words, key);
  if (value.empty()) return {};
  return value == "1";
}

template <typename Enum>
std::optional<Enum> EnumOf(const WordList& words,
                           const std::map<std::string, Enum>& values) {
  for (const std::string& word : words) {
    const auto found = values.find(word);
    if (found != values.end()) return found->second;
  }
  return {};
}

const std::map<std::string, ServerKind> kKinds = {
    {"system", ServerKind::kSystem},
    {"recursive", ServerKind::kRecursive},
    {"authoritative", ServerKind::kAuthoritative},
    {"canary", ServerKind::kCanary}};
const std::map<std::string, Transport> kTransports = {
    {"udp", Transport::kUdp},
    {"tcp", Transport::kTcp},
    {"tls", Transport::kTls},
    {"https", Transport::kHttps}};
const std::map<std::string, Outcome> kOutcomes = {
    {"timeout", Outcome::kTimeout},
    {"port_unreachable", Outcome::kPortUnreachable},
    {"prohibited", Outcome::kProhibited},
    {"ttl_exceeded", Outcome::kTtlExceeded},
    {"send_failed", Outcome::kSendFailed},
    {"cancelled", Outcome::kCancelled}};
const std::map<std::string, Status> kStatuses = {
    {"fired", Status::kFired},
    {"clear", Status::kClear},
    {"not_applicable", Status::kNotApplicable},
    {"not_effective", Status::kNotEffective}};

class CaseParser {
 public:
  bool Take(const std::string& line) {
    const WordList words = Words(line);
    if (words.empty()) return true;
    if (words[0] == "date") return TakeDate(words);
    if (words[0] == "prefix") return TakePrefix(words);
    if (words[0] == "control") return TakeControl(words);
    if (words[0] == "ask") return TakeAsk(words);
    if (words[0] == "reply") return TakeReply(line);
    if (words[0] == "want") return TakeWant(words);
    return false;
  }

  std::optional<CaseText> Finish() {
    static const auto seeds = reference::ReadSeedFiles("schema/seed");
    if (!seeds.ok()) return {};
    auto built = reference::BuildReference(*seeds, prefixes_);
    if (!built.ok()) return {};
    text_.reference =
        std::make_shared<const Reference>(std::move(built).value());
    for (auto& [key, control] : controls_) Own(control.get());
    for (AskedText& one : text_.asked) {
      const auto found = controls_.find({one.asked.qname, one.asked.qtype});
      if (found != controls_.end()) one.asked.control = found->second;
    }
    return std::move(text_);
  }

 private:
  bool TakeDate(const WordList& words) {
    const auto day = reference::ParseDay(words.size() == 2 ? words[1] : "");
    text_.date = day.value_or(std::chrono::sys_days());
    return day.has_value();
  }

  bool TakePrefix(const WordList& words) {
    const auto prefix = net::IpPrefix::Parse(words.size() == 3 ? words[1] : "");
    if (!prefix) return false;
    prefixes_.push_back(
        {{*prefix, static_cast<std::uint32_t>(std::stoul(words[2]))}, ""});
    return true;
  }

  bool TakeControl(const WordList& words) {
    const auto qname = dns::Name::Parse(words.size() >= 4 ? words[1] : "");
    if (!qname) return false;
    auto control = std::make_shared<Control>();
    control->saw_nodata = Holds(words, "nodata");
    control->saw_nxdomain = Holds(words, "nxdomain");
    control->vantages = NumberOf(words, "vantages", 1);
    for (std::size_t i = 3; i < words.size(); ++i) {
      const auto address = net::IpAddress::Parse(words[i]);
      if (address) control->addresses.push_back(*address);
    }
    controls_[{*qname, dns::TypeFromText(words[2])}] = control;
    return true;
  }

  // Fills in who announces the control's addresses.
  void Own(Control* control) const {
    std::ranges::sort(control->addresses);
    for (const net::IpAddress& address : control->addresses) {
      const auto asn = text_.reference->origin_as.Find(address);
      if (asn) control->origin_as.push_back(*asn);
    }
    std::ranges::sort(control->origin_as);
    const auto rest = std::ranges::unique(control->origin_as);
    control->origin_as.erase(rest.begin(), rest.end());
  }

  bool TakeAsk(const WordList& words) {
    if (words.size() < 4) return false;
    const auto qname = dns::Name::Parse(words[2]);
    const auto kind = EnumOf(words, kKinds);
    const auto transport = EnumOf(words, kTransports);
    if (!qname || !kind || !transport) return false;
    QuestionText question;
    question.id = NumberOf(words, "id", 4660);
    question.flags = NumberOf(words, "flags", 0x0100);
    question.qname = *qname;
    question.qtype = dns::TypeFromText(words[3]);
    question.qclass = ValueOf(words, "class") == "CH" ? kChaos : 1;
    question.edns = Holds(words, "edns");
    AskedText& one = text_.asked.emplace_back();
    one.query = *WriteMessage(question, {});
    one.asked.ordinal = static_cast<std::uint32_t>(text_.asked.size() - 1);
    one.asked.role = words[1] == "control" ? QuestionRole::kControlName
                                           : QuestionRole::kTarget;
    one.asked.server_kind = *kind;
    one.asked.transport = *transport;
    one.asked.outcome = EnumOf(words, kOutcomes).value_or(Outcome::kTimeout);
    for (const std::string& word : words) {
      if (!word.starts_with("@")) continue;
      one.asked.server = net::Endpoint::Parse(word.substr(1), kDnsPort);
      if (!one.asked.server) return false;
    }
    question_ = question;
    return dissect::DissectQuery(one.query, &one.asked);
  }

  bool TakeReply(const std::string& line) {
    auto parts = SplitAt(line, '|');
    const WordList words = Words(parts[0]);
    parts.erase(parts.begin());
    if (text_.asked.empty() || words.size() < 2) return false;
    AskedText& one = text_.asked.back();
    QuestionText echoed = question_;
    echoed.id = NumberOf(words, "id", question_.id);
    echoed.flags = NumberOf(words, "flags", 0x8180);
    echoed.edns = Holds(words, "edns");
    const std::string other = ValueOf(words, "question");
    if (!other.empty()) {
      echoed.qname = dns::Name::Parse(other).value_or(dns::Name());
    }
    const std::string type = ValueOf(words, "qtype");
    if (!type.empty()) echoed.qtype = dns::TypeFromText(type);
    auto message = WriteMessage(echoed, parts);
    const auto tail = FromHex(ValueOf(words, "append"));
    if (!message || !tail) return false;
    message->insert(message->end(), tail->begin(), tail->end());
    message->resize(
        NumberOf(words, "cut", static_cast<std::uint16_t>(message->size())));
    one.replies.push_back({*std::move(message), ArrivalOf(words, one), {}});
    return true;
  }

  static dissect::Arrival ArrivalOf(const WordList& words,
                                    const AskedText& one) {
    dissect::Arrival arrival;
    arrival.offset = std::chrono::microseconds(
        static_cast<std::int64_t>(std::stod(words[1]) * 1000));
    arrival.source = one.asked.server.value_or(net::Endpoint());
    const std::string from = ValueOf(words, "from");
    if (!from.empty()) {
      arrival.source =
          net::Endpoint::Parse(from, kDnsPort).value_or(net::Endpoint());
    }
    if (!ValueOf(words, "ttl").empty()) {
      arrival.ip_ttl = static_cast<std::uint8_t>(NumberOf(words, "ttl", 0));
    }
    arrival.dont_fragment = FlagOf(words, "df");
    const std::string id = ValueOf(words, "ipid");
    if (!id.empty()) arrival.ip_id_zero = id == "0";
    return arrival;
  }

  bool TakeWant(const WordList& words) {
    const auto status = EnumOf(words, kStatuses);
    if (!status || text_.asked.empty()) return false;
    auto& replies = text_.asked.back().replies;
    if (replies.empty()) return false;
    replies.back().want = Want{*status, words.size() > 2 ? words[2] : ""};
    return true;
  }

  CaseText text_;
  QuestionText question_;
  std::vector<reference::PrefixRow> prefixes_;
  std::map<std::pair<dns::Name, std::uint16_t>, std::shared_ptr<Control>>
      controls_;
};

}  // namespace

std::optional<CaseText> ParseCase(std::string_view text, std::string* error) {
  CaseParser parser;
  for (const std::string& line : SplitAt(text, '\n')) {
    if (parser.Take(line.substr(0, line.find('#')))) continue;
    *error = line;
    return {};
  }
  auto parsed = parser.Finish();
  if (!parsed) *error = "no reference: run from the top of the tree";
  return parsed;
}

CaseText ReadCase(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  std::string error = "cannot be read";
  auto parsed = ParseCase(text.str(), &error);
  if (!file || !parsed) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), error.c_str());
    std::abort();
  }
  return *std::move(parsed);
}

}  // namespace taster::judge
