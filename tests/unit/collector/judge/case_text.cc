// SPDX-License-Identifier: Apache-2.0
// Line by line.
#include "tests/unit/collector/judge/case_text.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "proto/dns/presentation.h"
#include "tests/unit/collector/judge/known_text.h"
#include "tests/unit/collector/judge/line_words.h"

namespace taster::judge {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint16_t kChaos = 3;

std::uint16_t Number16(const WordList& words, const std::string& key,
                       std::uint16_t absent) {
  return static_cast<std::uint16_t>(NumberOf(words, key, absent));
}

std::optional<bool> FlagOf(const WordList& words, const std::string& key) {
  const std::string value = ValueOf(words, key);
  if (value.empty()) return {};
  return value == "1";
}

const std::map<std::string, QuestionRole> kRoles = {
    {"target", QuestionRole::kTarget},
    {"control", QuestionRole::kControlName},
    {"identity", QuestionRole::kIdentity},
    {"trace", QuestionRole::kTrace},
    {"trace_control_name", QuestionRole::kTraceControlName},
    {"name_server", QuestionRole::kNameServer},
    {"proof", QuestionRole::kProof},
    {"check", QuestionRole::kCheck},
    {"check_control_name", QuestionRole::kCheckControlName}};
const std::map<std::string, ServerKind> kKinds = {
    {"system", ServerKind::kSystem},
    {"recursive", ServerKind::kRecursive},
    {"authoritative", ServerKind::kAuthoritative},
    {"canary", ServerKind::kCanary},
    {"host", ServerKind::kHost}};
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
    {"cancelled", Outcome::kCancelled},
    {"refused", Outcome::kRefused},
    {"reset", Outcome::kReset},
    {"closed", Outcome::kClosed},
    {"tls_alert", Outcome::kTlsAlert},
    {"tls_failed", Outcome::kTlsFailed},
    {"certificate", Outcome::kCertificate},
    {"http", Outcome::kHttp},
    {"served", Outcome::kServed}};
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
    if (KnownText::Speaks(words[0])) return known_.Take(words);
    if (words[0] == "ask") return TakeAsk(words);
    if (words[0] == "reply") return TakeReply(line);
    if (words[0] == "want") return TakeWant(words);
    return false;
  }

  std::optional<CaseText> Finish() {
    text_.reference = known_.Finish();
    if (text_.reference == nullptr) return {};
    known_.AddTo(&text_.known);
    text_.known.reference = text_.reference.get();
    for (AskedText& one : text_.asked) known_.AddTo(&one.asked);
    return std::move(text_);
  }

 private:
  bool TakeAsk(const WordList& words) {
    if (words.size() < 4) return false;
    const auto qname = dns::Name::Parse(words[2]);
    const auto role = EnumOf({words[1]}, kRoles);
    const auto kind = EnumOf(words, kKinds);
    const auto transport = EnumOf(words, kTransports);
    if (!qname || !role || !kind || !transport) return false;
    QuestionText question;
    question.id = Number16(words, "id", 4660);
    question.flags = Number16(words, "flags", 0x0100);
    question.qname = *qname;
    question.qtype = dns::TypeFromText(words[3]);
    question.qclass = ValueOf(words, "class") == "CH" ? kChaos : 1;
    question.edns = Holds(words, "edns");
    AskedText& one = text_.asked.emplace_back();
    one.query = *WriteMessage(question, {});
    one.asked.ordinal = static_cast<std::uint32_t>(text_.asked.size() - 1);
    one.asked.role = *role;
    one.asked.server_kind = *kind;
    one.asked.transport = *transport;
    one.asked.outcome = EnumOf(words, kOutcomes).value_or(Outcome::kTimeout);
    one.asked.server_name =
        dns::Name::Parse(ValueOf(words, "sni")).value_or(dns::Name());
    Service& service = one.asked.service;
    service.connected = Holds(words, "connected") || Holds(words, "served");
    if (!ValueOf(words, "status").empty()) {
      service.http_status = Number16(words, "status", 0);
    }
    service.redirect_host = ValueOf(words, "redirect");
    service.redirect_domain = service.redirect_host;
    for (const std::string& word : words) {
      if (!word.starts_with("@")) continue;
      one.asked.server = net::Endpoint::Parse(word.substr(1), kDnsPort);
      if (!one.asked.server) return false;
    }
    question_ = question;
    return dissect::DissectQuery(one.query, &one.asked);
  }

  // The header, question and OPT record of a reply.
  QuestionText EchoOf(const WordList& words) const {
    QuestionText echoed = question_;
    echoed.id = Number16(words, "id", question_.id);
    echoed.flags = Number16(words, "flags", 0x8180);
    echoed.edns = Holds(words, "edns");
    const std::string errors = ValueOf(words, "ede");
    if (!errors.empty()) {
      for (const std::string& code : SplitAt(errors, ',')) {
        echoed.extended_errors.push_back(
            static_cast<std::uint16_t>(std::stoul(code)));
      }
    }
    const std::string other = ValueOf(words, "question");
    if (!other.empty()) {
      echoed.qname = dns::Name::Parse(other).value_or(dns::Name());
    }
    const std::string type = ValueOf(words, "qtype");
    if (!type.empty()) echoed.qtype = dns::TypeFromText(type);
    return echoed;
  }

  bool TakeReply(const std::string& line) {
    auto parts = SplitAt(line, '|');
    const WordList words = Words(parts[0]);
    parts.erase(parts.begin());
    if (text_.asked.empty() || words.size() < 2) return false;
    AskedText& one = text_.asked.back();
    const QuestionText echoed = EchoOf(words);
    auto message = WriteMessage(echoed, parts);
    const auto tail = FromHex(ValueOf(words, "append"));
    if (!message || !tail) return false;
    message->insert(message->end(), tail->begin(), tail->end());
    message->resize(
        Number16(words, "cut", static_cast<std::uint16_t>(message->size())));
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
      arrival.ip_ttl = static_cast<std::uint8_t>(Number16(words, "ttl", 0));
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
  KnownText known_;
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
