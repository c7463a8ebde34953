// SPDX-License-Identifier: Apache-2.0
// The writer: plain, and only as clever as the tests need.
#include "tests/unit/collector/judge/message_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "proto/dns/constants.h"
#include "proto/dns/presentation.h"
#include "proto/net/ip_address.h"

namespace taster::judge {
namespace {

void Put16(std::size_t number, Bytes* out) {
  out->push_back(static_cast<std::uint8_t>(number >> 8));
  out->push_back(static_cast<std::uint8_t>(number));
}

void Put(std::span<const std::uint8_t> bytes, Bytes* out) {
  out->insert(out->end(), bytes.begin(), bytes.end());
}

bool PutName(std::string_view text, Bytes* out) {
  const auto name = dns::Name::Parse(text);
  if (name) Put(name->wire(), out);
  return name.has_value();
}

bool PutAddress(std::string_view text, Bytes* out) {
  const auto address = net::IpAddress::Parse(text);
  if (address) Put(address->bytes(), out);
  return address.has_value();
}

// RFC 9460 section 2.2; keys in the order given.
bool PutParam(const std::string& text, Bytes* out) {
  const std::size_t equals = text.find('=');
  const std::string key = text.substr(0, equals);
  Bytes value;
  for (const std::string& item : SplitAt(text.substr(equals + 1), ',')) {
    if (key == "alpn") {
      value.push_back(static_cast<std::uint8_t>(item.size()));
      value.insert(value.end(), item.begin(), item.end());
    } else if (!PutAddress(item, &value)) {
      return false;
    }
  }
  Put16(key == "alpn" ? 1U : key == "ipv4hint" ? 4U : 6U, out);
  Put16(value.size(), out);
  Put(value, out);
  return true;
}

bool PutRdata(std::uint16_t type, const std::vector<std::string>& words,
              Bytes* out) {
  if (words.empty()) return true;
  switch (type) {
    case dns::kTypeA:
    case dns::kTypeAaaa:
      return PutAddress(words[0], out);
    case dns::kTypeCname:
    case dns::kTypeDname:
      return PutName(words[0], out);
    case dns::kTypeSvcb:
    case dns::kTypeHttps:
      Put16(static_cast<std::size_t>(std::stoul(words[0])), out);
      if (words.size() < 2 || !PutName(words[1], out)) return false;
      return std::all_of(
          words.begin() + 2, words.end(),
          [&](const std::string& param) { return PutParam(param, out); });
    default:
      break;
  }
  const auto bytes = FromHex(words[0]);
  if (bytes) Put(*bytes, out);
  return bytes.has_value();
}

// RFC 6891 section 6.1.2: the root, OPT, 1232 bytes, no flags, options.
void PutOpt(const QuestionText& question, Bytes* out) {
  Put(std::array<std::uint8_t, 9>{0, 0, 41, 0x04, 0xd0}, out);
  Put16(question.extended_errors.size() * 6, out);
  for (const std::uint16_t code : question.extended_errors) {
    Put16(15, out);  // RFC 8914 section 2.
    Put16(2, out);
    Put16(code, out);
  }
}

bool PutRecord(const QuestionText& question, std::vector<std::string> words,
               Bytes* out) {
  if (words.size() < 3) return false;
  if (words[0] == "c00c") {
    Put16(0xc00c, out);
  } else if (words[0] == "full") {
    Put(question.qname.wire(), out);
  } else if (!PutName(words[0], out)) {
    return false;
  }
  const std::uint16_t type = dns::TypeFromText(words[2]);
  const unsigned long rr_ttl = std::stoul(words[1]);
  Put16(type, out);
  Put16(dns::kClassIn, out);
  Put16(rr_ttl >> 16, out);
  Put16(rr_ttl & 0xffff, out);
  words.erase(words.begin(), words.begin() + 3);
  Bytes rdata;
  if (!PutRdata(type, words, &rdata)) return false;
  Put16(rdata.size(), out);
  Put(rdata, out);
  return true;
}

}  // namespace

std::vector<std::string> SplitAt(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::vector<std::string> Words(std::string_view text) {
  auto words = SplitAt(text, ' ');
  std::erase(words, "");
  return words;
}

std::optional<Bytes> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) return {};
  Bytes bytes;
  for (; !text.empty(); text.remove_prefix(2)) {
    unsigned byte = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + 2, byte, 16);
    if (parsed.ptr != text.data() + 2) return {};
    bytes.push_back(static_cast<std::uint8_t>(byte));
  }
  return bytes;
}

std::optional<Bytes> WriteMessage(const QuestionText& question,
                                  const std::vector<std::string>& records) {
  Bytes body;
  std::array<std::size_t, 3> counts{};  // Answer, authority, additional.
  for (const std::string& record : records) {
    auto words = Words(record);
    std::size_t section = 0;
    if (!words.empty() && (words[0] == "auth" || words[0] == "add")) {
      section = words[0] == "auth" ? 1 : 2;
      words.erase(words.begin());
    }
    if (!PutRecord(question, words, &body)) return {};
    ++counts[section];
  }
  if (question.edns || !question.extended_errors.empty()) {
    PutOpt(question, &body);
    ++counts[2];
  }
  Bytes message;
  Put16(question.id, &message);
  Put16(question.flags, &message);
  Put16(1, &message);
  for (const std::size_t count : counts) Put16(count, &message);
  Put(question.qname.wire(), &message);
  Put16(question.qtype, &message);
  Put16(question.qclass, &message);
  Put(body, &message);
  return message;
}

}  // namespace taster::judge
