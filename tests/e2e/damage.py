# SPDX-License-Identifier: GPL-3.0-or-later
"""Libraries in a bad way, each made of a good one, and a look at whether they were left as they are."""

import contextlib
import ctypes
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys

import processes
import tap

_libc = ctypes.CDLL(None, use_errno=True)
_MNT_DETACH = 2

PNG = (b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89'
       b'\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82')


def good_library(workplace, name):
    """A library with one chat in it, closed."""
    library = processes.Library(workplace, name)
    library.add('chat', 'add', '--title', 'Ask me about parsers', '--at', '2026-12-14 15:30',
                '--zone', 'America/Los_Angeles', '--slug', 'parsers')
    return library


def not_sqlite(workplace, name):
    library = processes.Library(workplace, name)
    library.path.write_bytes(b'Dear diary, this is a letter and no library.\n' * 400)
    return library


def newer(workplace, name):
    library = good_library(workplace, name)
    with contextlib.closing(sqlite3.connect(library.path)) as database:
        (version,) = database.execute('PRAGMA user_version').fetchone()
        database.execute(f'PRAGMA user_version = {version + 1000}')
        database.commit()
        database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    return library


def without_privileges():
    """Words before a command that take from root the right to pass over permissions."""
    if os.geteuid():
        return []
    words = ['setpriv', '--bounding-set=-dac_override,-dac_read_search']
    if subprocess.run([*words, 'true'], check=False).returncode:
        raise tap.Skip('permissions cannot be taken from root here')
    return words


def read_only_file(workplace, name):
    library = good_library(workplace, name)
    library.path.chmod(0o400)
    library.before = without_privileges()
    return library


def read_only_folder(workplace, name):
    library = good_library(workplace, name)
    folder = library.path.parent
    library.path.chmod(0o400)
    folder.chmod(0o500)
    workplace.at_end(folder.chmod, 0o700)
    library.before = without_privileges()
    return library


class SmallDisk:
    """A file system with little room, in memory; where none can be mounted, a limit on the size of
    files, which ends a write just as suddenly."""

    SIZE = 1 << 20

    def __init__(self, workplace, name):
        self.folder = workplace.path(name, 'disk', 'x').parent
        self.filler = self.folder / 'filler'
        self.mounted = _libc.mount(b'tmpfs', bytes(self.folder), b'tmpfs', 0, b'size=%d' % self.SIZE) == 0
        if self.mounted:
            workplace.at_end(_libc.umount2, bytes(self.folder), _MNT_DETACH)
            tap.note('the full disk is a file system of 1 MiB')
        else:
            tap.note('no file system can be mounted here, so the full disk is a limit on the size of files')
        self.library = good_library(workplace, f'{name}/disk/library.hallway')

    def fill(self):
        """Leaves no room at all."""
        if self.mounted:
            with open(self.filler, 'wb', buffering=0) as filler:
                with contextlib.suppress(OSError):
                    while True:
                        filler.write(bytes(4096))
        else:
            size = max(file.stat().st_size for file in self.folder.iterdir())
            self.library.before = ['prlimit', f'--fsize={size}', sys.executable, '-c',
                                   'import os, signal, sys;'
                                   'signal.signal(signal.SIGXFSZ, signal.SIG_IGN);'
                                   'os.execv(sys.argv[1], sys.argv[1:])']

    def clear(self):
        self.filler.unlink(missing_ok=True)
        self.library.before = []


def fingerprint(library):
    """The bytes of the library and of whatever stands beside it, but for the lock, which holds none."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in library.path.parent.glob(library.path.name + '*')
            if not file.name.endswith('-lock') and file.stat().st_size}


def contents(library):
    """Every row of every table, read from a copy, as SQL."""
    copy = library.workplace.path('copy', library.path.name)
    for file in library.path.parent.glob(library.path.name + '*'):
        shutil.copy(file, copy.parent)
    with contextlib.closing(sqlite3.connect(copy)) as database:
        tap.equal(database.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity')
        dump = list(database.iterdump())
    shutil.rmtree(copy.parent)
    return dump
