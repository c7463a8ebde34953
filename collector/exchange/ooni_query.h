// SPDX-License-Identifier: Apache-2.0
// One query of OONI's df-002-dnst, and the late replies to it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "collector/exchange/json_place.h"
#include "collector/exchange/ooni_engine.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

// What all queries of one OONI measurement have in common.
struct OoniMeasurement {
  std::string id;  // Of the measurement; distinct within the file.
  Role role = Role::kProbe;
  judge::Network network;
  std::chrono::sys_seconds start{};
};

// A query as it is being read. Complaints are the document's.
class OoniQuery {
 public:
  // Reads everything but the reply. `index` counts the measurement's queries.
  OoniQuery(const Place& query, const OoniMeasurement& measurement,
            std::uint32_t index);

  // Adds the reply that `query` holds, or tells why there was none.
  void AddReply(const Place& query);

  // Whether `late`, read from a list of late replies, asks what this asks.
  bool Asks(const OoniQuery& late) const;

  // Appends what the query amounts to: nothing, where it names no domain or
  // tells nothing; two records, where one call asked for A and AAAA. Ordinals
  // are positions in `records`, unless our own keys tell them.
  void Finish(std::vector<Record>* records) &&;

 private:
  void ReadQuestion(const Place& query);
  void ReadName(const Place& query);
  judge::Observation ReadMessage(const Place& query,
                                 const std::string& bytes) const;
  judge::Observation ReadText(const Place& query) const;
  void ReadFacts(const Place& query, judge::Observation* reply) const;
  // `told` is what the failure string says.
  void SetOutcome(judge::Outcome told);
  void ReadQueryId(const std::string& message);
  void SplitFamilies(std::vector<Record>* records);

  Record record_;
  OoniEngine engine_;
  // Neither an address nor masked text stands where the name should.
  bool names_domain_ = true;
  bool is_own_ = false;       // Has our own keys.
  bool knows_query_ = false;  // query_id is known.
  bool has_outcome_ = false;
  bool tells_nothing_ = false;  // Neither an answer nor a failure.
  // As OONI's fields have them.
  dns::Name hostname_;
  std::uint16_t query_type_ = 0;
  std::string resolver_;
  std::int64_t transaction_ = 0;
};

}  // namespace taster::exchange
