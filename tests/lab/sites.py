# SPDX-License-Identifier: Apache-2.0
"""Services that answers lead to, on one host with an address for each name:
a web server (nginx) and a mail server (dovecot) that are real."""

import ipaddress
from dataclasses import dataclass

import certificates

STAND_IN = "www.stand-in.test"


@dataclass(frozen=True)
class Site:
    label: str
    ipv4: str
    # What its web server says to the networks that it treats otherwise.
    otherwise: str = "return 200"

    @property
    def name(self):
        return f"{self.label}.plain.test"


NGINX = """daemon off;
user root;
worker_processes 1;
pid "{directory}/nginx.pid";
error_log "{directory}/nginx.log";
events {{ worker_connections 256; }}
http {{
  access_log off;
  {temporary}
  ssl_certificate "{pem}";
  ssl_certificate_key "{key}";
  geo $otherwise {{ default 0; {networks} 1; }}
{servers}}}
"""
SERVER = """  server {{
    listen {ipv4}:443 ssl;
    if ($otherwise) {{ {otherwise}; }}
    return 200 "{name}";
  }}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

DOVECOT = """base_dir = {directory}/run
state_dir = {directory}/state
log_path = {directory}/dovecot.log
protocols = imap submission
listen = {listen}
ssl = required
ssl_cert = <{pem}
ssl_key = <{key}
submission_relay_host = 127.0.0.1
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid=root gid=root home=/nonexistent
}}
"""


def start(spawn, role, directory, authority, sites, treated_otherwise):
    """Serves `sites` inside the namespace of `role`.

    spawn: starts a program there. authority: signs for all names below
    plain.test. treated_otherwise: a network.
    """
    directory.mkdir(parents=True)
    certificate = certificates.issue(authority, directory, "*.plain.test")
    pair = {"directory": directory, "pem": certificate.pem,
            "key": certificate.key}
    web = directory / "nginx.conf"
    web.write_text(NGINX.format(
        temporary="\n  ".join(
            f'{kind}_temp_path "{directory}/{kind}";' for kind in TEMPORARY),
        networks=ipaddress.ip_network(treated_otherwise),
        servers="".join(SERVER.format(
            ipv4=site.ipv4, name=site.name, otherwise=site.otherwise)
            for site in sites), **pair))
    mail = directory / "dovecot.conf"
    mail.write_text(DOVECOT.format(
        listen=", ".join(site.ipv4 for site in sites), **pair))
    spawn(role, ["nginx", "-c", web])
    spawn(role, ["dovecot", "-F", "-c", mail])
