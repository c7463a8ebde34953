// SPDX-License-Identifier: Apache-2.0
#include "collector/control/chain_book.h"

#include <algorithm>
#include <set>

#include "collector/control/dnssec/name_order.h"
#include "collector/control/dnssec/validate.h"
#include "proto/dns/constants.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/bytes_of.h"

namespace taster::control {
namespace {

// Beside a link's bytes, roughly.
constexpr std::size_t kOverheadBytes = 200;

std::string TextOf(const KeyQuestion& question) {
  return std::to_string(question.qtype) + " " + question.qname.ToText();
}

// Questions of all zones around these names, from the root down.
std::vector<KeyQuestion> QuestionsFor(const std::vector<dns::Name>& names) {
  std::vector<KeyQuestion> questions;
  std::set<dns::Name> seen;
  for (const dns::Name& name : names) {
    for (int labels = 0; labels <= dnssec::CountLabels(name); ++labels) {
      const dns::Name zone = dnssec::Ancestor(name, labels);
      if (!seen.insert(zone).second) continue;
      if (labels > 0) questions.push_back({zone, dns::kTypeDs});
      questions.push_back({zone, dns::kTypeDnskey});
    }
  }
  return questions;
}

}  // namespace

std::vector<dns::Name> NamesIn(const dnssec::Link& answer) {
  std::vector<dns::Name> names = {answer.qname};
  for (const dnssec::Rrset& set : answer.answer) {
    if (set.type != dns::kTypeCname && set.type != dns::kTypeDname) continue;
    for (const std::string& rdata : set.rdata) {
      const auto target = dns::RdataCursor(net::BytesOf(rdata)).TakeName();
      if (target && names.size() <= dnssec::kMaxAliases) {
        names.push_back(target->Lower());
      }
    }
  }
  return names;
}

void ChainBook::Put(Key key, const dnssec::Link& link) {
  std::string bytes = dnssec::WriteLink(link);
  bytes_ += bytes.size() + kOverheadBytes;
  const auto [at, is_new] = links_.try_emplace(key);
  if (is_new) {
    order_.push_back(std::move(key));
  } else {
    bytes_ -= at->second.size() + kOverheadBytes;
  }
  at->second = std::move(bytes);
  while (bytes_ > most_bytes_ && !order_.empty()) {
    const auto oldest = links_.find(order_.front());
    bytes_ -= oldest->second.size() + kOverheadBytes;
    links_.erase(oldest);
    order_.pop_front();
  }
}

void ChainBook::Add(const WitnessedLink& key) {
  Put({key.vantage_id, TextOf({key.link.qname, key.link.qtype})}, key.link);
}

void ChainBook::AddStored(const dnssec::Link& link) {
  Put({0, TextOf({link.qname, link.qtype})}, link);
}

const std::string* ChainBook::Find(std::int64_t vantage_id,
                                   const KeyQuestion& question) const {
  auto at = links_.find(Key(vantage_id, TextOf(question)));
  if (at == links_.end()) at = links_.find(Key(0, TextOf(question)));
  return at == links_.end() ? nullptr : &at->second;
}

std::vector<KeyQuestion> ChainBook::Missing(const WitnessedLink& answer) const {
  std::vector<KeyQuestion> missing = QuestionsFor(NamesIn(answer.link));
  std::erase_if(missing, [&](const KeyQuestion& question) {
    return Find(answer.vantage_id, question) != nullptr;
  });
  return missing;
}

dnssec::Chain ChainBook::ChainFor(const WitnessedLink& answer) const {
  dnssec::Chain chain = {answer.link};
  std::size_t size = dnssec::WriteLink(answer.link).size();
  for (const KeyQuestion& question : QuestionsFor(NamesIn(answer.link))) {
    const std::string* bytes = Find(answer.vantage_id, question);
    if (bytes == nullptr) continue;
    auto link = dnssec::ReadLink(net::BytesOf(*bytes));
    // Of a name where no zone begins there are no keys.
    if (!link || (question.qtype == dns::kTypeDnskey && link->answer.empty())) {
      continue;
    }
    size += 2 + bytes->size();
    if (chain.size() == dnssec::kMaxLinks || size > dnssec::kMaxChainBytes) {
      break;
    }
    chain.push_back(*std::move(link));
  }
  return chain;
}

}  // namespace taster::control
