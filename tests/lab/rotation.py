# SPDX-License-Identifier: Apache-2.0
"""Moves the clean names on to their next addresses, every few seconds."""

import threading


class Rotator(threading.Thread):
    """Rewrites zones and has their servers read them, until stopped."""

    def __init__(self, zones_and_servers, period):
        """zones_and_servers: pairs of RegionZones and AuthoritativeServer.

        period: seconds between turns.
        """
        super().__init__(name="rotator", daemon=True)
        self._pairs = zones_and_servers
        self._period = period
        self._stopped = threading.Event()
        self.turn = 0

    def run(self):
        while not self._stopped.wait(self._period):
            self.turn += 1
            for zones, server in self._pairs:
                zones.rotate(self.turn)
                server.reload()

    def stop(self):
        self._stopped.set()
        if self.is_alive():
            self.join()
