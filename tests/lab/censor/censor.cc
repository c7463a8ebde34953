// SPDX-License-Identifier: Apache-2.0
// Asks each injector what it says to a query that passes.
#include "tests/lab/censor/censor.h"

#include <utility>

namespace taster::lab {
namespace {

constexpr std::uint16_t kDnsPort = 53;
// China's come three at a time (Wang et al., Your State is Not Mine, IMC 2017).
constexpr int kResetsToEach = 3;

// Blocked ports, and questions that cut their connection.
void CutConnection(const NetworkRules& rules, const IpPacket& packet,
                   Decision& decision) {
  const std::optional<TcpSegment> segment = ParseTcp(packet);
  if (!segment) return;
  if (const PortBlock* block = FindBlock(rules, *segment)) {
    decision.drops_packet = true;
    if (block->resets) {
      decision.resets.push_back({ResetSender(*segment), true});
    }
    return;
  }
  if (!AsksForCutName(rules, *segment)) return;
  for (int i = 0; i < kResetsToEach; ++i) {
    decision.resets.push_back({ResetSender(*segment), true});
    decision.resets.push_back({ResetReceiver(*segment), false});
  }
}

}  // namespace

Censor::Censor(Rules rules, std::uint64_t seed)
    : rules_(std::move(rules)),
      redirector_(rules_.network.redirects),
      random_(seed),
      gfw1_(rules_.pools, random_),
      gfw2_(rules_.pools, random_),
      gfw3_(rules_.pools, rules_.processes, random_) {}

Decision Censor::Decide(ByteView packet, Direction direction) {
  Decision decision;
  if (const std::optional<IpPacket> ip = ParseIp(packet)) {
    decision.replacement = redirector_.Rewrite(*ip, direction);
    if (direction == Direction::kOutward) {
      CutConnection(rules_.network, *ip, decision);
    }
  }
  if (direction == Direction::kOutward || rules_.inspects_inward) {
    Forge(packet, decision);
  }
  return decision;
}

void Censor::Forge(ByteView packet, Decision& decision) {
  const std::optional<UdpPacket> query = ParseUdp(packet);
  if (!query || query->destination_port != kDnsPort) return;
  const std::optional<Question> question = ParseQuestion(query->payload);
  if (!question) return;
  for (const StaticInjector& injector : rules_.static_injectors) {
    if (!injector.Censors(question->flat_name)) continue;
    Emit(*query, *question, injector.Forge(*question), decision);
  }
  if (rules_.thin_names.contains(question->flat_name)) {
    decision.drops_packet = IsFirstOfItsKind(*query, *question);
  }
  const std::optional<Group> group =
      rules_.blocklist.Match(question->flat_name);
  if (!group) return;
  if (*group == Group::kDrop) {
    decision.drops_packet = true;
    return;
  }
  Emit(*query, *question, gfw1_.Forge(*question), decision);
  Emit(*query, *question, gfw2_.Forge(*question, *group), decision);
  Emit(*query, *question, gfw3_.Forge(*query, *question, *group), decision);
}

bool Censor::IsFirstOfItsKind(const UdpPacket& query,
                              const Question& question) {
  const ByteView server = query.destination;
  return thinned_
      .emplace(question.flat_name, question.qtype,
               Bytes(server.begin(), server.end()))
      .second;
}

void Censor::Emit(const UdpPacket& query, const Question& question,
                  std::optional<Forgery> forgery, Decision& decision) {
  if (!forgery) return;
  // The three stand side by side: their latencies differ by less than 0.2 ms
  // (Triplet Censors, FOCI 2020).
  std::uniform_int_distribution<int> latency(150'000, 350'000);
  Emission emission{
      .injector = forgery->injector,
      .traits = forgery->traits,
      .message = BuildMessage(question, *forgery),
      .delay = forgery->late + std::chrono::nanoseconds(latency(random_))};
  emission.packet = BuildAnswer(query, forgery->traits, emission.message);
  decision.emissions.push_back(std::move(emission));
}

}  // namespace taster::lab
