# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad libraries, bad services and bad posts: one clear sentence, exit code 1, nothing harmed; here on
the command line, with the same in the window after it."""

import sys

import damage
import hostile
import posts
import processes
import service
import tap
from bad_input_window import BadInputWindow
from sentences import sentence

class BadInput:
    def __init__(self, workplace):
        self.workplace = workplace

    def silence_begins(self):
        """A service that never answers takes the longest; it is asked while the rest goes on."""
        self.silent = hostile.Service(manner='silence')
        self.workplace.at_end(self.silent.close)
        self.waiting_library = processes.Library(self.workplace, 'silence/library.hallway')
        token = self.workplace.path('silence', 'token')
        token.write_text('a-token-that-nobody-gave\n')
        words = ('account', 'add', 'Nobody', '--url', self.silent.url, '--token-file', token)
        self.waiting = words, self.waiting_library.start(*words)

    def silence_ends(self):
        words, process = self.waiting
        sentence(self.waiting_library.finish(process, words, seconds=120))
        tap.equal(self.waiting_library.list('chat', 'list'), [], 'chats')

    def _left_as_it_is(self, library):
        before = damage.fingerprint(library)
        for words in (('chat', 'list'), ('chat', 'list', '--json'), ('sync',),
                      ('chat', 'add', '--title', 'New', '--at', '2026-12-15 10:00', '--zone', 'UTC')):
            sentence(library.run(*words))
            tap.equal(damage.fingerprint(library), before, f'the files after {words}')

    def not_sqlite(self):
        self._left_as_it_is(damage.not_sqlite(self.workplace, 'letter/letter.hallway'))

    def newer(self):
        self._left_as_it_is(damage.newer(self.workplace, 'newer/library.hallway'))

    def folder_in_its_place(self):
        library = processes.Library(self.workplace, 'folder/library.hallway')
        library.path.mkdir()
        sentence(library.run('chat', 'list'))

    def _not_written(self, library):
        before = damage.contents(library)
        bytes_before = library.path.read_bytes()
        sentence(library.run('chat', 'add', '--title', 'New', '--at', '2026-12-15 10:00',
                             '--zone', 'UTC'))
        tap.equal(library.path.read_bytes(), bytes_before, 'the bytes of the file')
        tap.equal(damage.contents(library), before, 'what is in the library')

    def read_only_file(self):
        self._not_written(damage.read_only_file(self.workplace, 'locked-file/library.hallway'))

    def read_only_folder(self):
        self._not_written(damage.read_only_folder(self.workplace, 'locked-folder/library.hallway'))

    def full_disk(self):
        disk = damage.SmallDisk(self.workplace, 'full')
        long_post = self.workplace.path('full', 'long.markdown')
        long_post.write_bytes(posts.OWN * 2000)
        before = disk.library.list('chat', 'list')
        disk.fill()
        sentence(disk.library.run('post', 'import', long_post))
        if disk.mounted:
            sentence(processes.Library(self.workplace, 'full/disk/new.hallway').run('chat', 'list'))
        disk.clear()
        tap.equal(disk.library.list('chat', 'list'), before, 'the chats')
        tap.equal(disk.library.list('post', 'list'), [], 'the posts')
        damage.contents(disk.library)

    def _new_account(self, library, url, token_file):
        return library.run('account', 'add', 'Home', '--url', url, '--token-file', token_file)

    def account_at_bad_service(self):
        library = damage.good_library(self.workplace, 'account/library.hallway')
        token = self.workplace.path('account', 'token')
        token.write_text('a-token-that-nobody-gave\n')
        before = damage.contents(library)
        elsewhere = hostile.Service(manner='HTML')
        service_ = hostile.Service(elsewhere=elsewhere.url)
        for one in elsewhere, service_:
            self.workplace.at_end(one.close)
        for manner in service_.MANNERS + service_.WORSE:
            service_.manner = manner
            tap.note(f'a service that answers with {manner}:')
            sentence(self._new_account(library, service_.url, token))
            tap.equal(damage.contents(library), before, 'what is in the library')
        tap.equal(elsewhere.asked, 0, 'requests to another host')
        tap.note('plain http to another machine:')
        sentence(self._new_account(library, 'http://192.0.2.1:8080', token))
        tap.equal(damage.contents(library), before, 'what is in the library')

    def sync_with_bad_service(self):
        desk = processes.Desk(self.workplace).start()
        token, token_file = desk.token('laptop')
        library = damage.good_library(self.workplace, 'sync/library.hallway')
        tap.equal(self._new_account(library, desk.url, token_file).code, 0, 'account add')
        post = library.add('post', 'import', self._post())
        library.sync()
        desk.stop()
        library.add('chat', 'add', '--title', 'Ask me about trees', '--at', '2026-12-15 10:00',
                    '--zone', 'UTC', '--slug', 'trees')
        chats, listed = library.list('chat', 'list'), library.list('post', 'list')

        tap.note('a service that is not there:')
        sentence(library.run('sync'))
        elsewhere = hostile.Service(manner='HTML')
        bad = hostile.Service(desk.port, elsewhere=elsewhere.url)
        for manner in bad.MANNERS + bad.WORSE + bad.IN_NEWS:
            bad.manner, bad.asked = manner, 0
            tap.note(f'a service that answers with {manner}:')
            sentence(library.run('sync'))
            tap.true(bad.asked, 'the service was asked')
            tap.equal(library.list('chat', 'list'), chats, 'the chats')
            tap.equal(library.list('post', 'list'), listed, 'the posts')
        bad.close()
        elsewhere.close()
        tap.equal(elsewhere.asked, 0, 'requests to another host')

        desk.start()
        library.sync()
        rows = service.changes(desk, token)
        tap.equal(sorted(row['title'] for (kind, _), row in rows.items() if kind == 'chat'),
                  ['Ask me about parsers', 'Ask me about trees'], 'chats on the desk')
        tap.equal([key for key in rows if key[0] == 'post'], [('post', post)], 'posts on the desk')
        desk.stop()

    def _post(self):
        path = self.workplace.path(posts.OWN_NAME)
        path.write_bytes(posts.OWN)
        return path

    def bad_posts(self):
        library = damage.good_library(self.workplace, 'posts/library.hallway')
        library.add('post', 'import', self._post())
        before = damage.contents(library)
        bad = {'picture.png': damage.PNG, 'text-with-nothing.markdown': b'---\n\0\n---\n',
               'latin.markdown': '---\ntitle: Café\n---\n'.encode('latin-1')}
        for name, data in bad.items():
            path = self.workplace.path('posts', name)
            path.write_bytes(data)
            tap.note(f'a post {name}:')
            sentence(library.run('post', 'import', path))
        for path in self.workplace.folder, self.workplace.path('posts', 'not-there.markdown'):
            sentence(library.run('post', 'import', path))
        tap.equal(damage.contents(library), before, 'what is in the library')


def main():
    with processes.Workplace('bad-input') as workplace:
        bad, window = BadInput(workplace), BadInputWindow(workplace)
        bad.silence_begins()
        return tap.run([
            ('a library that is a letter', bad.not_sqlite),
            ('a library of a newer Hallway', bad.newer),
            ('a folder where the library should be', bad.folder_in_its_place),
            ('a library file that may only be read', bad.read_only_file),
            ('a library in a folder that may only be read', bad.read_only_folder),
            ('a library on a full disk', bad.full_disk),
            ('an account at a service that answers badly', bad.account_at_bad_service),
            ('sync with a service that answers badly or not at all', bad.sync_with_bad_service),
            ('posts that are not text, or not there', bad.bad_posts),
            ('the window, and a library that is a letter', window.not_sqlite),
            ('the window, and a library of a newer Hallway', window.newer),
            ('the window, and a library that may only be read', window.read_only),
            ('the window, and a disk that fills up while a post is written', window.full_disk),
            ('the window, and an account at a service that answers badly', window.account_at_bad_service),
            ('the window, and sync with such a service or none', window.sync_with_bad_service),
            ('the window, and a post that is a picture', window.binary_post),
            ('a service that takes the question and never answers', bad.silence_ends),
        ], when_failed=lambda title: workplace.keep())


if __name__ == '__main__':
    sys.exit(main())
