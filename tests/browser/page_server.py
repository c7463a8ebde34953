#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hands out the built pages over documents of a fixture, as a server would.

  page_server.py DIST DATA [PORT [FAULT]]  # prints the port, until killed

While there is a file FAULT, every document fails: its text is the status and
the seconds of Retry-After ("503 2").
"""
import http.server
import json
import sys
import urllib.parse
from pathlib import Path

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; "
          "img-src 'self' data:; connect-src 'self'; font-src 'self'; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html",
         ".svg": "image/svg+xml", ".json": "application/json",
         ".txt": "text/plain"}
LISTINGS = {"victims", "injectors", "networks", "controls", "coverage",
            "events", "method", "data"}
KEYED = {"domain": 1, "network": (1, 2), "address": 1, "injector": 1,
         "event": 1, "evidence": 1}


def is_page(parts):
    if not parts:
        return True
    if len(parts) == 1:
        return parts[0] in LISTINGS
    keys = KEYED.get(parts[0])
    allowed = keys if isinstance(keys, tuple) else (keys,)
    return keys is not None and len(parts) - 1 in allowed


class Handler(http.server.BaseHTTPRequestHandler):
    dist = data = fault = None

    def log_message(self, *_):
        pass

    def answer(self, status, kind, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def problem(self, status, **headers):
        self.answer(status, "application/problem+json", json.dumps(
            {"status": status, "title": "not here"}).encode(), **headers)

    def shell(self, name, depth, status=200):
        text = (self.dist / name).read_text(encoding="utf-8")
        root = "../" * depth or "./"
        self.answer(status, "text/html", text.replace("@ROOT@", root).encode())

    def document(self, path):
        if self.fault and self.fault.exists():
            status, seconds = self.fault.read_text(encoding="ascii").split()
            self.problem(int(status), Retry_After=seconds)
            return
        file = (self.data / path).resolve()
        try:
            inside = self.data.resolve() in file.parents
            text = file.read_bytes() if inside else None
        except (OSError, ValueError):
            text = None
        if text is None:
            self.problem(404)
        else:
            self.answer(200, "application/json", text)

    def do_GET(self):
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        parts = [part for part in path.split("/") if part]
        if parts[:2] == ["data", "v1"]:
            self.document("/".join(parts))
        elif parts[:1] == ["assets"] and (
                file := self.dist / "assets" / parts[-1]).is_file():
            self.answer(200, TYPES.get(file.suffix, "text/plain"),
                        file.read_bytes(), Cache_Control="max-age=31536000")
        elif path.endswith("/") and is_page(parts):
            self.shell("index.html", len(parts))
        else:
            self.shell("404.html", path.count("/") - 1, 404)


def main():
    Handler.dist, Handler.data = Path(sys.argv[1]), Path(sys.argv[2])
    port = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    Handler.fault = Path(sys.argv[4]) if len(sys.argv) > 4 else None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
