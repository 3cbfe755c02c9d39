#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what Meson's test logs hold, each TAP line as one test.

usage: tally.py [--expect=SUITE…] [LABEL]=TESTLOG…

TESTLOG is a testlog.json; without a LABEL its tests are counted by suite. A label
or an expected suite without a test is a failure, and so is each file that a
sanitizer left in the folder "reports" beside a log. Prints a table of suites, then
"N passed, N failed" alone on the last line. Before the table comes what each program
that failed said of it in TAP's comments, for Meson shows of such a program only what
went to standard error.
"""

import json
import re
import sys
from pathlib import Path

TAP_LINE = re.compile(r'^\s*(not )?ok\b(?:[^#\\]|\\.)*(?:#\s*(SKIP|TODO)\b)?', re.IGNORECASE)

# A program tells at most so much of its failures: the first lines, and the last.
FIRST, LAST, WIDTH = 120, 120, 400


def testimony(text):
    """What a program that failed said of it: its failed lines with the comments before and after
    each; where there is none, the end of what it said."""
    told, comments, failed = [], [], False
    for line in text.splitlines():
        match = TAP_LINE.match(line)
        if match:
            failed = bool(match[1]) and (match[2] or '').upper() not in ('SKIP', 'TODO')
            told += [*comments, line] if failed else []
            comments = []
        elif line.startswith('Bail out!'):
            told += [*comments, line]
            comments = []
        elif line.lstrip().startswith('#'):
            (told if failed else comments).append(line)
    # It crashed, leaked or ran out of time in the middle of something.
    told = [*told, *comments] if told else text.splitlines()[-LAST:]
    if len(told) > FIRST + LAST:
        told[FIRST:-LAST] = [f'[{len(told) - FIRST - LAST} lines left out]']
    return [line[:WIDTH] for line in told]


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.seconds = 0.0
        self.broken = []
        self.told = []

    def add(self, test):
        before = self.failed
        told = self.add_tap(test.get('stdout') or '')
        self.seconds += test.get('duration') or 0
        result = test['result']
        # A crash, a time-out or a leak says nothing in TAP of its own.
        if result in ('OK', 'EXPECTEDFAIL', 'SKIP'):
            if not told and result == 'SKIP':
                self.skipped += 1
            elif not told:
                self.passed += 1
        elif self.failed == before:
            self.failed += 1
        if self.failed > before:
            self.broken.append(f'{test["name"]}: {result.lower()}')
            self.told += [f'---- {test["name"]}', *testimony(test.get('stdout') or '')]

    def add_tap(self, text):
        """Counts the TAP lines of one program and says how many there were."""
        told = 0
        for line in text.splitlines():
            match = TAP_LINE.match(line)
            if not match:
                continue
            told += 1
            directive = (match[2] or '').upper()
            if directive == 'SKIP':
                self.skipped += 1
            elif match[1] and directive != 'TODO':
                self.failed += 1
            else:
                self.passed += 1
        return told

    @property
    def total(self):
        return self.passed + self.failed + self.skipped


def suites_of(log):
    """Returns a function that names the suite of a test in the log."""
    known = json.loads((log.parents[1] / 'meson-info/intro-tests.json').read_text())
    by_name = {test['name']: test['suite'][0] for test in known}

    def suite_of(test):
        # Meson writes "project:suite - name" or, when all is one suite, "name".
        words = re.split(r' [-/] ', test['name'], maxsplit=1)
        suite = words[0] if len(words) == 2 else by_name.get(test['name'], test['name'])
        return suite.rpartition(':')[2]

    return suite_of


def main(arguments):
    counts = {}
    for argument in arguments:
        if argument.startswith('--expect='):
            counts[argument.partition('=')[2]] = Count()
    for argument in arguments:
        label, _, log = argument.partition('=')
        if label == '--expect':
            continue
        if label:
            counts.setdefault(label, Count())
        if not Path(log).exists():
            continue
        suite_of = suites_of(Path(log))
        for line in Path(log).read_text().splitlines():
            test = json.loads(line)
            counts.setdefault(label or suite_of(test), Count()).add(test)
        for report in sorted(Path(log).parent.glob('reports/*')):
            print(report.read_text(errors='replace'))
            counts[label].failed += 1
            counts[label].broken.append(f'reported: {report.name}')
    for count in counts.values():
        if not count.total:
            count.failed += 1
            count.broken.append('no test ran')

    for count in counts.values():
        print(*count.told, sep='\n', end='\n' if count.told else '')
    width = max(map(len, counts), default=0)
    print()
    for name, count in counts.items():
        skipped = f'  {count.skipped} skipped' if count.skipped else ''
        print(f'{name:{width}}  {count.passed:5} passed  {count.failed:3} failed'
              f'  {count.seconds:6.1f} s{skipped}')
        for line in count.broken:
            print(f'{"":{width}}  {line}')

    passed = sum(count.passed for count in counts.values())
    failed = sum(count.failed for count in counts.values())
    skipped = sum(count.skipped for count in counts.values())
    print()
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed or not passed else 0


sys.exit(main(sys.argv[1:]))
