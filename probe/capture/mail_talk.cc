// SPDX-License-Identifier: Apache-2.0
// RFC 5321 and RFC 3207; RFC 9051; RFC 1939 and RFC 2595.
#include "probe/capture/mail_talk.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "probe/capture/letter_case.h"

namespace taster::capture {
namespace {

// RFC 5321 section 4.5.3.1.5 and RFC 2449 section 4, without CR LF; RFC 7162
// section 4.
constexpr std::size_t kLongestLine = 510;
constexpr std::size_t kLongestImapLine = 8192;
// Of all that is said before TLS, or inside it: a peer that says more is not
// waited for.
constexpr std::size_t kMostHeard = 16'384;

// Whether `text` begins with `word`, in whatever letters, and a blank or the
// end follows.
bool BeginsWith(std::string_view text, std::string_view word) {
  return StartsWithAnyCase(text, word) &&
         (text.size() == word.size() || text[word.size()] == ' ');
}

}  // namespace

MailTalk::MailTalk(Service service)
    : service_(service),
      state_(AsksForTls(service) ? State::kClear : State::kTls),
      reader_(IsImap() ? kLongestImapLine : kLongestLine) {}

void MailTalk::Enter(std::string* out) {
  // RFC 3207 section 4.2 and its like: what was said in clear counts for
  // nothing any more. Who greeted then does not greet again.
  heard_ = 0;
  code_.clear();
  reader_ = LineReader(IsImap() ? kLongestImapLine : kLongestLine);
  step_ = Step::kGreeting;
  state_ = AsksForTls(service_) ? State::kServed : State::kInside;
  if (state_ == State::kServed) SayGoodbye(out);
}

std::size_t MailTalk::Take(std::span<const std::uint8_t> bytes,
                           std::string* out) {
  std::size_t taken = 0;
  while (taken < bytes.size() &&
         (state_ == State::kClear || state_ == State::kInside)) {
    const auto read = reader_.Take(bytes[taken++]);
    Heard heard = Heard::kNonsense;
    if (++heard_ <= kMostHeard && read != LineReader::State::kTooLong) {
      if (read == LineReader::State::kInside) continue;
      heard = Hear(reader_.line());
    }
    if (heard == Heard::kMore) continue;
    if (state_ == State::kClear) {
      HearInClear(heard, out);
    } else {
      HearInside(heard, out);
    }
  }
  return taken;
}

MailTalk::Heard MailTalk::Hear(std::string_view line) {
  if (IsSmtp()) return HearSmtp(line);
  if (IsImap()) return HearImap(line);
  if (BeginsWith(line, "+OK")) return Heard::kYes;
  return BeginsWith(line, "-ERR") ? Heard::kNo : Heard::kNonsense;
}

MailTalk::Heard MailTalk::HearSmtp(std::string_view line) {
  const auto code = line.substr(0, 3);
  if (code.size() < 3 || !std::ranges::all_of(code, absl::ascii_isdigit)) {
    return Heard::kNonsense;
  }
  const char between = line.size() > 3 ? line[3] : ' ';
  const bool first = code_.empty();
  if ((between != ' ' && between != '-') || (!first && code != code_)) {
    return Heard::kNonsense;
  }
  code_ = code;
  // RFC 5321 section 4.1.1.1: the first line names the host.
  if (!first && line.size() > 4 && BeginsWith(line.substr(4), "STARTTLS")) {
    offers_tls_ = true;
  }
  if (between == '-') return Heard::kMore;
  const bool wanted = code == (step_ == Step::kHello ? "250" : "220");
  code_.clear();
  return wanted ? Heard::kYes : Heard::kNo;
}

MailTalk::Heard MailTalk::HearImap(std::string_view line) const {
  if (step_ == Step::kStartTls) {
    if (line.starts_with("* ")) return Heard::kMore;
    if (BeginsWith(line, "A1 OK")) return Heard::kYes;
    return BeginsWith(line, "A1") ? Heard::kNo : Heard::kNonsense;
  }
  if (BeginsWith(line, "* OK")) return Heard::kYes;
  if (BeginsWith(line, "* PREAUTH")) {
    // RFC 9051 section 6.2.1: such a session takes no STARTTLS any more.
    return state_ == State::kClear ? Heard::kNo : Heard::kYes;
  }
  return BeginsWith(line, "* BYE") ? Heard::kNo : Heard::kNonsense;
}

void MailTalk::HearInClear(Heard heard, std::string* out) {
  if (heard != Heard::kYes || (step_ == Step::kHello && !offers_tls_)) {
    state_ = State::kNoTls;
    return;
  }
  if (step_ == Step::kStartTls) {
    state_ = State::kTls;
  } else if (IsSmtp() && step_ == Step::kGreeting) {
    step_ = Step::kHello;
    // RFC 2606: a name that is nobody's.
    *out += "EHLO client.invalid\r\n";
  } else {
    step_ = Step::kStartTls;
    *out += IsSmtp()   ? "STARTTLS\r\n"
            : IsImap() ? "a1 STARTTLS\r\n"
                       : "STLS\r\n";
  }
}

void MailTalk::HearInside(Heard heard, std::string* out) {
  // A host that will not serve this client has answered all the same.
  state_ = heard == Heard::kNonsense ? State::kNonsense : State::kServed;
  if (heard == Heard::kYes) SayGoodbye(out);
}

void MailTalk::SayGoodbye(std::string* out) const {
  *out += IsImap() ? "a2 LOGOUT\r\n" : "QUIT\r\n";
}

}  // namespace taster::capture
