# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk with very many attendees, and empty libraries that have an account there."""

import os
import pathlib
import resource
import sqlite3
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'e2e'))

import processes  # noqa: E402

CHATS = 4

# Ids as UUIDv7 has them: a moment, a version, a variant, and here a number in the place of chance. Addresses are
# those of nobody. Every sixteenth one signed up with capital letters, every tenth is on the waitlist.
FILL = '''
BEGIN;
CREATE TEMP TABLE numbers AS
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {attendees}) SELECT i FROM n;
INSERT INTO chats (id, title, slug, summary, wall, fold, zone, duration, capacity, status, starts_at)
  SELECT format('0190a000-0000-7000-8000-%012x', i), 'Ask me about number ' || i, 'number-' || i,
         'An hour about the number ' || i || ' and its neighbours.', '2026-12-' || format('%02d', i) || 'T15:30', 0,
         'UTC', 60, 0, 'scheduled', 1796225400000000 + i * 86400000000
  FROM numbers WHERE i <= {chats};
INSERT INTO attendees (id, chat, name, address, address_key, status, attended, signed_up_at)
  SELECT format('0190b%03x-%04x-7000-9000-%012x', i / 65536, i % 65536, i * 7919),
         format('0190a000-0000-7000-8000-%012x', 1 + i % {chats}),
         (CASE i % 8 WHEN 0 THEN 'Ana' WHEN 1 THEN 'Łukasz' WHEN 2 THEN 'Zoë' WHEN 3 THEN 'Mehmet' WHEN 4 THEN 'Олена'
          WHEN 5 THEN 'Nguyễn' WHEN 6 THEN 'Ingrid' ELSE 'Tom' END) || ' Number ' || i,
         (CASE i % 16 WHEN 0 THEN 'Visitor.' ELSE 'visitor.' END) || i || '@example.org',
         'visitor.' || i || '@example.org',
         CASE WHEN i % 10 = 0 THEN 'waitlist' ELSE 'going' END, 0, 1790000000000000 + i * 1000000
  FROM numbers;
INSERT INTO changes (mark, kind, id, deleted{more_columns})
  SELECT lower(hex(randomblob(8))), 'chat', id, 0{more_values} FROM chats ORDER BY id;
INSERT INTO changes (mark, kind, id, deleted{more_columns})
  SELECT lower(hex(randomblob(8))), 'attendee', id, 0{more_values} FROM attendees ORDER BY id;
COMMIT;
'''

Workplace = processes.Workplace


class Cost:
    """Seconds on the clock, and of processors' time."""

    def __init__(self, seconds, processor):
        self.seconds, self.processor = seconds, processor

    def __add__(self, other):
        return Cost(self.seconds + other.seconds, self.processor + other.processor)

    def __str__(self):
        return f'{self.seconds:.2f} s (processor {self.processor:.2f} s)'


class Watch:
    """Started when it is made, for children that have ended when it is read."""

    def __init__(self):
        self._began = time.monotonic()
        self._before = self._processor()

    @staticmethod
    def _processor():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    def read(self):
        return Cost(time.monotonic() - self._began, self._processor() - self._before)


def median(costs):
    return Cost(statistics.median(cost.seconds for cost in costs),
                statistics.median(cost.processor for cost in costs))


class FullDesk(processes.Desk):
    """A real desk; rows is how many its feed tells of."""
    rows = 0

    @property
    def database(self):
        return self.data / 'desk.sqlite'


def full_desk(workplace, attendees):
    """A running desk with that many attendees, put into its tables as sign-ups would have been."""
    os.environ.update(SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=str(workplace.path('secrets')),
                      SECRET_FILE_TEST_PASSWORD='for a benchmark')
    desk = FullDesk(workplace).start()
    desk.stop()
    with sqlite3.connect(desk.database) as file:
        made_at = any(row[1] == 'made_at' for row in file.execute('PRAGMA table_info (changes)'))
    file.close()
    script = FILL.format(attendees=attendees, chats=CHATS, more_columns=', made_at' if made_at else '',
                         more_values=", unixepoch('now') * 1000000" if made_at else '')
    subprocess.run(['sqlite3', '-bail', desk.database], input=script, text=True, check=True)
    desk.rows = attendees + CHATS
    return desk.start()


def fresh_library(workplace, desk, name):
    """An empty library with an account at the desk, and a token of its own."""
    library = processes.Library(workplace, f'{name}/library.hallway')
    library.token, token_file = desk.token(name)
    library.account = library.add('account', 'add', 'Desk', '--url', desk.url, '--token-file', token_file)
    return library


def check(path, desk):
    """That all has come, with bases and people."""
    file = sqlite3.connect(path)
    counts = [file.execute(f'SELECT count(*) FROM {table}').fetchone()[0]
              for table in ('chats', 'attendees', 'people', 'bases')]
    file.close()
    if counts != [CHATS, desk.rows - CHATS, desk.rows - CHATS, desk.rows]:
        raise SystemExit(f'first-sync: chats, attendees, people and bases in {path}: {counts}')
