# SPDX-License-Identifier: Apache-2.0
"""Random paths with an injector somewhere, and what may be said of them."""

import random
from dataclasses import dataclass

import chain

NAMES = {  # By how the injector sets its IP TTL.
    "copied": "copied.plain.test",
    "random": "random.plain.test",
    "fixed": "fixed.plain.test",
    "both": "both.plain.test",  # One that copies and one at random.
    "none": "clean.plain.test",
}
RULES = (
    f"name {NAMES['copied']} main_face",
    f"name {NAMES['random']} p20",
    f"name {NAMES['both']} main_both",
    "static one 203.0.113.9 2001:db8::9 300",
    f"static-name one {NAMES['fixed']}",
)


@dataclass(frozen=True)
class Situation:
    shape: chain.Shape
    ttl: str
    ipv6: bool
    loss: float
    seed: int

    @property
    def name(self):
        return NAMES[self.ttl]

    @property
    def hop(self):
        """Where the injector sits; None: nowhere."""
        return None if self.ttl == "none" else self.shape.wired

    @property
    def allows_exactness(self):
        """Whether an exact hop can be had at all."""
        if self.ttl != "copied":
            return True
        bend = self.shape.bend
        return not self.shape.silent and (not bend or bend.added == 0)

    def __str__(self):
        shape, bend = self.shape, self.shape.bend
        return (f"{shape.routers} routers, {self.ttl} at {shape.wired}, "
                f"{'IPv6' if self.ipv6 else 'IPv4'}, loss {self.loss:.2f}"
                + (", silent" if shape.silent else "")
                + (f", bent {bend.near_server}>{bend.near_probe} "
                   f"{bend.added:+}" if bend else ""))


def make(seed):
    """The situation of a seed: always the same."""
    dice = random.Random(seed)
    routers = dice.randint(1, 6)
    silent = dice.random() < 0.25
    bend = None
    if routers > 1 and dice.random() < 0.4:
        near_server = dice.randint(2, routers)
        bend = chain.Bend(near_server, dice.randint(0, near_server - 1),
                          dice.randint(0, 3))
        if bend.extra == 0 and bend.near_probe == near_server - 1:
            bend = None  # The way it is.
    # What is thrown away at the last router never meets the last link.
    wired = dice.randint(1, routers if silent else routers + 1)
    return Situation(
        chain.Shape(routers, wired, bend, silent),
        dice.choice(("copied", "copied", "random", "fixed", "both", "none")),
        ipv6=dice.random() < 0.5,
        loss=dice.choice((0, 0, dice.uniform(0, 0.1))),
        seed=seed,
    )
