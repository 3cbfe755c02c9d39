#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the tally misses no failure: logs of our own in, its last line out (TAP)."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

TALLY = Path(__file__).parents[1] / 'tally.py'
KNOWN = [{'name': 'chat', 'suite': ['hallway:model']}, {'name': 'page', 'suite': ['hallway:ui']}]


def test(name, result, *lines):
    return {'name': name, 'result': result, 'duration': 0.1, 'stdout': '\n'.join(lines)}


# What is shown, arguments before the log, tests in it, files a sanitizer left, last line, exit status.
CASES = [
    ('each TAP line is a test', [], [test('a:model / chat', 'OK', '1..2', 'ok 1 /x', 'ok 2 /y')], [],
     '2 passed, 0 failed', 0),
    ('a skipped test is neither', [], [test('chat', 'OK', 'ok 1 /x', 'ok 2 /y # SKIP no network')], [],
     '1 passed, 0 failed, 1 skipped', 0),
    ('a number sign in a name skips nothing', [], [test('chat', 'OK', 'ok 1 /issue/#12')], [],
     '1 passed, 0 failed', 0),
    ('what is not ok fails', [], [test('chat', 'FAIL', 'ok 1 /x', 'not ok 2 /y')], [],
     '1 passed, 1 failed', 1),
    ('a crash after good lines fails', [], [test('chat', 'ERROR', '1..3', 'ok 1 /x')], [],
     '1 passed, 1 failed', 1),
    ('a time-out without a line fails', [], [test('chat', 'TIMEOUT')], [], '0 passed, 1 failed', 1),
    ('a program without TAP is one test', [], [test('chat', 'OK', 'hello')], [], '1 passed, 0 failed', 0),
    ('a failure that was expected is a pass', [], [test('chat', 'EXPECTEDFAIL')], [], '1 passed, 0 failed', 0),
    ('a pass that was not expected fails', [], [test('chat', 'UNEXPECTEDPASS')], [], '0 passed, 1 failed', 1),
    ('no test at all fails', [], [], [], '0 passed, 0 failed', 1),
    ('a suite that was named must run', ['--expect=ui'], [test('a:model / chat', 'OK', 'ok 1 /x')], [],
     '1 passed, 1 failed', 1),
    ('a suite is known without its name too', ['--expect=ui'], [test('page', 'OK', 'ok 1 /x')], [],
     '1 passed, 0 failed', 0),
    ('a report of a sanitizer fails', [], [test('chat', 'OK', 'ok 1 /x')], ['leak'], '1 passed, 1 failed', 1),
]

# What is shown, what a program that failed said, and what of it is told.
TOLD = [
    ('a failure is told with its comments', ['1..3', 'ok 1 /x', '# before', 'not ok 2 /y', '# why', 'ok 3 /z'],
     ['# before', 'not ok 2 /y', '# why']),
    ('good tests are not told', ['# a', 'ok 1 /x', '# b', 'not ok 2 /y # TODO', '# c', 'not ok 3 /z'],
     ['# c', 'not ok 3 /z']),
    ('an end in the middle is told', ['# before', 'Bail out! it fell', '# after'],
     ['# before', 'Bail out! it fell', '# after']),
    ('a time-out tells the last it said', ['1..2', 'ok 1 /x'], ['1..2', 'ok 1 /x']),
    ('only so much is told', ['not ok 1 /x', *(f'# {n}' for n in range(1000))],
     ['not ok 1 /x', *(f'# {n}' for n in range(119)), '[761 lines left out]',
      *(f'# {n}' for n in range(880, 1000))]),
]


def tally(folder, options, tests, reports):
    logs = Path(folder, 'meson-logs')
    (logs / 'reports').mkdir(parents=True)
    Path(folder, 'meson-info').mkdir()
    Path(folder, 'meson-info/intro-tests.json').write_text(json.dumps(KNOWN))
    (logs / 'testlog.json').write_text(''.join(json.dumps(test) + '\n' for test in tests))
    for name in reports:
        (logs / 'reports' / name).write_text('SUMMARY')
    label = 'sanitizers' if reports else ''
    return subprocess.run([sys.executable, TALLY, *options, f'{label}={logs}/testlog.json'],
                          capture_output=True, text=True)


def main():
    failed = False
    print('TAP version 14')
    print(f'1..{len(CASES) + len(TOLD)}')
    for number, (what, options, tests, reports, last, status) in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory(prefix='hallway-tally-') as folder:
            got = tally(folder, options, tests, reports)
        right = got.stdout.endswith('\n' + last + '\n') and got.returncode == status
        failed |= not right
        if not right:
            print(f'{what}: wanted "{last}" and {status}, got {got.returncode} and\n{got.stdout}{got.stderr}',
                  file=sys.stderr)
        print(f'{"ok" if right else "not ok"} {number} /tally/{what.replace("#", "")}')
    for number, (what, said, wanted) in enumerate(TOLD, len(CASES) + 1):
        with tempfile.TemporaryDirectory(prefix='hallway-tally-') as folder:
            got = tally(folder, [], [test('chat', 'FAIL', *said)], [])
        right = got.stdout.splitlines()[:len(wanted) + 2] == ['---- chat', *wanted, '']
        failed |= not right
        if not right:
            print(f'{what}: wanted {wanted}, got\n{got.stdout}{got.stderr}', file=sys.stderr)
        print(f'{"ok" if right else "not ok"} {number} /tally/{what}')
    return failed


sys.exit(main())
