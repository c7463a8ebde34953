# SPDX-License-Identifier: Apache-2.0
"""Every situation of one lab is judged as an honest judge must.

TASTER_BUILD=DIRECTORY python3 tests/lab/situations_test.py
"""

import os
import time
import unittest

import households
import main_job
import requirements
import scene
import situations
from annex import MAIL_PORT, STARTTLS_PORTS, Annex

ROUND_SECONDS = 90
SETTLE_SECONDS = 20
# Further replies are awaited this long.
WINDOW = ("window_seconds = 2",)


def plan(lines, *more):
    """The main job's questions, but for A and AAAA and less patient."""
    kept = [line for line in lines
            if not line.startswith(("types", "window_seconds"))]
    return (*kept, 'types = ["A", "AAAA"]', *WINDOW, *more)


def home_plan(home, staged):
    """Asks for A unless its own lines say otherwise."""
    def says(key):
        return any(line.startswith(key) for line in home.lines)

    lines = ["tries = 3",
             f'stream_ca = "{staged.lab.authority_pem}"',
             f"rate = {main_job.RATE}", *home.lines]
    if not says("control_name"):
        lines.append(f'control_name = "{main_job.CONTROL_NAME}"')
    if not says("types"):
        lines.append('types = ["A"]')
    if not says("system_servers"):
        lines.append("system_lookup = false")
    if not says("window_seconds"):
        lines += WINDOW
    return lines


def further_control(staged, country, asn):
    """A control beside the stage's own, and in the same place."""
    control = staged.party("control", "control", country, asn)
    control.state = control.state.with_name(f"control-{country}")
    return control


def network_parties(staged):
    """(party, plan, names) of controls and of every country."""
    everything = [one.name for one in situations.SITUATIONS]
    for control in (staged.control, further_control(staged, "US", 64504)):
        yield (control, plan(main_job.CONTROL_PLAN),
               [*everything, *households.names()])
    # This one visits what answers lead to.
    visitor = further_control(staged, "SE", 64503)
    lines = [line for line in plan(main_job.CONTROL_PLAN)
             if not line.startswith("control_name")]
    yield (visitor, [*lines, *households.checks(443, MAIL_PORT,
                                                 *STARTTLS_PORTS),
                     f'stream_ca = "{staged.lab.authority_pem}"'],
           [site.name for site in households.SITES])
    for country in situations.COUNTRIES:
        party = staged.party("probe", "probe", country, 64496)
        party.state = party.state.with_name(f"probe-{country}")
        streams = ['streams = ["tcp://10.9.3.53"]'] if country == "CN" else []
        yield (party, plan(main_job.PROBE_PLAN, "tries = 3", *streams), [
            one.name for one in situations.SITUATIONS
            if one.country == country])


def home_parties(staged, names):
    """The same of every home; names: of a home, what it asks for."""
    for home in households.HOUSEHOLDS:
        if names(home):
            yield (staged.party(home.place, "probe", home.country, home.asn),
                   home_plan(home, staged), names(home))


def measure(staged, parties):
    """One round of each."""
    for party, lines, names in parties:
        party.configure(staged.collector, lines, names)
        staged.collector.enroll(party)
    rounds = [(party, party.start("once")) for party, _, _ in parties]
    for party, process in rounds:
        party.finish(process, ROUND_SECONDS)


def said(cells):
    """(name, type, country, AS) to verdict, mechanisms and injectors."""
    return {
        (cell["qname"], cell["qtype"], cell["country"], cell["asn"]):
            (cell["verdict"], cell["mechanisms"], cell["injectors"])
        for cell in cells
    }


def wanted():
    """The same, as it must be said."""
    asked = [(one, one.country, 64496) for one in situations.SITUATIONS]
    asked += [(one, home.country, home.asn) for home in households.HOUSEHOLDS
              for one in (*home.must_say, *home.later)]
    return {
        (one.name + ".", one.qtype, country, asn):
            (one.verdict, [one.mechanism] if one.mechanism else [],
             one.injector.split())
        for one, country, asn in asked
    }


def settle(collector):
    """What is said once late control has changed nothing for a while."""
    deadline = time.monotonic() + SETTLE_SECONDS
    want = wanted()
    while True:
        found = said(collector.report()["cells"])
        right = all(found.get(key) == value for key, value in want.items())
        if right or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


class Situations(unittest.TestCase):
    maxDiff = None

    def set_the_stage(self):
        stage = scene.stage(os.environ["TASTER_BUILD"],
                            settings=situations.settings())
        try:
            staged = stage.__enter__()
        except requirements.LabUnavailable as missing:
            self.skipTest(f"SKIPPED: {missing}")
        self.addCleanup(lambda: stage.__exit__(None, None, None))
        annex = Annex(staged.lab)
        self.addCleanup(annex.remove)
        annex.build(households.isp_lines(), households.led_lines(),
                    households.SITES)
        return staged

    def test_each_is_judged_as_it_must_be(self):
        staged = self.set_the_stage()
        staged.collector.start()
        measure(staged, [
            *network_parties(staged),
            *home_parties(staged, lambda home: [
                one.name for one in home.must_say])])
        # It learns when it starts, and every minute.
        staged.collector.stop()
        staged.collector.start()
        measure(staged, [*home_parties(staged, lambda home: [
            one.name for one in home.later])])
        found = settle(staged.collector)
        for key, value in wanted().items():
            with self.subTest(key):
                self.assertEqual(found.get(key), value)
        self.assert_evidence(staged.collector)

    def assert_evidence(self, collector):
        """What accuses is what was to be shown, not some other rule."""
        rows = collector.query(
            "SELECT DISTINCT f.rule_id, m.qname FROM analysis.finding AS f JOIN "
            "analysis.measurement AS m USING (vantage_id, batch_day, batch_id, "
            "ordinal)")
        fired = {(rule, name.lower().rstrip(".")) for rule, name in rows}
        expected = [("learned_pool_address", name) for name in
                    (*households.VICTIMS, *households.LATER_VICTIMS)]
        expected += [(rule, "denied.plain.test") for rule in (
            "encrypted_twin_differs", "identity_elsewhere")]
        expected += [("conflicting_replies", "late.plain.test"),
                     ("foreign_alias", "chat.plain.test")]
        for rule, name in expected:
            with self.subTest(name, rule=rule):
                self.assertIn((rule, name), fired)
        ports = collector.query(
            "SELECT DISTINCT v.role, m.server_port, m.outcome "
            "FROM measurement AS m JOIN vantage AS v USING (vantage_id) "
            "WHERE m.server_kind = 'host'")
        for port in map(str, STARTTLS_PORTS):
            self.assertIn(["control", port, "served"], ports)
            self.assertIn(["probe", port, "timeout"], ports)
        self.assertIn(["consistent", "poisoned"], collector.query(
            "SELECT first.class, second.class FROM analysis.verdict AS first "
            "JOIN analysis.verdict AS second USING (vantage_id, batch_day, "
            "batch_id, ordinal) JOIN analysis.measurement USING (vantage_id, "
            "batch_day, batch_id, ordinal) WHERE first.reply = 1 AND "
            "second.reply > 1 AND lower(qname) = 'late.plain.test.'"))


if __name__ == "__main__":
    unittest.main()
