# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs cases one after the other and reports them in TAP on standard output."""

import sys
import time
import traceback


class Skip(Exception):
    """A case cannot be shown on this machine; the text says why."""


def _comment(text):
    for line in str(text).splitlines():
        print('#', line)
    sys.stdout.flush()


def note(text):
    """Says something in the log, without bearing on the outcome."""
    _comment(text)


def run(cases, journey=False, when_failed=None):
    """Runs (title, function) pairs and returns the exit code of the program.

    In a journey each case stands on the one before, so the first failure ends it and the rest
    count as failed. when_failed(title) is called at each failure, while everything still runs.
    """
    print('TAP version 13')
    print(f'1..{len(cases)}')
    failed = False
    for number, (title, function) in enumerate(cases, 1):
        if failed and journey:
            print(f'not ok {number} - {title}')
            _comment('not reached')
            continue
        start = time.monotonic()
        try:
            function()
            print(f'ok {number} - {title}')
        except Skip as reason:
            print(f'ok {number} - {title} # SKIP {reason}')
        except BaseException as error:
            failed = True
            print(f'not ok {number} - {title}')
            _comment(traceback.format_exc())
            if when_failed:
                when_failed(title)
            if not isinstance(error, Exception):
                raise
        _comment(f'{time.monotonic() - start:.1f} s')
    return 1 if failed else 0


def equal(seen, wanted, what):
    """Fails with both values in the log when they differ."""
    if seen != wanted:
        raise AssertionError(f'{what}\n  wanted: {wanted!r}\n  seen:   {seen!r}')


def true(holds, what):
    """Fails saying what should have held."""
    if not holds:
        raise AssertionError(what)


def until(condition, what, seconds=15):
    """Asks again and again until condition() answers something true, and returns that.

    what is a phrase, or a function that is asked for one when the time is over.
    """
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            said = what() if callable(what) else what
            raise AssertionError(f'waited {seconds} s in vain: {said}')
        time.sleep(0.03)
