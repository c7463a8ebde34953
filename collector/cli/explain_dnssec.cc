// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/explain_dnssec.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "collector/cli/clock.h"
#include "collector/cli/proving.h"
#include "collector/control/dnssec/chain.h"
#include "collector/control/dnssec/validator.h"
#include "collector/control/dnssec/wire_writer.h"
#include "collector/reference/day.h"
#include "proto/dns/presentation.h"
#include "proto/envelope/sign.h"
#include "proto/net/bytes_of.h"

namespace taster::cli {
namespace {

using control::dnssec::Conclusion;
using control::dnssec::Result;
using net::BytesOf;
using Json = nlohmann::ordered_json;

std::string Commented(const std::string& text) {
  std::string commented;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    commented += "; " + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return commented;
}

std::string Said(const Conclusion& conclusion) {
  std::string said(ToString(conclusion.result));
  if (!conclusion.reason.empty()) said += ": " + conclusion.reason;
  return said;
}

std::string QuestionOf(const store::ProofLink& link) {
  return dns::TypeToText(link.qtype) + " of " + link.qname;
}

// As ReadChain takes it.
std::string ChainOf(const store::ProofRow& row) {
  std::string chain;
  for (const store::ProofLink& link : row.links) {
    control::dnssec::Append16(static_cast<std::uint16_t>(link.message.size()),
                              &chain);
    chain += link.message;
  }
  return chain;
}

std::string ProofText(const RevisedProof& proof) {
  const store::ProofRow& row = proof.stored;
  const Conclusion stored{static_cast<Result>(row.result), row.reason};
  std::string text = "\n; Control " + std::to_string(row.vantage_id) +
                     ", measured " + TimeToText(row.measure_time) + "\n";
  text += ";   stored: " + Said(stored) + "\n";
  text += ";   validated again: " + Said(proof.now.conclusion) + ", " +
          std::to_string(proof.now.signature_checks) + " signatures checked\n";
  if (row.validity) {
    text += ";   valid " + TimeToText(row.validity->from) + " to " +
            TimeToText(row.validity->until) + "\n";
  }
  for (std::size_t i = 0; i < row.links.size(); ++i) {
    const store::ProofLink& link = row.links[i];
    text += "\n; " + QuestionOf(link) + ": " + Said(proof.now.links[i]) + "\n" +
            dns::MessageToText(BytesOf(link.message));
  }
  return text;
}

Json ConclusionJson(const Conclusion& conclusion) {
  return {{"result", ToString(conclusion.result)},
          {"reason", conclusion.reason}};
}

Json ProofJson(const RevisedProof& proof) {
  const store::ProofRow& row = proof.stored;
  Json links = Json::array();
  for (std::size_t i = 0; i < row.links.size(); ++i) {
    const store::ProofLink& link = row.links[i];
    links.push_back({{"qname", link.qname},
                     {"qtype", dns::TypeToText(link.qtype)},
                     {"now", ConclusionJson(proof.now.links[i])},
                     {"message", envelope::ToHex(BytesOf(link.message))},
                     {"text", dns::MessageToText(BytesOf(link.message))}});
  }
  const auto time = [](const std::optional<store::Time>& value) {
    return value ? Json(TimeToText(*value)) : Json(nullptr);
  };
  const auto& validity = row.validity;
  return {
      {"control", row.vantage_id},
      {"measure_time", TimeToText(row.measure_time)},
      {"stored", ConclusionJson({static_cast<Result>(row.result), row.reason})},
      {"now", ConclusionJson(proof.now.conclusion)},
      {"signature_checks", proof.now.signature_checks},
      {"valid_from",
       time(validity ? std::optional(validity->from) : std::nullopt)},
      {"valid_until",
       time(validity ? std::optional(validity->until) : std::nullopt)},
      {"chain", envelope::ToHex(BytesOf(ChainOf(row)))},
      {"links", std::move(links)}};
}

}  // namespace

std::string DnssecPage(const ProofsOfName& name) {
  std::string text = "; " + dns::TypeToText(name.qtype) + " of " + name.qname +
                     " on " + reference::DayText(name.day) +
                     ": what controls' answers are proved by\n";
  if (name.proofs.empty()) {
    return text + "; Nothing: no control's answer was put to the proof.\n";
  }
  text += ";\n; The root's keys, for `delv -a FILE +root=.`:\n" +
          Commented(control::dnssec::AnchorsForDelv(name.anchors));
  for (const RevisedProof& proof : name.proofs) text += ProofText(proof);
  return text;
}

std::string DnssecJson(const ProofsOfName& name) {
  Json proofs = Json::array();
  for (const RevisedProof& proof : name.proofs) {
    proofs.push_back(ProofJson(proof));
  }
  const Json page = {
      {"format", "taster-dnssec/1"},
      {"qname", name.qname},
      {"qtype", dns::TypeToText(name.qtype)},
      {"day", reference::DayText(name.day)},
      {"trust_anchors", control::dnssec::AnchorsForDelv(name.anchors)},
      {"proofs", std::move(proofs)}};
  return page.dump(1) + "\n";
}

std::vector<RevisedProof> Revise(std::vector<store::ProofRow> rows,
                                 const std::filesystem::path& trust_anchor) {
  control::dnssec::Validator validator(OwnValidator(trust_anchor));
  std::vector<RevisedProof> revised;
  for (store::ProofRow& row : rows) {
    const auto chain = control::dnssec::ReadChain(BytesOf(ChainOf(row)));
    auto proof =
        chain ? validator.Validate(
                    *chain,
                    std::chrono::floor<std::chrono::seconds>(row.measure_time))
              : control::dnssec::Unvalidated("what is stored is no chain",
                                             row.links.size());
    revised.push_back({std::move(row), std::move(proof)});
  }
  return revised;
}

}  // namespace taster::cli
