# SPDX-License-Identifier: Apache-2.0
"""Real name servers: nsd for the authorities, unbound for the resolvers."""

import signal
from dataclasses import dataclass
from pathlib import Path

import address_plan as plan

NSD_CONFIGURATION = """server:
  ip-address: {ipv4}
  ip-address: {ipv6}
  username: ""
  chroot: ""
  zonesdir: "{directory}"
  database: ""
  pidfile: "{directory}/nsd.pid"
  logfile: "{directory}/nsd.log"
  xfrdfile: "{directory}/xfrd.state"
  zonelistfile: "{directory}/zone.list"
  xfrdir: "{directory}"
  server-count: 1
  rrl-ratelimit: 0
  zonefiles-check: yes
remote-control:
  control-enable: no
"""

UNBOUND_CONFIGURATION = """server:
{interfaces}  access-control: 0.0.0.0/0 allow
  access-control: ::/0 allow
  chroot: ""
  username: ""
  directory: "{directory}"
  pidfile: "{directory}/unbound.pid"
  logfile: "{directory}/unbound.log"
  use-syslog: no
  do-daemonize: no
  module-config: "validator iterator"
  trust-anchor-file: "{trust_anchor}"
  root-hints: "{root_hints}"
  local-zone: "test." nodefault
  qname-minimisation: no
  minimal-responses: yes
  num-threads: 1
  outgoing-range: 4096
  num-queries-per-thread: 2048
  so-rcvbuf: 4m
  so-sndbuf: 4m
{further_lines}  cache-max-ttl: 300
  cache-max-negative-ttl: 5
  infra-cache-min-rtt: 50
remote-control:
  control-enable: no
"""


@dataclass
class AuthoritativeServer:
    """nsd with the zones of one region."""

    role: str
    directory: Path
    child: object = None

    def start(self, children, zones):
        self.directory.mkdir(parents=True)
        ipv4, ipv6 = plan.ADDRESSES[self.role]
        text = NSD_CONFIGURATION.format(
            ipv4=ipv4, ipv6=ipv6, directory=self.directory
        )
        for zone, path in zones.files.items():
            text += f'zone:\n  name: "{zone}"\n  zonefile: "{path}"\n'
        configuration = self.directory / "nsd.conf"
        configuration.write_text(text)
        self.child = children.start(
            self.role, ["nsd", "-d", "-c", configuration]
        )

    def reload(self):
        """Reads the zone files that have changed."""
        self.child.send_signal(signal.SIGHUP)


@dataclass
class RecursiveServer:
    """unbound that starts at the root of one region's authority."""

    role: str
    authority: str  # Role of the authoritative server.
    directory: Path
    further_lines: tuple = ()  # Of the server clause.
    addresses: tuple = ()  # Empty: those of its role.
    child: object = None

    def start(self, children, trust_anchor):
        self.directory.mkdir(parents=True)
        hints = self.directory / "root.hints"
        root_ipv4, root_ipv6 = plan.ADDRESSES[self.authority]
        hints.write_text(
            ". 3600 IN NS ns.auth.\n"
            f"ns.auth. 3600 IN A {root_ipv4}\n"
            f"ns.auth. 3600 IN AAAA {root_ipv6}\n"
        )
        addresses = self.addresses or plan.ADDRESSES[self.role]
        configuration = self.directory / "unbound.conf"
        configuration.write_text(
            UNBOUND_CONFIGURATION.format(
                interfaces="".join(
                    f"  interface: {address}\n" for address in addresses),
                directory=self.directory,
                trust_anchor=trust_anchor,
                root_hints=hints,
                further_lines="".join(
                    f"  {line}\n" for line in self.further_lines),
            )
        )
        self.child = children.start(
            self.role, ["unbound", "-d", "-c", configuration]
        )
