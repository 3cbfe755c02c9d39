# SPDX-License-Identifier: GPL-3.0-or-later
"""Hallway's own programs as real processes, in a folder that goes when the test is over."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

import tap


def program(name):
    """The path of one of Hallway's programs, as built."""
    found = shutil.which(name)
    if not found:
        raise SystemExit(f'{name} is not on the PATH; run the tests with ./dev test e2e')
    return pathlib.Path(found).resolve()


def build_folder():
    return program('hallway').parent.parent


class Workplace:
    """A folder for one test program, and the processes started in it, which end with it.

    When keep() was called, what the processes wrote stays behind in build/e2e/NAME.
    """

    def __init__(self, name):
        self.name = name
        self.kept = build_folder() / 'e2e' / name
        self._exits = contextlib.ExitStack()
        self._witnesses = []

    def __enter__(self):
        shutil.rmtree(self.kept, ignore_errors=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f'hallway-{self.name}-'))
        self.logs = self.folder / 'logs'
        self.logs.mkdir()
        self._exits.callback(shutil.rmtree, self.folder, ignore_errors=True)
        return self

    def __exit__(self, *failure):
        self._exits.close()

    def at_end(self, function, *arguments):
        """Has function called when the test is over; the last one named is called first."""
        self._exits.callback(function, *arguments)

    def at_failure(self, function):
        """Has function(folder) called at a failure, to leave there what tells of it."""
        self._witnesses.append(function)

    def path(self, *names):
        """A path in the folder, whose parent exists."""
        path = self.folder.joinpath(*names)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def keep(self):
        """Copies the logs to where people can read them after a failure."""
        self.kept.mkdir(parents=True, exist_ok=True)
        for log in self.logs.iterdir():
            shutil.copy(log, self.kept)
        for witness in self._witnesses:
            try:
                witness(self.kept)
            except Exception as error:  # the failure itself is to be told, not that of its witness
                tap.note(error)
        tap.note(f'logs are in {self.kept}')

    def start(self, name, *words, environment=None, **options):
        """Starts a process that is ended with the test; both its outputs go to a log of that name
        unless options say otherwise."""
        log = open(self.logs / f'{name}.log', 'ab')
        with log:
            options.setdefault('stdout', log)
            options.setdefault('stderr', log)
            options.setdefault('stdin', subprocess.DEVNULL)
            process = subprocess.Popen([str(word) for word in words],
                                       env={**os.environ, **(environment or {})}, **options)
        self._exits.callback(end, process)
        return process


def end(process, seconds=10):
    """Ends a process in order, or by force when it takes too long; returns its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout:
        process.stdout.close()
    return process.returncode


class Desk:
    """A registration desk on loopback, which keeps its data and its port over a restart."""

    def __init__(self, workplace, name='desk'):
        self.workplace = workplace
        self.name = name
        self.data = workplace.path(name, 'data')
        self.port = 0
        self.process = None

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def start(self):
        self.process = self.workplace.start(
            self.name, program('hallwayd'), '--data', self.data, '--listen', f'127.0.0.1:{self.port}',
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.fullmatch(r'Listening on http://127\.0\.0\.1:(\d+)\n', line)
        tap.true(match, f'the desk did not say where it listens, but {line!r}; see {self.name}.log')
        self.port = int(match[1])
        return self

    def stop(self):
        tap.equal(end(self.process), 0, 'the desk stops in order')

    def token(self, name):
        """A new token, and a file with it that only we may read."""
        answer = subprocess.run([program('hallwayd'), '--data', self.data, 'token', 'add', name],
                                capture_output=True, text=True, timeout=20)
        tap.equal(answer.returncode, 0, f'token add: {answer.stderr}')
        token = answer.stdout.strip()
        tap.true(re.fullmatch(r'\S{40,}', token), f'one token alone on a line, not {answer.stdout!r}')
        path = self.workplace.path(self.name, f'{name}.token')
        path.write_text(token + '\n')
        path.chmod(0o600)
        return token, path


class Answer:
    """What a command printed, and how it ended."""

    def __init__(self, words, code, out, err):
        self.words, self.code, self.out, self.err = words, code, out, err

    def __str__(self):
        return (f'{" ".join(map(str, self.words))}\n  exit code {self.code}\n'
                f'  stdout {self.out!r}\n  stderr {self.err!r}')

    @property
    def lines(self):
        return self.out.splitlines()

    def json(self):
        return json.loads(self.out)


class Library:
    """A library file, and the command line on it."""

    def __init__(self, workplace, name='library.hallway'):
        self.workplace = workplace
        self.path = workplace.path(name)
        self.before = []  # words to start Hallway with, such as those that limit what it may do

    def start(self, *words, **options):
        """Starts a command without waiting for it; finish() it later."""
        options.setdefault('env', os.environ)
        command = [*self.before, program('hallway'), '--library', self.path, *words]
        return subprocess.Popen([str(word) for word in command],
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)

    def finish(self, process, words=(), seconds=60):
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)
            out, err = process.communicate()
            raise AssertionError(f'still running after {seconds} s: {words} {out} {err}') from None
        answer = Answer(words, process.returncode, out.decode(), err.decode())
        with open(self.workplace.logs / 'commands.log', 'a', encoding='utf-8') as log:
            print(answer, file=log)
        return answer

    def run(self, *words, seconds=60, **options):
        return self.finish(self.start(*words, **options), words, seconds)

    def do(self, *words, **options):
        """Runs a command that has to succeed without a word on standard error."""
        answer = self.run(*words, **options)
        tap.true(answer.code == 0 and not answer.err, f'should succeed quietly: {answer}')
        return answer

    def add(self, *words, **options):
        """Runs a command that adds one thing, and returns its id."""
        answer = self.do(*words, **options)
        tap.true(re.fullmatch(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n', answer.out),
                 f'one id and nothing else: {answer}')
        return answer.out.strip()

    def sync(self):
        """Exchanges with the service; one line tells how much."""
        answer = self.do('sync')
        tap.equal(len(answer.lines), 1, f'one line: {answer}')

    def list(self, *words):
        """The rows of a list."""
        return self.do(*words, '--json').json()
