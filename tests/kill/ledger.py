# SPDX-License-Identifier: GPL-3.0-or-later
"""What was acknowledged, kept outside of the processes that are killed, and what must follow from it."""

import collections
import sqlite3
import threading

from hands import Broken

PLURALS = ('series', 'chats', 'guests', 'posts', 'attendees', 'questions')
KINDS = dict(zip(PLURALS, ('series', 'chat', 'guest', 'post', 'attendee', 'question')))
OFFLINE = 'hall-sync-error-quark 0 '  # HALL_SYNC_ERROR_OFFLINE
LOCAL = {'row', 'account', 'sign_up_url', 'person', 'folded', 'edited_at'}


class Edit:
    """One edit of one host; its word is used by no other."""

    def __init__(self, host, verb, field, word):
        self.host, self.verb, self.field, self.word = host, verb, field, word
        self.saved = False

    def __str__(self):
        return f'{self.verb} of {self.word!r} in {self.field} by {self.host}, {"saved" if self.saved else "not saved"}'


class SignUp:
    def __init__(self, question):
        self.question = question
        self.acknowledged = 0


class File:
    """A library or a desk as it lies on the disk."""

    def __init__(self, path):
        self.path = path
        self._db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
        self._db.row_factory = sqlite3.Row
        for check in 'quick_check', 'foreign_key_check':
            found = [tuple(row) for row in self._db.execute(f'PRAGMA {check}')]
            if found not in ([], [('ok',)]):
                raise Broken(f'{path.name}: {check} says {found[:5]}')

    def close(self):
        self._db.close()

    def ask(self, sql, *parameters):
        return self._db.execute(sql, parameters).fetchall()

    def rows(self):
        """All rows that are sent, by kind and id, without what never leaves a library."""
        rows = {}
        for plural in PLURALS:
            for row in self.ask(f'SELECT * FROM {plural}'):
                values = {name: row[name] for name in row.keys() if name not in LOCAL}
                if plural == 'posts':
                    values.pop('title', None)
                rows[plural, row['id']] = values
        return rows


class Ledger:
    """Heard from the processes: what they were about to do, and what they said they had done."""

    def __init__(self, totals):
        self.totals = totals
        self._lock = threading.Lock()
        self._open = {}
        self._edits = collections.defaultdict(list)  # by plural and id, in the order they were made
        self._sign_ups = {}  # by slug and address
        self._torn = set()  # rows that two hosts changed, or that hung on one
        self._fresh = []
        self._nameless = {}  # by word
        self._parents = {}
        self._interrupted = []
        self._choices = collections.Counter()
        self._wrong = None

    # ---- What is heard -----------------------------------------------------

    def tried(self, host, number, verb, plural, row, field, word):
        edit = Edit(host, verb, field, word)
        with self._lock:
            self._open[host, number] = edit
            self._edits[plural, row].append(edit)
            self._fresh.append(edit)
            self.totals['edits tried'] += 1

    def saved(self, host, number):
        with self._lock:
            edit = self._open.pop((host, number), None)
            if edit:
                edit.saved = True
                self.totals['edits saved'] += 1

    def adding(self, host, word):
        """A chat of that title, whose id is not known before it is made."""
        with self._lock:
            self._nameless[word] = Edit(host, 'add', 'title', word)
            self.totals['edits tried'] += 1

    def added(self, word, row):
        with self._lock:
            edit = self._nameless.pop(word)
            edit.saved = True
            self._edits['chats', row].append(edit)
            self._fresh.append(edit)
            self.totals['edits saved'] += 1
            self.totals['edits saved by the command line'] += 1

    def chose(self, plural, row):
        """A conflict was to be settled, or that to be taken back; either may write the row once more."""
        with self._lock:
            self._choices[plural, row] += 1
            self.totals['conflicts settled or taken back'] += 1

    def exchanged(self, word, rest):
        with self._lock:
            self.totals['exchanges that ended well' if word == 'synced' else 'exchanges that failed'] += 1
            if word == 'unsynced' and not rest.startswith(OFFLINE):
                self._wrong = rest

    def signing_up(self, slug, address, question):
        with self._lock:
            self._sign_ups.setdefault((slug, address), SignUp(question))
            self.totals['sign-ups tried'] += 1

    def answered(self, slug, address, status):
        with self._lock:
            if status == 303:
                self._sign_ups[slug, address].acknowledged += 1
                self.totals['sign-ups acknowledged'] += 1
            else:
                self.totals[f'sign-ups answered with {status}'] += 1

    # ---- What must follow --------------------------------------------------

    def open_slugs(self, desk):
        return [row['slug'] for row in desk.ask("SELECT slug FROM chats WHERE slug LIKE 'chat-%' ORDER BY slug")]

    def check_saved_here(self, libraries):
        """Right after a restart: what was said to be saved since the last round is in the library."""
        words = {name: self._words(file.ask("SELECT coalesce(after, before) AS json FROM history "
                                            "WHERE origin = 'host' ORDER BY number DESC LIMIT 5000"))
                 for name, file in libraries.items()}
        for edit in self._fresh:
            if edit.saved and edit.verb != 'remove' and f'"{edit.word}' not in words[edit.host] \
               and edit.word not in words[edit.host]:
                raise Broken(f'saved, but not in the library after the kill: {edit}')
        self._fresh.clear()

    @staticmethod
    def _words(rows):
        return '\n'.join(row['json'] for row in rows if row['json'])

    def count_interrupted(self, libraries):
        for file in libraries.values():
            for row in file.ask('SELECT * FROM outbox'):
                self.totals[f'operations found {row["state"]} after a kill'] += 1
                if row['state'] in ('sending', 'unknown'):
                    self._interrupted.append(dict(row))

    def check_quiet(self, desk, libraries):
        """After a quiet exchange."""
        if self._wrong:
            raise Broken(f'an exchange failed otherwise than for want of a desk: {self._wrong}')
        there = desk.rows()
        here = {name: file.rows() for name, file in libraries.items()}
        for name, file in libraries.items():
            self._check_outbox(name, file)
        for name, file in libraries.items():
            self._check_equal(name, file, here[name], desk, there)
        self._check_edits(there, desk, libraries)
        if len(libraries) == 1:
            self._check_interrupted(desk)
        self._check_sign_ups(there)
        self.totals['rows compared'] += len(there) * len(libraries)

    def _check_outbox(self, name, file):
        """All is sent but what the host has to settle, and what hangs on that."""
        for row in file.ask('SELECT kind, row_id FROM conflicts'):
            key = next(plural for plural, kind in KINDS.items() if kind == row['kind']), row['row_id']
            self.totals['conflicts'] += key not in self._torn
            self._torn.add(key)
        for row in file.ask('SELECT * FROM outbox'):
            chat = file.ask('SELECT chat FROM guests WHERE id = ?', row['id']) if row['kind'] == 'guest' else []
            chat = 'chats', chat[0]['chat'] if chat else None
            if row['state'] != 'parked' and chat not in self._torn:
                raise Broken(f'host {name} still has to send: {dict(row)}')
            if row['state'] == 'parked' and row['reason'] != 'conflict' and chat not in self._torn \
               and not any(edit.verb == 'remove' for edit in self._edits.get(chat, [])):
                raise Broken(f'host {name} was refused: {dict(row)}')

    def _waits(self, file):
        waiting = {(row['kind'], row['id']) for row in file.ask('SELECT kind, id FROM outbox')}
        return waiting | {(row['kind'], row['row_id']) for row in file.ask('SELECT kind, row_id FROM conflicts')}

    def _check_equal(self, name, file, here, desk, there):
        waits = self._waits(file)
        for key in here.keys() | there.keys():
            if (KINDS[key[0]], key[1]) in waits:
                continue
            mine, theirs = here.get(key), there.get(key)
            if mine and theirs:
                theirs = {field: value for field, value in theirs.items() if field in mine}
            if mine != theirs and not self._hangs_on(key, mine or theirs, waits):
                raise Broken(f'{key} differs:\n  host {name}: {mine}\n  desk:   {theirs}')
        marks = {(row['kind'], row['id']): row['mark']
                 for row in desk.ask('SELECT kind, id, mark FROM changes WHERE newest AND NOT deleted')}
        for row in file.ask('SELECT kind, id, mark FROM bases'):
            key = row['kind'], row['id']
            if key not in waits and marks.get(key) != row['mark']:
                raise Broken(f'host {name} has {key} at {row["mark"]}, the desk at {marks.get(key)}')

    @staticmethod
    def _hangs_on(key, row, waits):
        return 'chat' in row and ('chat', row['chat']) in waits

    def _check_interrupted(self, desk):
        """What was on its way went to its end under the same key; with nobody else about, nothing speaks against it."""
        for operation in self._interrupted:
            if not desk.ask('SELECT 1 FROM answers WHERE key = ? AND status < 300', operation['operation']):
                raise Broken(f'was on its way, and not sent again as it was: {operation}')
        self._interrupted.clear()

    def _check_edits(self, there, desk, libraries):
        for key, row in there.items():
            if key[0] == 'chats' and row['title'] in self._nameless:
                self._edits[key].append(self._nameless.pop(row['title']))
        counts = {(row['kind'], row['id']): row['n']
                  for row in desk.ask('SELECT kind, id, count(*) AS n FROM changes GROUP BY kind, id')}
        whole = None
        added = set()
        for key, edits in list(self._edits.items()):
            row = there.get(key)
            # With its chat a row goes, and when that comes back, so does the row.
            parent = self._parents.get(key)
            most = len(edits) + self._choices[key] + self._choices[parent] + (row is None) + len(
                [edit for edit in self._edits.get(parent, []) if edit.verb == 'remove'])
            if counts.get((KINDS[key[0]], key[1]), 0) > most:
                raise Broken(f'the desk has written {key} more often than it was edited: {self._tell(edits)}')
            if row is not None:
                self._check_once(key, row, edits)
                added.add(key)
            if len({edit.host for edit in edits}) == 1 and not self._is_torn(key):
                self._check_alone(key, row, edits, there)
            else:
                whole = whole or self._everything(desk, libraries)
                for edit in edits:
                    if edit.saved and edit.verb != 'remove' and edit.word not in whole:
                        raise Broken(f'saved, and nowhere now: {key}, {edit}')
        for key in there:
            if key[0] in ('chats', 'guests', 'posts') and key not in added:
                raise Broken(f'{key} is at the desk, and nobody made it: {there[key]}')

    def _is_torn(self, key):
        """Whether the host has to settle something about it, or the chat it hangs on was to be removed."""
        parent = self._parents.get(key)
        return key in self._torn or parent in self._torn or any(
            edit.verb == 'remove' for edit in self._edits.get(parent, []))

    @staticmethod
    def _tell(edits):
        return ''.join(f'\n  {edit}' for edit in edits)

    def _check_once(self, key, row, edits):
        for edit in edits:
            if edit.verb == 'insert' and (row[edit.field] or '').split('\n').count(edit.word) > 1:
                raise Broken(f'twice in {key}: {edit}\n{row}')

    def _check_alone(self, key, row, edits, there):
        """A row that one host alone edited has every edit that was saved, the last one on top."""
        removals = [edit for edit in edits if edit.verb == 'remove']
        if row is None:
            self._check_absent(key, edits, removals)
            return
        if any(edit.saved for edit in removals):
            raise Broken(f'removed, and there again: {key}{self._tell(edits)}\n  {row}')
        possible = {}
        for edit in edits:
            if edit.verb == 'insert':
                if edit.saved and edit.word not in (row[edit.field] or '').split('\n'):
                    raise Broken(f'saved, but lost: {key}, {edit}\n  {row}')
            elif edit.verb in ('set', 'add'):
                field = 'file_name' if key[0] == 'posts' else edit.field
                words = possible.setdefault(field, set())
                if edit.saved:
                    words.clear()
                words.add(edit.word + '.markdown' if edit.verb == 'add' and key[0] == 'posts' else edit.word)
        for field, words in possible.items():
            if row[field] not in words:
                raise Broken(f'{field} of {key} should be one of {words}{self._tell(edits)}\n  {row}')

    def _check_absent(self, key, edits, removals):
        if removals or not any(edit.saved for edit in edits):
            return
        if key[0] == 'guests' and key in self._parents and any(
                edit.verb == 'remove' for edit in self._edits[self._parents[key]]):
            return
        raise Broken(f'saved, and neither there nor removed: {key}{self._tell(edits)}')

    def _everything(self, desk, libraries):
        parts = [str(list(desk.rows().values()))]
        for file in libraries.values():
            parts.append(str(list(file.rows().values())))
            parts += [str([tuple(row) for row in file.ask(f'SELECT * FROM {table}')])
                      for table in ('outbox', 'conflicts', 'history', 'bases')]
        return '\n'.join(parts)

    def learn_parents(self, libraries):
        """Which guest is of which chat, as long as it can be seen."""
        for file in libraries.values():
            for row in file.ask("SELECT id, coalesce(after, before) AS json FROM history "
                                "WHERE kind = 'guest' AND coalesce(after, before) LIKE '%\"chat\"%'"):
                start = row['json'].find('"chat":"')
                if start >= 0:
                    self._parents['guests', row['id']] = ('chats', row['json'][start + 8:start + 44])

    def _check_sign_ups(self, there):
        chats = {row['slug']: row['id'] for (plural, _), row in there.items() if plural == 'chats'}
        found = collections.Counter()
        asked = collections.Counter()
        for (plural, _), row in there.items():
            if plural == 'attendees':
                found[row['chat'], row['address_key']] += 1
            elif plural == 'questions':
                asked[row['chat'], row['text']] += 1
        known = set()
        for (slug, address), sign_up in self._sign_ups.items():
            key = chats[slug], address
            known.add(key)
            least = 1 if sign_up.acknowledged else 0
            if not least <= found[key] <= 1:
                raise Broken(f'{address} signed up for {slug}, acknowledged {sign_up.acknowledged} times, '
                             f'and stands there {found[key]} times')
            questions = asked[key[0], sign_up.question]
            if sign_up.question and not least <= questions <= 1:
                raise Broken(f'the question of {address} stands there {questions} times')
        for key in found:
            if key not in known:
                raise Broken(f'nobody signed up as {key}')
