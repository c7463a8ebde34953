# SPDX-License-Identifier: Apache-2.0
"""Starts programs inside namespaces and stops them by their pid."""

import ctypes
import os
import signal
import subprocess

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 3
_libc = ctypes.CDLL(None)


def _die_with_parent():
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Every process that one lab has started."""

    def __init__(self, topology):
        self._topology = topology
        self._running = []

    def start(self, role, arguments, **options):
        """Popen of `arguments` inside the role's namespace."""
        child = subprocess.Popen(
            self.command(role, arguments),
            preexec_fn=_die_with_parent,
            start_new_session=True,
            **options,
        )
        self._running.append(child)
        return child

    def run(self, role, arguments, **options):
        """CompletedProcess of `arguments`, with its output as text."""
        options = {"capture_output": True, "text": True, **options}
        return subprocess.run(self.command(role, arguments), **options)

    def command(self, role, arguments):
        """role: None stands for the machine itself, outside of the lab."""
        if role is None:
            return list(map(str, arguments))
        name = self._topology.name(role)
        return ["ip", "netns", "exec", name, *map(str, arguments)]

    def stop_all(self):
        """Ends the youngest first: SIGTERM, then SIGKILL to its group."""
        for child in reversed(self._running):
            if child.poll() is None:
                child.terminate()
        for child in reversed(self._running):
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self._running.clear()
