# SPDX-License-Identifier: Apache-2.0
"""A name server that says nothing but what stands in a chain, byte for byte:
so that others than its maker can validate it.
"""

import socket
import threading

SERVFAIL = 2


def split(chain):
    """The messages of a chain: each behind its length in two bytes."""
    messages = []
    while chain:
        size = int.from_bytes(chain[:2], "big")
        messages.append(chain[2:2 + size])
        chain = chain[2 + size:]
    return messages


def question_end(message):
    """Offset behind the first question, which is not compressed."""
    at = 12
    while message[at]:
        at += 1 + message[at]
    return at + 5


def key(message):
    """Name in lower case, type and class of the first question."""
    question = message[12:question_end(message)]
    return question[:-4].lower() + question[-4:]


# DO is set, 4,096 bytes fit.
OPT = bytes.fromhex("000029100000008000 0000".replace(" ", ""))


class ChainServer:
    """Serves on loopback between __enter__ and __exit__; UDP alone."""

    def __init__(self, chain):
        self._messages = {key(message): message for message in split(chain)}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self.port = self._socket.getsockname()[1]
        self.unknown = []  # Questions that the chain does not answer.

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()
        self._socket.close()

    def _serve(self):
        while not self._ended.is_set():
            try:
                query, client = self._socket.recvfrom(4096)
            except TimeoutError:
                continue
            self._socket.sendto(self._answer(query), client)

    def _answer(self, query):
        """The message with the query's id and question, and an OPT behind."""
        end = question_end(query)
        known = self._messages.get(key(query))
        if known is None:
            self.unknown.append(key(query))
            flags = bytes((0x81, 0x80 | SERVFAIL))
            return (query[:2] + flags + b"\0\1\0\0\0\0\0\1" + query[12:end]
                    + OPT)
        return (query[:2] + known[2:10] + b"\0\1" + query[12:end]
                + known[end:] + OPT)
