# SPDX-License-Identifier: Apache-2.0
"""Holds what the collector says against what the lab did."""

from collections import defaultdict
from dataclasses import dataclass, field

import fact_files

ACCUSING = {"poisoned", "likely_poisoned", "filtered", "blocked", "ambiguous"}

# Every forged reply that was recorded, with the injector it was put down to.
ATTRIBUTED = """
SELECT encode(r.message, 'hex'), family(r.source), v.injector_id
FROM analysis.response AS r
JOIN analysis.verdict AS v
  USING (vantage_id, batch_day, batch_id, ordinal, reply)
"""


@dataclass
class Score:
    poisoned_expected: int = 0
    poisoned_found: int = 0
    clean_expected: int = 0
    clean_flagged: int = 0
    clean_consistent: int = 0
    injector_right: int = 0
    injector_total: int = 0
    forged_ipv6: int = 0
    wrong: list = field(default_factory=list)  # What was judged wrongly.

    @property
    def all_right(self):
        return (
            self.poisoned_found == self.poisoned_expected
            and self.clean_flagged == 0
            and self.injector_right >= 0.99 * self.injector_total
            and self.injector_total > 0
        )


def of(collector, forgeries):
    """The score of one run. forgeries: the censor's own record."""
    score = Score()
    verdicts = defaultdict(set)
    for cell in collector.report()["cells"]:
        verdicts[cell["qname"]].add(cell["verdict"])
    for fact in fact_files.poisoned_names():
        score.poisoned_expected += 1
        if "poisoned" in verdicts[fact.name + "."]:
            score.poisoned_found += 1
        else:
            score.wrong.append((fact.name, sorted(verdicts[fact.name + "."])))
    for fact in fact_files.clean_names():
        score.clean_expected += 1
        said = verdicts[fact.name + "."]
        if said & ACCUSING:
            score.clean_flagged += 1
            score.wrong.append((fact.name, sorted(said)))
        elif said == {"consistent"}:
            score.clean_consistent += 1
    _attribution(score, collector, forgeries)
    return score


def _attribution(score, collector, forgeries):
    """Over IPv4 only: IPv6 shows neither DF nor an identification."""
    senders = defaultdict(set)
    for forgery in forgeries:
        senders[forgery.message.hex()].add(forgery.injector)
    for message, family, injector in collector.query(ATTRIBUTED):
        if message not in senders:
            continue
        if family == "6":
            score.forged_ipv6 += 1
            continue
        score.injector_total += 1
        score.injector_right += injector in senders[message]
