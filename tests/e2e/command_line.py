# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: exit codes, what goes to which output, one process for each library."""

import json
import os
import re
import sys

import posts
import processes
import service
import tap
from window import Window

NO_BUS = {**os.environ, 'DBUS_SESSION_BUS_ADDRESS': 'disabled:'}


class CommandLine:
    def __init__(self, workplace):
        self.workplace = workplace
        self.library = processes.Library(workplace)

    def _add_chat(self, slug, **options):
        return self.library.add('chat', 'add', '--title', f'Chat {slug}', '--at', '2026-12-14 15:30',
                                '--zone', 'Europe/Berlin', '--slug', slug, **options)

    def help_tells_how(self):
        for words in (('--help',), ('chat', '--help'), ('chat', 'add', '--help'),
                      ('post', 'import', '--help'), ('conflict', 'show', '--help'),
                      ('outbox', '--help'), ('sync', '--help')):
            answer = self.library.do(*words)
            told = 'hallway ' + words[0] if len(words) > 1 else 'hallway [--library FILE]'
            tap.true(told in answer.out, f'{words} says how it is used: {answer}')
        for noun in ('account', 'chat', 'post', 'attendee', 'question', 'conflict', 'outbox',
                     'sync'):
            tap.true(noun in self.library.do('--help').out, f'--help tells of {noun}')
        tap.true(not self.library.path.exists(), 'help needs no library')

    def wrong_use_is_two(self):
        for words in (('chat',), ('chat', 'dance'), ('chat', 'add'),
                      ('chat', 'add', '--title', 'T'), ('chat', 'add', '--nonsense'),
                      ('chat', 'add', '--title', 'T', '--at', 'when I like', '--zone', 'UTC'),
                      ('chat', 'add', '--title', 'T', '--at', '2026-12-14 15:30',
                       '--zone', 'Nowhere/Land'),
                      ('post', 'import'), ('post', 'export', 'x'), ('attendee', 'list'),
                      ('question', 'list'), ('account', 'add', 'Home'), ('sync', 'everything'),
                      ('conflict',), ('conflict', 'show'), ('conflict', 'resolve', 'x'),
                      ('conflict', 'resolve', 'x', '--keep', 'both'),
                      ('conflict', 'resolve', 'x', '--keep', 'mine', '--edit', 'title=T'),
                      ('outbox', 'retry'), ('outbox', 'discard', 'x', 'y'),
                      ('teapot', 'list')):
            answer = self.library.run(*words)
            tap.equal(answer.code, 2, f'exit code of {answer}')
            tap.equal(answer.out, '', f'standard output of {answer}')
            tap.equal(answer.err.count('\n'), 1, f'one line on standard error: {answer}')

    def failure_is_one(self):
        for words in (('attendee', 'list', '--chat', 'not-there'),
                      ('question', 'list', '--chat', 'not-there'),
                      ('post', 'export', '01890000-0000-7000-8000-000000000000', '--to',
                       self.workplace.folder),
                      ('conflict', 'show', 'not-there'),
                      ('conflict', 'resolve', 'not-there', '--keep', 'mine'),
                      ('conflict', 'resolve', 'not-there', '--edit', 'title=T'),
                      ('conflict', 'undo', 'not-there'), ('outbox', 'retry', 'not-there'),
                      ('outbox', 'discard', 'not-there'), ('outbox', 'undo', 'not-there'),
                      ('account', 'add', 'Home', '--url', 'http://127.0.0.1:9', '--token-file',
                       self.workplace.path('no-such-file'))):
            answer = self.library.run(*words)
            tap.equal(answer.code, 1, f'exit code of {answer}')
            tap.equal((answer.out, answer.err.count('\n')), ('', 1), f'one line alone: {answer}')

    def ids_and_nothing_else(self):
        self._add_chat('first')
        files = []
        for name in 'one.markdown', 'two.markdown':
            files.append(self.workplace.path(name))
            files[-1].write_bytes(posts.OWN)
        answer = self.library.do('post', 'import', *files)
        tap.true(re.fullmatch(r'([0-9a-f-]{36}\n){2}', answer.out), f'two ids: {answer}')
        tap.equal([row['id'] for row in sorted(self.library.list('post', 'list'),
                                               key=lambda row: row['file_name'])],
                  answer.lines, 'the posts of these ids')

    def json_on_every_list(self):
        wanted = {
            ('chat', 'list'): {'id', 'title', 'slug', 'starts_at', 'wall', 'zone', 'duration',
                               'status', 'sign_up_url', 'going', 'questions'},
            ('post', 'list'): {'id', 'file_name', 'title', 'status', 'edited_at'},
            ('attendee', 'list', '--chat', 'first'): None,
            ('question', 'list', '--chat', 'first'): None,
            ('conflict', 'list'): None,
            ('outbox', 'list'): None,
        }
        for words, members in wanted.items():
            rows = self.library.list(*words)
            tap.true(isinstance(rows, list), f'{words} is one array')
            for row in rows:
                tap.equal(set(row), members, f'members of {words}')
            plain = self.library.do(*words).out
            tap.true(not plain.lstrip().startswith('['), f'{words} without --json is for people')
        row = self.library.list('chat', 'list')[0]
        tap.equal((row['starts_at'], row['wall'], row['zone']),
                  ('2026-12-14T14:30:00Z', '2026-12-14T15:30', 'Europe/Berlin'), 'the three times')

    def five_at_once(self):
        words = [('chat', 'add', '--title', f'Chat {number}', '--at', '2026-12-20 18:00',
                  '--zone', 'UTC', '--slug', f'at-once-{number}') for number in range(5)]
        running = [self.library.start(*line) for line in words]
        for line, process in zip(words, running):
            answer = self.library.finish(process, line)
            tap.equal((answer.code, len(answer.lines), answer.err), (0, 1, ''), str(answer))
        slugs = {row['slug'] for row in self.library.list('chat', 'list')}
        tap.true({f'at-once-{number}' for number in range(5)} <= slugs, f'all are there: {slugs}')

    def waiting_for_host_is_three(self):
        """Two laptops choose the same address for a chat; the second edit waits for its host."""
        desk = processes.Desk(self.workplace).start()
        for name in 'first', 'second':
            token, token_file = desk.token(name)
            library = processes.Library(self.workplace, f'{name}/library.hallway')
            library.add('account', 'add', 'Home', '--url', desk.url, '--token-file', token_file)
            chat = library.add('chat', 'add', '--title', f'Of the {name}', '--at', '2026-12-14 15:30',
                               '--zone', 'UTC', '--slug', 'same')
            if name == 'first':
                library.sync()
                kept = chat
        for _ in range(2):
            answer = library.run('sync')
            tap.equal(answer.code, 3, f'exit code of {answer}')
            tap.equal(answer.err.count('\n'), 1, f'one line says what waits: {answer}')
        tap.true(chat in {row['id'] for row in library.list('chat', 'list')}, 'the chat is still here')
        tap.equal(service.get(desk, token, f'/v1/chats/{kept}')['title'], 'Of the first', 'and there')
        tap.equal(service.get(desk, token, f'/v1/chats/{chat}'), None, 'the refused one there')
        self._decide_on_refused(library, chat)
        desk.stop()

    def _decide_on_refused(self, library, chat):
        edit, = library.list('outbox', 'list')
        tap.equal((edit['row'], edit['title'], edit['what'], edit['state']),
                  (chat, 'Of the second', 'create', 'refused'), 'the refused edit')
        tap.true(edit['reason'] in library.do('outbox', 'list').out, 'people read why')
        library.do('outbox', 'retry', edit['id'])
        tap.equal(library.list('outbox', 'list')[0]['state'], 'waiting', 'what is sent again')
        tap.equal(library.run('outbox', 'retry', edit['id']).code, 1, 'its old id names nothing')
        tap.equal(library.run('sync').code, 3, 'it is refused again')
        edit, = library.list('outbox', 'list')
        library.do('outbox', 'discard', edit['id'])
        tap.equal(library.list('outbox', 'list'), [], 'what waits when it is let go')
        tap.equal([row['title'] for row in library.list('chat', 'list')], ['Of the first'], 'the chats')
        library.do('outbox', 'undo', edit['id'])
        tap.true(chat in {row['id'] for row in library.list('chat', 'list')}, 'it is back')
        tap.equal(library.run('outbox', 'undo', edit['id']).code, 1, 'back only once')

    def renamed_on_both(self):
        """Two libraries rename the same chat while nothing is exchanged: one conflict, on one side."""
        self.team = processes.Desk(self.workplace, 'team').start()
        self.ann, self.ben = (processes.Library(self.workplace, f'{name}/library.hallway')
                              for name in ('ann', 'ben'))
        for name, library in ('ann', self.ann), ('ben', self.ben):
            self.token, token_file = self.team.token(name)
            library.add('account', 'add', 'Home', '--url', self.team.url, '--token-file', token_file)
        self.chat = self.ann.add('chat', 'add', '--title', 'Before', '--at', '2026-12-14 15:30',
                                 '--zone', 'UTC', '--slug', 'renamed')
        self.ann.sync()
        self.ben.sync()
        conflict = self._rename_on_both('Of Ann', 'Of Ben')
        tap.equal(self.ann.list('conflict', 'list'), [], 'what Ann has to choose')
        tap.equal([(row['name'], row['url']) for row in self.ann.list('account', 'list')],
                  [('Home', self.team.url)], 'the accounts')
        tap.equal((conflict['row'], conflict['title'], conflict['fields'], conflict['removed_here'],
                   conflict['deleted_there']), (self.chat, 'Of Ben', 'title', False, False),
                  'what Ben has to choose')
        shown = self.ben.do('conflict', 'show', conflict['id']).out
        for line in 'before  Before', 'mine    Of Ben', 'theirs  Of Ann':
            tap.true(line in shown, f'{line} is shown: {shown}')
        tap.equal(self.ben.list('outbox', 'list')[0]['state'], 'conflict', 'why it is not sent')
        tap.equal((self._title(self.ben), self._title_there()), ('Of Ben', 'Of Ann'), 'both titles')

    def _rename_on_both(self, anns, bens):
        for library, title in (self.ann, anns), (self.ben, bens):
            library.do('chat', 'rename', '--chat', 'renamed', '--title', title)
        self.ann.sync()
        for _ in range(2):
            answer = self.ben.run('sync')
            tap.equal((answer.code, answer.err.count('\n')), (3, 1), f'a choice waits: {answer}')
        conflict, = self.ben.list('conflict', 'list')
        return conflict

    @staticmethod
    def _title(library):
        chat, = library.list('chat', 'list')
        return chat['title']

    def _title_there(self):
        return service.get(self.team, self.token, f'/v1/chats/{self.chat}')['title']

    def _all_have(self, title):
        for library in self.ben, self.ann:
            library.sync()
        tap.equal([self._title_there(), self._title(self.ann), self._title(self.ben)], [title] * 3,
                  'the title everywhere')
        for library in self.ann, self.ben:
            tap.equal(library.list('outbox', 'list') + library.list('conflict', 'list'), [],
                      'what still waits')

    def resolved_each_way(self):
        conflict, = self.ben.list('conflict', 'list')
        self.ben.do('conflict', 'resolve', conflict['id'], '--keep', 'mine')
        tap.equal(self.ben.run('conflict', 'resolve', conflict['id'], '--keep', 'theirs').code, 1,
                  'what is settled is settled')
        self._all_have('Of Ben')

        conflict = self._rename_on_both('Ann again', 'Ben again')
        self.ben.do('conflict', 'resolve', conflict['id'], '--keep', 'theirs')
        self._all_have('Ann again')

        conflict = self._rename_on_both('Ann once more', 'Ben once more')
        tap.equal(self.ben.run('conflict', 'resolve', conflict['id'], '--edit', 'colour=red').code, 2,
                  'there is no such field')
        self.ben.do('conflict', 'resolve', conflict['id'], '--edit', 'title=Of both', '--edit',
                    'capacity=12')
        self._all_have('Of both')

    def choice_taken_back(self):
        conflict = self._rename_on_both('Ann first', 'Ben first')
        self.ben.do('conflict', 'resolve', conflict['id'], '--keep', 'theirs')
        tap.equal(self._title(self.ben), 'Ann first', 'what was chosen')
        self.ben.do('conflict', 'undo', conflict['id'])
        tap.equal(self._title(self.ben), 'Ben first', 'what it was')
        tap.equal([row['id'] for row in self.ben.list('conflict', 'list')], [conflict['id']],
                  'what is to be chosen again')

        # Ann goes on: Ben has not seen that.
        self.ann.do('chat', 'rename', '--chat', 'renamed', '--title', 'Ann second')
        self.ann.sync()
        tap.equal(self.ben.run('sync').code, 3, 'it still waits')
        answer = self.ben.run('conflict', 'resolve', conflict['id'], '--keep', 'mine')
        tap.true(answer.code == 1 and 'changed again' in answer.err, f'not without looking: {answer}')
        conflict, = self.ben.list('conflict', 'list')
        self.ben.do('conflict', 'resolve', conflict['id'], '--keep', 'mine')
        self._all_have('Ben first')

        # It has been sent: what takes it back is another edit.
        self.ben.do('conflict', 'undo', conflict['id'])
        self._all_have('Ann second')
        tap.equal(self.ben.run('conflict', 'undo', conflict['id']).code, 1, 'taken back only once')
        self.team.stop()

    def window_runs_commands(self):
        self.window = Window(self.workplace, self.library)
        words = 'chat', 'list'
        self.blocked = words, self.library.start(*words, env=NO_BUS)
        chat = self._add_chat('handed-over')
        self.window.shows('Chat handed-over')
        tap.true(chat in {row['id'] for row in self.library.list('chat', 'list')}, 'it is listed')

    def handed_over_codes(self):
        self.wrong_use_is_two()
        self.failure_is_one()

    def handed_over_folders(self):
        elsewhere = self.workplace.path('elsewhere', 'exported', 'x').parent.parent
        (elsewhere / 'near.markdown').write_bytes(posts.OWN)
        post = self.library.add('post', 'import', 'near.markdown', cwd=elsewhere)
        (elsewhere / 'near.markdown').unlink()
        self.library.do('post', 'export', post, '--to', 'exported', cwd=elsewhere)
        tap.equal((elsewhere / 'exported' / 'near.markdown').read_bytes(), posts.OWN, 'the bytes')
        tap.equal(self.library.run('post', 'import', 'near.markdown').code, 1,
                  'the same name in another folder')

    def handed_over_five_at_once(self):
        running = [self.library.start('chat', 'list', '--json') for _ in range(5)]
        answers = {self.library.finish(process).out for process in running}
        tap.equal(len(answers), 1, 'all five get the same answer')
        tap.true(json.loads(answers.pop()), 'which is the chats')

    def busy_without_a_bus(self):
        words, process = self.blocked
        answer = self.library.finish(process, words)
        tap.equal((answer.code, answer.out, answer.err.count('\n')), (1, '', 1), str(answer))
        tap.true(process.args and 'in use' in answer.err, f'it says that it is in use: {answer}')

    def free_when_the_window_is_closed(self):
        self.window.close()
        self.library.do('chat', 'list', env=NO_BUS)


def main():
    with processes.Workplace('command-line') as workplace:
        line = CommandLine(workplace)
        return tap.run([
            ('--help says how it is used', line.help_tells_how),
            ('wrong use ends with 2 and one line', line.wrong_use_is_two),
            ('failure ends with 1 and one line', line.failure_is_one),
            ('add and import print ids and nothing else', line.ids_and_nothing_else),
            ('every list has --json', line.json_on_every_list),
            ('five commands at once all get through', line.five_at_once),
            ('a change in both places ends with 3', line.waiting_for_host_is_three),
            ('a chat renamed in two libraries is one conflict', line.renamed_on_both),
            ('which its host resolves in each way', line.resolved_each_way),
            ('and may take back', line.choice_taken_back),
            ('an open window runs the commands', line.window_runs_commands),
            ('with their exit codes and errors', line.handed_over_codes),
            ("with files from the caller's folder", line.handed_over_folders),
            ('also five at once', line.handed_over_five_at_once),
            ('with no bus, a second process says that the library is in use',
             line.busy_without_a_bus),
            ('and is let in when the window is closed', line.free_when_the_window_is_closed),
        ], when_failed=lambda title: workplace.keep())


if __name__ == '__main__':
    sys.exit(main())
