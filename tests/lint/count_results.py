#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says in one plain line what a JUnit file of ctest holds."""
import re
import sys
import xml.etree.ElementTree as ElementTree


def main(path):
    suite = ElementTree.parse(path).getroot()
    cases = suite.findall("testcase")
    failed = [case for case in cases if case.get("status") == "fail"]
    skipped = [case for case in cases
               if case.get("status") in ("notrun", "disabled")]
    reasons = set()
    for case in cases:
        reasons.update(re.findall(r"SKIPPED: .*",
                                  case.findtext("system-out") or ""))
    for reason in sorted(reasons):
        print(reason)
    for case in failed:
        print(f"FAILED: {case.get('name')}")
    line = f"{len(cases) - len(failed) - len(skipped)} passed, "
    line += f"{len(failed)} failed"
    print(line + (f", {len(skipped)} skipped" if skipped else ""))


if __name__ == "__main__":
    main(sys.argv[1])
