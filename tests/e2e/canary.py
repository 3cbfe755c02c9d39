# SPDX-License-Identifier: GPL-3.0-or-later
"""A token and an attendee's address that must not come out anywhere: through an account's set-up, exchanges
that go well and that fail in every way, sign-ups, crashes, with every message that GLib can be made to say."""

import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import hostile
import processes
import tap

ADDRESS = 'canary-bird-7421@example.org'
NAME = 'Canary Bird 7421'
LOUD = {'G_MESSAGES_DEBUG': 'all', 'GDK_DEBUG': 'misc', 'G_ENABLE_DIAGNOSTIC': '1'}


class Canary:
    def __init__(self, workplace):
        self.workplace = workplace
        self.library = workplace.path('library.hallway')
        self.data = workplace.path('desk', 'data')
        self.cores = workplace.path('cores', 'x').parent
        self.environment = {**os.environ, **LOUD, 'TMPDIR': str(workplace.path('tmp', 'x').parent)}
        self.token_file = workplace.path('token')
        self.port = 0
        self.said = []  # all that ever came out of a process, with who said it

    # ---- Processes, as loud as they can be ---------------------------------

    def _start(self, name, *words):
        """As where nothing limits cores."""
        command = ['sh', '-c', 'ulimit -c unlimited 2>/dev/null; exec "$@"', 'sh', processes.program(name), *words]
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, cwd=self.cores,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self.environment)
        self.workplace.at_end(processes.end, process)
        return process

    def _heard(self, who, said):
        self.said.append((who, said))
        with open(self.workplace.logs / 'heard.log', 'ab') as log:
            log.write(f'== {who}\n'.encode() + said)

    def _run(self, *words):
        process = self._start('hallway', '--library', self.library, *words)
        said = process.communicate(timeout=60)[0]
        self._heard(f'hallway {words}', said)
        return process.returncode

    def _start_desk(self):
        self.desk = self._start('hallwayd', '--data', self.data, '--listen', f'127.0.0.1:{self.port}')
        said = b''
        while not (found := re.search(rb'Listening on http://127\.0\.0\.1:(\d+)\n', said)):
            line = self.desk.stdout.readline()
            tap.true(line, f'the desk did not say where it listens: {said!r}')
            said += line
        self._heard('hallwayd', said)
        self.port = int(found[1])

    def _stop_desk(self, number=signal.SIGTERM):
        self.desk.send_signal(number)
        self._heard('hallwayd', self.desk.communicate(timeout=20)[0])
        return self.desk.returncode

    def _sign_up(self):
        form = urllib.parse.urlencode({'name': NAME, 'address': ADDRESS, 'question': f'Do you sing, {ADDRESS}?'})
        request = urllib.request.Request(f'http://127.0.0.1:{self.port}/e/cage', form.encode())
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    # ---- Looking for it ----------------------------------------------------

    def _quiet(self):
        """Nothing that was said holds a secret."""
        for who, said in self.said:
            for secret in self.token, ADDRESS, NAME:
                place = said.lower().find(secret.lower().encode())
                tap.true(place < 0, f'{who} gave a secret away: {said[max(0, place - 200):place + 100]!r}')

    def _look_at_processes(self):
        """No process bears the token in its words or its environment."""
        looked = 0
        for folder in pathlib.Path('/proc').iterdir():
            for file in 'cmdline', 'environ':
                try:
                    text = (folder / file).read_bytes()
                except OSError:
                    continue
                looked += 1
                tap.true(self.token.encode() not in text, f'the token is in {folder / file}')
        tap.true(looked, 'processes were looked at')

    def _files(self):
        """Every file that came to be: below the work's folder, and below the home of this stage."""
        places = {self.workplace.folder, pathlib.Path('/dev/shm'), pathlib.Path('/var/crash'), *(
            pathlib.Path(os.environ[name]) for name in ('HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME',
                                                        'XDG_STATE_HOME', 'XDG_RUNTIME_DIR') if name in os.environ)}
        for place in places:
            for path in place.rglob('*'):
                if path.is_file() and not path.is_symlink():
                    yield path

    # ---- The cases, one after the other ------------------------------------

    def set_up(self):
        made = subprocess.run([processes.program('hallwayd'), '--data', self.data, 'token', 'add', 'laptop'],
                              capture_output=True, text=True, timeout=20, check=True)
        self.token = made.stdout.strip()
        self.token_file.write_text(self.token + '\n')
        self._start_desk()
        tap.equal(self._run('account', 'add', 'Home', '--url', f'http://127.0.0.1:{self.port}',
                            '--token-file', self.token_file), 0, 'account add')
        tap.equal(self._run('chat', 'add', '--title', 'Birds', '--at', '2999-12-15 10:00', '--zone', 'UTC',
                            '--slug', 'cage'), 0, 'chat add')
        self._quiet()

    def sync_and_sign_up(self):
        tap.equal(self._run('sync'), 0, 'sync')
        tap.equal(self._sign_up(), 200, 'the page after a sign-up')
        tap.equal(self._run('sync'), 0, 'sync')
        with sqlite3.connect(self.library) as library:
            tap.equal(library.execute('SELECT address FROM attendees').fetchall(), [(ADDRESS,)], 'attendees')
        self._quiet()
        tap.true(any(b'DEBUG' in said for _, said in self.said), 'they were loud')

    def failing_syncs(self):
        self._run('chat', 'add', '--title', 'Trees', '--at', '2999-12-16 10:00', '--zone', 'UTC', '--slug', 'trees')
        tap.equal(self._stop_desk(), 0, 'the desk stops')
        tap.equal(self._run('sync'), 1, 'sync with nobody')
        elsewhere = hostile.Service(manner='HTML')
        bad = hostile.Service(self.port, elsewhere=elsewhere.url)
        for manner in bad.MANNERS + bad.WORSE + bad.IN_NEWS:
            bad.manner = manner
            tap.equal(self._run('sync'), 1, f'sync with {manner}')
        bad.close()
        elsewhere.close()
        self._quiet()

    def desk_that_fails(self):
        """A table is missing, so that hosts and visitors alike meet an internal error."""
        with sqlite3.connect(self.data / 'desk.sqlite') as desk:
            desk.execute('ALTER TABLE chats RENAME TO hidden')
        self._start_desk()
        tap.equal(self._sign_up(), 500, 'a sign-up that fails')
        tap.equal(self._run('sync'), 1, 'sync with a desk that fails')
        tap.equal(self._stop_desk(), 0, 'the desk stops')
        with sqlite3.connect(self.data / 'desk.sqlite') as desk:
            desk.execute('ALTER TABLE hidden RENAME TO chats')
        self._quiet()

    def crashes(self):
        """In the middle of an exchange, where a core would hold everything."""
        silent = hostile.Service(self.port, manner='silence')
        host = self._start('hallway', '--library', self.library, 'sync')
        tap.until(lambda: silent.asked, 'the service is asked')
        self._look_at_processes()
        limits = pathlib.Path(f'/proc/{host.pid}/limits').read_text()
        tap.true(re.search(r'Max core file size +0 ', limits), f'a limit on cores: {limits}')
        self._crash(host)
        silent.close()

        self._start_desk()
        tap.true(self._sign_up() in (200, 303), 'a sign-up')
        self._crash(self.desk)
        self._quiet()

    def _crash(self, process):
        os.kill(process.pid, signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        tap.equal(os.WTERMSIG(status), signal.SIGABRT, 'how it ended')
        tap.true(not os.WCOREDUMP(status), 'no core is kept')
        process.returncode = -signal.SIGABRT
        self._heard('a crash', process.stdout.read())

    def nothing_is_left(self):
        tap.equal(list(self.cores.iterdir()), [], 'files where a core would be')
        held = {'token': [], 'address': []}
        for path in self._files():
            text = path.read_bytes()
            if self.token.encode() in text:
                held['token'].append(path)
            if ADDRESS.encode() in text:
                held['address'].append(path)
        # The keyring is where it belongs; this one has no password, so that it can be opened here.
        tokens = [path for path in held['token'] if 'keyrings' not in path.parts]
        tap.equal(tokens, [self.token_file], 'files that hold the token')
        for path in held['address']:
            tap.true(path.parent == self.data or path.name.startswith(self.library.name),
                     f'the address is in {path}')
        tap.true(held['address'], 'it was looked for where it is')


def main():
    with processes.Workplace('canary') as workplace:
        canary = Canary(workplace)
        return tap.run([
            ('an account is set up', canary.set_up),
            ('an exchange, a sign-up, and another exchange', canary.sync_and_sign_up),
            ('exchanges that fail in every way', canary.failing_syncs),
            ('a desk that fails', canary.desk_that_fails),
            ('crashes', canary.crashes),
            ('no file holds what it should not', canary.nothing_is_left),
        ], journey=True, when_failed=lambda title: workplace.keep())


if __name__ == '__main__':
    sys.exit(main())
