# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills hosts and the desk with SIGKILL in the middle of work, and holds what is left against a ledger.

Rounds share libraries and a desk, so that what one leaves behind is there for the next; after ROUNDS_TOGETHER
of them everything begins anew. A seed replays what is decided; the moments are the machine's.
"""

import argparse
import collections
import contextlib
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time

from commands import CommandLine
from hands import Broken, Desk, Host, Visitors
from ledger import File, Ledger

ROUNDS_TOGETHER = 10
TOWNS = 'a', 'a', 'ab', 'ac', 'a', 'ab'  # who lives in them: a and b are workers, c is the command line
MOST_PASSES = 12


class Town:
    """A desk with one or two hosts, over some rounds."""

    def __init__(self, programs, folder, seed, totals):
        self._rand = random.Random(seed)
        self._totals = totals
        self.folder = folder
        self.ledger = Ledger(totals)
        self.desk = Desk(programs['hallwayd'], folder)
        names = TOWNS[seed % len(TOWNS)]
        if programs['hallway'] is None:
            names = names.replace('c', 'b')
        self.hosts = [CommandLine(programs['hallway'], folder, name, self.ledger) if name == 'c' else
                      Host(programs['worker'], folder, name, self.ledger) for name in names]
        self.has_command_line = 'c' in names
        self._longest = 0.5 if 'c' in names else 0.08
        self._everybody = [self.desk, *self.hosts]
        self._slugs = []
        self.desk.start()
        self.desk.wait()
        for host in self.hosts:
            host.start()
            host.ready(self.desk)

    def _files(self):
        return {host.name: File(host.file) for host in self.hosts}

    def _kill(self, victims):
        for victim in victims:
            victim.kill()
            if self._rand.random() < 0.5:
                time.sleep(self._rand.uniform(0, 0.004))

    def round(self, number):
        rand = self._rand
        for host in self.hosts:
            host.go(number, rand.getrandbits(32))
        visitors = Visitors(self.desk, self.ledger, random.Random(rand.random()), number, self._slugs) \
            if self._slugs else None
        time.sleep(rand.uniform(0.003, self._longest))

        victims = rand.choice((self.hosts[:1], self.hosts[-1:], [self.desk], self._everybody))
        if rand.random() < 0.5:
            victims = victims[::-1]
        self._kill(victims)
        if victims == [self.desk]:
            time.sleep(rand.uniform(0, 0.01))  # the hosts go on without it for a while
        self._totals['kills of the desk'] += self.desk in victims
        self._totals['kills of a host'] += len([host for host in self.hosts if host in victims])
        self._totals['of both at once'] += self.desk in victims and len(victims) > 1
        if visitors:
            visitors.leave()
        for host in self.hosts:
            if host not in victims:
                host.pause()
        for victim in victims:
            victim.buried()

        self._restart(victims)
        self._look_at(victims)
        self._go_quiet()
        self._check()

    def _restart(self, victims):
        """Starts again who was killed; some are killed once more while they start."""
        for victim in victims:
            while self._rand.random() < 0.15:
                victim.start()
                time.sleep(self._rand.uniform(0, 0.03))
                victim.kill()
                victim.buried()
                self._totals['kills while starting'] += 1
            victim.start()
        if self.desk in victims:
            self.desk.wait()
        for host in self.hosts:
            if host in victims:
                host.ready(self.desk)

    def _look_at(self, victims):
        files = self._files()
        if any(host in victims for host in self.hosts):
            self.ledger.count_interrupted(files)
        self.ledger.check_saved_here(files)
        for file in files.values():
            file.close()

    def _go_quiet(self):
        for _ in range(MOST_PASSES):
            if not sum(host.sync() for host in self.hosts):
                return
        raise Broken(f'there is no end to the exchanges after {MOST_PASSES} passes')

    def _check(self):
        desk, files = File(self.desk.file), self._files()
        self.ledger.learn_parents(files)
        self.ledger.check_quiet(desk, files)
        self._slugs = self.ledger.open_slugs(desk)
        for file in desk, *files.values():
            file.close()

    def close(self):
        for one in reversed(self._everybody):
            if one.runs:
                one.stop()

    def end_by_force(self):
        for one in self._everybody:
            if one.runs:
                with contextlib.suppress(Broken, OSError):
                    one.kill()
                    one.buried()


class Kills:
    def __init__(self, options):
        self._options = options
        # The command line keeps its token in the keyring of a session.
        has_session = 'DBUS_SESSION_BUS_ADDRESS' in os.environ
        self._programs = {'worker': options.worker, 'hallwayd': shutil.which('hallwayd'),
                          'hallway': shutil.which('hallway') if has_session else None}
        self._kept = pathlib.Path(self._programs['hallwayd']).resolve().parents[1] / 'kill'
        self.totals = collections.Counter()

    def run(self):
        rounds, seed, failed = self._options.rounds, self._options.seed, 0
        while rounds > 0:
            together = min(rounds, ROUNDS_TOGETHER)
            failed += not self._run_town(seed, together)
            rounds -= together
            seed += 1
        return failed

    def _run_town(self, seed, rounds):
        shelf = '/dev/shm' if pathlib.Path('/dev/shm').is_dir() else None
        with tempfile.TemporaryDirectory(prefix='hallway-kill-', dir=shelf) as name:
            town, number = None, 0
            try:
                town = Town(self._programs, pathlib.Path(name), seed, self.totals)
                for number in range(1, rounds + 1):
                    town.round(number)
                    self.totals['rounds'] += 1
                    self.totals['rounds with the command line'] += town.has_command_line
                town.close()
            except Exception as error:
                if town:
                    town.end_by_force()
                self._tell(seed, number, pathlib.Path(name), error)
                return False
        return True

    def _tell(self, seed, number, folder, error):
        kept = self._kept / f'seed-{seed}-round-{number}'
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder, kept, ignore=shutil.ignore_patterns('control'))  # its socket
        print(f'seed {seed}, round {number}: {type(error).__name__}: {error}',
              f'What they left lies in {kept}; look at it with sqlite3.',
              f'The same choices again: ./dev test kill --seed {seed} --rounds {number}',
              sep='\n', file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--worker', required=True)
    parser.add_argument('--rounds', type=int, default=40)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    kills = Kills(options)
    start = time.monotonic()
    failed = kills.run()
    # Past Meson, which shows of a test that went well only what is not TAP.
    for what, count in sorted(kills.totals.items()):
        print(f'{count:8} {what}', file=sys.stderr)
    print(f'{time.monotonic() - start:8.1f} seconds', file=sys.stderr)
    print('TAP version 13\n1..1')
    print('not ok 1 - kills' if failed else f'ok 1 - {kills.totals["rounds"]} rounds of kills, seeds from {options.seed}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
