// SPDX-License-Identifier: Apache-2.0
#include "tests/load/sets.h"

#include "tests/load/reply.h"

namespace taster::load {
namespace {

using std::chrono::microseconds;

constexpr std::int64_t kDayMicros = 86'400'000'000;
constexpr std::uint16_t kDnsPort = 53;
constexpr int kLongestWay = 24;  // Of steps that a trace asks for.

const dns::Name& ControlName() {
  static const dns::Name name = *dns::Name::Parse("example.com");
  return name;
}

net::IpAddress Ip(std::string_view text) {
  return *net::IpAddress::Parse(text);
}

// Whom the questions of a set go to.
struct Server {
  const char* address;
  v1::ServerKind kind;
  v1::Transport transport;
  bool asks_control_name;
};
constexpr Server kServers[kSetSize] = {
    {"192.0.0.53", v1::SERVER_KIND_SYSTEM, v1::TRANSPORT_UDP, false},
    {"8.8.8.8", v1::SERVER_KIND_RECURSIVE, v1::TRANSPORT_UDP, false},
    {"8.8.8.8", v1::SERVER_KIND_RECURSIVE, v1::TRANSPORT_UDP, true},
    {"8.8.8.8", v1::SERVER_KIND_RECURSIVE, v1::TRANSPORT_TCP, false},
    {"198.18.6.66", v1::SERVER_KIND_CANARY, v1::TRANSPORT_UDP, false},
};

void SetMicros(std::int64_t micros, google::protobuf::Duration* to) {
  to->set_seconds(micros / 1'000'000);
  to->set_nanos(static_cast<std::int32_t>(micros % 1'000'000 * 1000));
}

void SetAddress(const net::IpAddress& address, std::string* to) {
  to->assign(reinterpret_cast<const char*>(address.bytes().data()),
             address.bytes().size());
}

}  // namespace

// One question with all that chance decides about it.
struct Sets::Asking {
  const Prober& prober;
  const Target& target;
  Server server;
  std::uint32_t set;
  std::int64_t time;     // Microseconds since 1970.
  std::uint64_t chance;  // Of this question alone.

  std::uint16_t id() const { return static_cast<std::uint16_t>(chance); }
  // Between `least` and four times as much, mostly little.
  std::int64_t Delay(std::int64_t least, int which) const {
    const auto share = Mixed(chance, static_cast<std::uint64_t>(which)) % 1000;
    return least +
           least * 3 * static_cast<std::int64_t>(share * share) / 1'000'000;
  }
};

v1::Measurement* Sets::Ask(const Asking& asking, const dns::Name& name,
                           v1::Batch* batch) const {
  auto* asked = batch->add_measurements();
  asked->set_set(asking.set);
  asked->set_question_role(asking.server.asks_control_name
                               ? v1::QUESTION_ROLE_CONTROL_NAME
                               : v1::QUESTION_ROLE_TARGET);
  asked->set_query(Query(name, asking.id()));
  SetAddress(Ip(asking.server.address),
             asked->mutable_server()->mutable_address());
  asked->mutable_server()->set_port(kDnsPort);
  asked->set_server_kind(asking.server.kind);
  asked->set_transport(asking.server.transport);
  asked->mutable_query_time()->set_seconds(asking.time / 1'000'000);
  asked->mutable_query_time()->set_nanos(
      static_cast<std::int32_t>(asking.time % 1'000'000 * 1000));
  asked->mutable_window()->set_seconds(5);
  asked->set_outcome(v1::OUTCOME_TIMEOUT);
  if (asking.server.transport == v1::TRANSPORT_TCP) {
    auto* stream = asked->mutable_stream();
    stream->set_phase(v1::STREAM_PHASE_EXCHANGE);
    SetMicros(asking.Delay(30'000, 9), stream->mutable_connect_time());
  } else {
    asked->set_source_port(1024u + asking.id() % 60'000u);
  }
  return asked;
}

namespace {

v1::Response* Add(std::int64_t offset, int ip_ttl, std::string message,
                  v1::Measurement* to) {
  to->set_outcome(v1::OUTCOME_RESPONSE);
  auto* reply = to->add_responses();
  SetMicros(offset, reply->mutable_arrival_offset());
  *reply->mutable_source() = to->server();
  if (to->transport() == v1::TRANSPORT_UDP) {
    reply->set_ip_ttl(static_cast<std::uint32_t>(ip_ttl));
    reply->set_dont_fragment(false);
    reply->set_ip_id_zero(false);
  } else {
    to->mutable_stream()->set_bytes_received(message.size());
  }
  reply->set_message(std::move(message));
  return reply;
}

}  // namespace

void Sets::AddForgery(const Asking& asking, const dns::Name& name,
                      v1::Measurement* to) const {
  const Network& network = *asking.prober.network;
  if (network.way == Way::kIran) {
    const auto wall = Ip("10.10.34.36");
    Add(asking.Delay(8'000, 1), 60, Reply(name, asking.id(), {&wall, 1}), to);
    return;
  }
  // The pool's order is walked as time goes on.
  const auto walk = static_cast<std::size_t>(asking.time / 60'000'000);
  const auto& pool = world_.pool;
  const auto& second = pool[(walk + asking.chance % 3) % pool.size()];
  auto* gfw2 = Add(
      asking.Delay(6'000, 2), 40 + static_cast<int>(walk % 80),
      Reply(name, asking.id(), {&second, 1},
            {.rr_ttl = 60 + static_cast<std::uint32_t>(asking.chance % 200)}),
      to);
  gfw2->set_dont_fragment(true);
  if (asking.chance % 4 == 0) return;
  const auto& third = pool[(walk + 200 + asking.chance % 3) % pool.size()];
  Add(asking.Delay(9'000, 3), 90, Reply(name, asking.id(), {&third, 1}), to)
      ->set_ip_id_zero(true);
}

void Sets::AddTruth(const Asking& asking, const Target& target,
                    v1::Measurement* to) const {
  const std::size_t some = 1 + asking.chance % target.truth.size();
  Add(asking.Delay(45'000, 4), 50,
      Reply(target.name, asking.id(),
            std::span(target.truth).first(std::min<std::size_t>(some, 4))),
      to);
}

void Sets::AddTarget(const Prober& prober, std::size_t target, int day,
                     std::uint32_t set, v1::Batch* batch) const {
  const Target& named = world_.targets[target];
  const Target control{ControlName(), {Ip("93.184.215.14")}, false};
  const bool forges =
      !prober.is_control && world_.Forges(*prober.network, target, day);
  const auto chance = Mixed(prober.number, target, static_cast<unsigned>(day));
  const std::int64_t begin =
      microseconds(begin_.time_since_epoch() + std::chrono::days(day)).count() +
      static_cast<std::int64_t>(chance % kDayMicros);
  for (int i = 0; i < kSetSize; ++i) {
    const Asking asking{
        .prober = prober,
        .target = kServers[i].asks_control_name ? control : named,
        .server = kServers[i],
        .set = set,
        .time = begin + i * 500'000,
        .chance = Mixed(chance, static_cast<unsigned>(i))};
    auto* asked = Ask(asking, asking.target.name, batch);
    const bool on_path = asking.server.transport == v1::TRANSPORT_UDP &&
                         !asking.server.asks_control_name && forges &&
                         prober.network->way != Way::kResolver;
    if (on_path) AddForgery(asking, named.name, asked);
    if (asking.server.kind == v1::SERVER_KIND_CANARY) continue;
    const bool lies = forges && prober.network->way == Way::kResolver &&
                      asking.server.kind == v1::SERVER_KIND_SYSTEM;
    if (lies) {
      const auto page = Ip("36.86.63.185");
      Add(asking.Delay(7'000, 5), 61,
          Reply(named.name, asking.id(), {&page, 1}, {.rr_ttl = 5}), asked);
      continue;
    }
    // One in 200 is lost.
    if (Mixed(asking.chance, 7) % 200 == 0) continue;
    AddTruth(asking, asking.target, asked);
  }
}

void Sets::AddStep(const Asking& asking, int step, bool for_control,
                   v1::Batch* batch) const {
  const Network& network = *asking.prober.network;
  const dns::Name& name = for_control ? ControlName() : asking.target.name;
  auto* asked = Ask(asking, name, batch);
  asked->set_question_role(for_control ? v1::QUESTION_ROLE_TRACE_CONTROL_NAME
                                       : v1::QUESTION_ROLE_TRACE);
  asked->set_query_ip_ttl(static_cast<std::uint32_t>(step));
  if (!for_control && step >= network.injector) {
    AddForgery(asking, name, asked);
  }
  if (step >= network.hops) {
    AddTruth(asking, {name, asking.target.truth, false}, asked);
    return;
  }
  if (step < 3) return;  // A probe leaves its own first routers out.
  auto* expired = asked->add_icmp_errors();
  SetAddress(net::IpAddress::FromV4((network.asn % 223 + 1) << 24 |
                                    static_cast<std::uint32_t>(step) << 8 | 1),
             expired->mutable_offender());
  expired->set_type(11);
  SetMicros(asking.Delay(step * 2'000, 6), expired->mutable_arrival_offset());
  if (asked->responses().empty()) asked->set_outcome(v1::OUTCOME_TTL_EXCEEDED);
}

void Sets::AddTrace(const Prober& prober, std::size_t target, int day,
                    std::uint32_t set, v1::Batch* batch) const {
  if (prober.network->injector == 0 ||
      !world_.Forges(*prober.network, target, day)) {
    return;
  }
  const auto chance =
      Mixed(prober.number, target, static_cast<unsigned>(day) + 1000);
  const std::int64_t begin =
      microseconds(begin_.time_since_epoch() + std::chrono::days(day)).count() +
      static_cast<std::int64_t>(chance % kDayMicros);
  int asked = 0;
  for (int step = 1; step <= std::min(prober.network->hops + 2, kLongestWay);
       ++step) {
    for (int again = 0; again < 6; ++again, ++asked) {
      AddStep({.prober = prober,
               .target = world_.targets[target],
               .server = kServers[1],
               .set = set,
               .time = begin + asked * 20'000,
               .chance = Mixed(chance, static_cast<unsigned>(asked))},
              step, again % 2 == 1, batch);
    }
  }
}

}  // namespace taster::load
