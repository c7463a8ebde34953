// SPDX-License-Identifier: Apache-2.0
#include "collector/control/witnessed_link.h"

#include <utility>

#include "collector/control/dnssec/chain.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"

namespace taster::control {
namespace {

bool IsOfAResolver(const judge::Asked& asked) {
  return asked.qclass == dns::kClassIn &&
         (asked.server_kind == judge::ServerKind::kRecursive ||
          asked.server_kind == judge::ServerKind::kSystem);
}

bool IsForKeys(const judge::Asked& asked) {
  return asked.role == judge::QuestionRole::kProof &&
         (asked.qtype == dns::kTypeDs || asked.qtype == dns::kTypeDnskey);
}

// Only of what was asked: a reply that matches echoes the question.
void Add(const store::MeasurementRow& row, std::int64_t vantage_id,
         std::vector<WitnessedLink>* links) {
  for (std::size_t i = 0; i < row.messages.size(); ++i) {
    const bool whole =
        row.asked.replies[i].fit == judge::Fit::kMatches &&
        (i >= row.original_sizes.size() || !row.original_sizes[i]);
    if (!whole) continue;
    auto link = dnssec::ReadLink(net::BytesOf(row.messages[i]));
    if (!link || link->qname != row.asked.qname ||
        link->qtype != row.asked.qtype ||
        dnssec::WriteLink(*link).size() > dnssec::kMaxLinkBytes) {
      continue;
    }
    links->push_back(
        {.vantage_id = vantage_id,
         .time = row.query_time,
         .is_answer = row.asked.role == judge::QuestionRole::kTarget,
         .link = *std::move(link)});
  }
}

}  // namespace

std::vector<WitnessedLink> FindLinks(const store::JudgedBatch& batch) {
  std::vector<WitnessedLink> links;
  for (const store::MeasurementRow& row : batch.measurements) {
    if (!IsOfAResolver(row.asked)) continue;
    if (row.asked.role == judge::QuestionRole::kTarget ||
        IsForKeys(row.asked)) {
      Add(row, batch.vantage_id, &links);
    }
  }
  return links;
}

}  // namespace taster::control
