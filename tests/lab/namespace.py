# SPDX-License-Identifier: Apache-2.0
"""Runs a Python function inside a network namespace, in a forked child."""

import ctypes
import os
import traceback

CLONE_NEWNET = 0x40000000


class InsideError(Exception):
    """What ran inside the namespace failed; its traceback went to stderr."""


def enter(name):
    """Moves this process, for good, into the named namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(f"/run/netns/{name}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        if libc.setns(descriptor, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {name}")
    finally:
        os.close(descriptor)


def start_inside(name, function):
    """Forks a child that runs `function` inside; returns its pid."""
    pid = os.fork()
    if pid != 0:
        return pid
    code = 1
    try:
        enter(name)
        function()
        code = 0
    except BaseException:  # A child must never return into the parent's code.
        traceback.print_exc()
    finally:
        os._exit(code)


def run_inside(name, function):
    """Raises InsideError if `function` does not return."""
    run_all_inside([(name, function)])


def run_all_inside(work):
    """The same for many (name, function) at once."""
    pids = [start_inside(name, function) for name, function in work]
    codes = [os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]) for p in pids]
    if any(codes):
        raise InsideError(f"{sum(map(bool, codes))} of {len(codes)} failed")
