# SPDX-License-Identifier: GPL-3.0-or-later
"""The processes that get killed, each with a thread that writes down what they say."""

import http.client
import queue
import signal
import subprocess
import threading
import urllib.parse

PATIENCE = 30  # seconds until a process that should answer counts as stuck


class Broken(Exception):
    """Something does not hold; the text says what."""


class Process:
    """A process whose lines are handed on one by one, up to the last one before its end."""

    def __init__(self, words, heard):
        self._child = subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._heard = heard
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self):
        for line in self._child.stdout:
            if line.endswith('\n'):  # a kill may cut one
                self._heard(line[:-1])
        self._heard(None)

    def tell(self, *words):
        self._child.stdin.write(' '.join(map(str, words)) + '\n')
        self._child.stdin.flush()

    def kill(self):
        self._child.send_signal(signal.SIGKILL)

    def end(self, number=None):
        """Ends it, in order unless it was killed, and returns once all it said has been heard."""
        if number:
            self._child.send_signal(number)
        try:
            self._child.stdin.close()
        except BrokenPipeError:
            pass
        code = self._child.wait(PATIENCE)
        self._listener.join(PATIENCE)
        said = self._child.stderr.read()
        self._child.stderr.close()
        self._child.stdout.close()
        if said:
            raise Broken(f'said on standard error: {said}')
        return code


class Desk:
    """hallwayd, on the same port throughout."""

    def __init__(self, program, folder):
        self._program, self.folder = program, folder
        self.data = folder / 'desk'
        self.port = 0
        self._process = None
        made = subprocess.run([program, '--data', self.data, 'token', 'add', 'host'],
                              capture_output=True, text=True, timeout=PATIENCE, check=True)
        self.token = made.stdout.strip()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    @property
    def file(self):
        return self.data / 'desk.sqlite'

    @property
    def runs(self):
        return self._process is not None

    def start(self):
        self._lines = queue.Queue()
        self._process = Process([self._program, '--data', self.data, '--listen', f'127.0.0.1:{self.port}'],
                                self._lines.put)

    def wait(self):
        line = self._lines.get(timeout=PATIENCE)
        if not line or not line.startswith('Listening on http://127.0.0.1:'):
            raise Broken(f'the desk did not say where it listens, but {line!r}')
        self.port = int(line.rpartition(':')[2])

    def kill(self):
        self._process.kill()

    def buried(self):
        """Waits for the end of one that was killed."""
        self._process.end()
        self._process = None

    def stop(self):
        code = self._process.end(signal.SIGTERM)
        self._process = None
        if code:
            raise Broken(f'the desk ended with {code}')


class Host:
    """A worker on a library."""

    def __init__(self, program, folder, name, ledger):
        self._program, self.name, self._ledger = program, name, ledger
        self.file = folder / f'{name}.hallway'
        self.round = self._process = None

    @property
    def runs(self):
        return self._process is not None

    def start(self):
        self._answers = queue.Queue()
        self._process = Process([self._program, self.file], self._heard)

    def _heard(self, line):
        word, *rest = line.split(' ', 1) if line is not None else [None]
        if word == 'try':
            number, verb, plural, row, field, text = rest[0].split(' ')
            self._ledger.tried(self.name, (self.round, int(number)), verb, plural, row, field, text)
        elif word == 'saved':
            self._ledger.saved(self.name, (self.round, int(rest[0])))
        elif word == 'choose':
            self._ledger.chose(*rest[0].split(' '))
        elif word in ('synced', 'unsynced'):
            self._ledger.exchanged(word, rest[0])
            self._answers.put(line)
        else:
            self._answers.put(line)

    def _expect(self, wanted):
        while True:
            line = self._answers.get(timeout=PATIENCE)
            if line is None or line.startswith('broken'):
                raise Broken(f'host {self.name}: {line or "ended unasked"}')
            if line.split(' ')[0] in wanted:
                return line

    def ready(self, desk):
        self._process.tell('serve', desk.url, desk.token)
        self._expect(['ready'])

    def go(self, number, seed):
        self.round = number
        self._process.tell('go', seed, f'{self.name}{number}n')

    def pause(self):
        """Has it stop working; what it says of its exchanges until then is only counted."""
        self._process.tell('stop')
        self._expect(['stopped'])

    def sync(self):
        """One exchange; returns how much was sent and received, or what went wrong."""
        self._process.tell('sync')
        word, *rest = self._expect(['synced', 'unsynced']).split(' ')
        if word == 'unsynced':
            raise Broken(f'host {self.name} could not exchange: {" ".join(rest)}')
        return int(rest[0]) + int(rest[1])

    def kill(self):
        self._process.kill()

    def buried(self):
        """Waits for the end of one that was killed; what it said before is in the ledger then."""
        self._process.end()
        self._process = None
        while not self._answers.empty():
            line = self._answers.get()
            if line is not None and line.startswith('broken'):
                raise Broken(f'host {self.name}: {line}')

    def stop(self):
        code = self._process.end()
        self._process = None
        if code:
            raise Broken(f'host {self.name} ended with {code}')


class Visitors:
    """People who sign up on the public pages, some of them impatiently twice."""

    def __init__(self, desk, ledger, rand, round_number, slugs):
        self._desk, self._ledger, self._rand = desk, ledger, rand
        self._round, self._slugs = round_number, slugs
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._come, daemon=True)
        self._thread.start()

    def _come(self):
        number = 0
        line = None
        while not self._over.is_set():
            slug = self._rand.choice(self._slugs)
            address = f'visitor{self._round}.{number}@example.org'
            question = f'q{self._round}n{number}' if self._rand.random() < 0.5 else ''
            for typed in [address, address.upper()][:1 + (self._rand.random() < 0.3)]:
                self._ledger.signing_up(slug, address, question)
                line = line or http.client.HTTPConnection('127.0.0.1', self._desk.port, timeout=PATIENCE)
                try:
                    status = self._sign_up(line, slug, typed, question)
                except (OSError, http.client.HTTPException):
                    line.close()
                    line = None
                    self._over.wait(0.002)
                else:
                    self._ledger.answered(slug, address, status)
            number += 1
        if line:
            line.close()

    def _sign_up(self, line, slug, address, question):
        peer = '.'.join(str(self._rand.randrange(256)) for _ in range(3))
        form = urllib.parse.urlencode({'name': address, 'address': address, 'question': question})
        line.request('POST', f'/e/{slug}', form, {'Content-Type': 'application/x-www-form-urlencoded',
                                                  'X-Forwarded-For': f'10.{peer}'})  # as a proxy says
        reply = line.getresponse()
        reply.read()
        return reply.status

    def leave(self):
        self._over.set()
        self._thread.join(PATIENCE)
