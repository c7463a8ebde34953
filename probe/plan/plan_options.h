// SPDX-License-Identifier: Apache-2.0
// What an operator wants asked, how, and how fast.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "probe/capture/question.h"
#include "probe/plan/caps.h"
#include "probe/plan/mail_names.h"
#include "probe/plan/opt_out.h"
#include "proto/dns/name.h"
#include "proto/net/endpoint.h"

namespace taster::plan {

// A resolver that is asked over connections.
struct StreamServer {
  net::Endpoint server;
  capture::Transport transport = capture::Transport::kTcp;
  std::string tls_name;   // Empty: the certificate is for the address.
  std::string http_path;  // Of DoH: "/dns-query".

  friend bool operator==(const StreamServer&, const StreamServer&) = default;
};

struct PlanOptions {
  Profile profile = Profile::kVolunteer;
  bool lab = false;                      // Private addresses are meant.
  dns::Name control_name;                // A name that nobody blocks.
  std::vector<std::uint16_t> types;      // Query types, at least one.
  std::vector<net::Endpoint> system;     // The system's own resolvers.
  bool ask_system = true;                // By our own engine.
  std::vector<net::Endpoint> resolvers;  // Recursive resolvers beside them.
  std::vector<net::Endpoint> canaries;   // Addresses that run no DNS.
  bool system_lookup = true;             // What applications would believe.
  // Resolvers over TCP, DoT or DoH, beside UDP.
  std::vector<StreamServer> streams;
  bool rd0_twin = true;     // RD=0 beside, at canaries.
  bool cd_twin = false;     // CD=1 beside, at resolvers.
  bool plain_twin = false;  // Without EDNS beside, at canaries.
  // How often a server is asked for the target's first type, each time from
  // another port: a path's injectors share load by port.
  int tries = 1;
  bool www_twins = false;  // www.example.com beside example.com.
  // A name whose authority answers with the address that asked it, put to
  // resolvers; empty (the root): not asked.
  dns::Name whoami;
  // NSID, and id.server and version.bind of class CH, at resolvers.
  bool server_identity = false;
  // Services that are tried at answered addresses, by their ports. Empty: none.
  std::vector<std::uint16_t> check_ports;
  OptOut never_check;
  // At others a mail port is not tried.
  MailNames mail_names;
  // Whom an operator who is visited may write to; told to web servers. Of
  // controls, never of volunteers.
  std::string check_contact;
  // Of targets: names of their name servers, whose addresses are asked for
  // beside the target's. An operator's word, never an answer's.
  std::map<dns::Name, std::vector<dns::Name>> name_servers;
  // Targets that are traced after each round, by IP TTL.
  std::vector<dns::Name> traces;
  // Asks its collector what else to look at. Of controls.
  bool tasks = false;
  // Beside a target, keys of the zones around it: what proves its answer by
  // DNSSEC. Of controls.
  bool proof = false;
  double rate = 2.0;  // Queries per second.
  std::chrono::seconds window{5};
};

// PermissionDenied, naming the key, when the compiled limits of the profile
// forbid it. Nothing is ever lowered silently. The system's own resolvers are
// whatever the network gave and are not looked at.
absl::Status CheckPolicy(const PlanOptions& options);

}  // namespace taster::plan
