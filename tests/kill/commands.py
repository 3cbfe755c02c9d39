# SPDX-License-Identifier: GPL-3.0-or-later
"""A host at the command line: the real program, a process for each command, killed like the others."""

import re
import subprocess
import threading

from hands import PATIENCE, Broken

DONE, FAILED, WAITS = 0, 1, 3  # exit codes of hallway


class CommandLine:
    """Adds chats and exchanges in two loops at once, so that one process hands over to the other."""

    def __init__(self, program, folder, name, ledger):
        self._program, self.name, self._ledger = program, name, ledger
        self.file = folder / f'{name}.hallway'
        self._token = folder / f'{name}.token'
        self._lock = threading.Lock()
        self._children = set()
        self._over = threading.Event()
        self._threads = []
        self._wrong = None
        self.runs = False

    def _command(self, *words):
        """Runs a command to its end, or to that of its process; its exit code and what it said."""
        with self._lock:
            if self._over.is_set() and self._threads:
                return None, '', ''
            child = subprocess.Popen([str(word) for word in (self._program, '--library', self.file, *words)],
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, text=True)
            self._children.add(child)
        out, err = child.communicate(timeout=PATIENCE)
        with self._lock:
            self._children.discard(child)
        return child.returncode, out, err

    def _must(self, *words):
        code, out, err = self._command(*words)
        if code not in (DONE, WAITS):
            raise Broken(f'host {self.name}: {words} ended with {code}: {err}')
        return out

    def start(self):
        self.runs = True

    def ready(self, desk):
        if not self.file.exists():
            self._token.write_text(desk.token + '\n', encoding='utf-8')
            self._must('account', 'add', 'Home', '--url', desk.url, '--token-file', self._token)

    def go(self, number, _seed):
        self._over.clear()
        self._threads = [threading.Thread(target=self._guard, args=(loop, number), daemon=True)
                         for loop in (self._add_on, self._sync_on)]
        for thread in self._threads:
            thread.start()

    def _guard(self, loop, number):
        try:
            loop(number)
        except Exception as error:  # told by whoever joins this thread
            self._wrong = error

    def _add_on(self, round_number):
        number = 0
        while not self._over.is_set():
            word = f'{self.name}{round_number}n{number}'
            self._ledger.adding(self.name, word)
            code, out, err = self._command('chat', 'add', '--title', word, '--at', '2999-12-30 12:00',
                                           '--zone', 'UTC', '--slug', f'chat-{word}')
            if code == DONE:
                self._ledger.added(word, out.strip())
            elif code == FAILED and not self._over.is_set():
                raise Broken(f'chat add ended with {code}: {err}')
            number += 1

    def _sync_on(self, _number):
        while not self._over.is_set():
            self._command('sync')

    def _end(self):
        for thread in self._threads:
            thread.join(PATIENCE)
        self._threads = []
        wrong, self._wrong = self._wrong, None
        if wrong:
            raise wrong

    def pause(self):
        """Lets the commands that run come to their end."""
        self._over.set()
        self._end()

    def kill(self):
        with self._lock:
            self._over.set()
            for child in self._children:
                child.kill()

    def buried(self):
        self._end()
        self.runs = False

    def stop(self):
        self.pause()
        self.runs = False

    def sync(self):
        """One exchange; returns how much was sent and received."""
        out = self._must('sync')
        found = re.fullmatch(r'Sent (\d+), received (\d+)\n', out)
        if not found:
            raise Broken(f'host {self.name}: sync said {out!r}')
        return int(found[1]) + int(found[2])
