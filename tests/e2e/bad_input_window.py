# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad libraries, bad services and bad posts in the window: each shows its sentence, nothing is harmed."""

import re

import damage
import hostile
import posts
import processes
import service
import tap
from sentences import JARGON, sentence
from window import Window

# What the window says of a service that answers in each manner: first in full, then in the line at
# the foot of its sidebar.
UNREACHABLE = 'The service cannot be reached', 'Saved. Cannot reach the service'
SAYINGS = {
    'HTML': UNREACHABLE,
    'half a JSON': ('What answered there is not a registration service',
                    'Saved. Something else answers at the service’s address'),
    'a cut connection': UNREACHABLE,
    '401': ('The service does not accept the token', 'Saved. The service does not accept the token'),
    '500': ('The service cannot answer right now', 'Saved. The service cannot answer right now'),
    'no word': UNREACHABLE,
}
TOKEN = 'a-token-that-nobody-gave'


class BadInputWindow:
    def __init__(self, workplace):
        self.workplace = workplace

    def _is_told(self, library):
        """The window of a library that cannot be opened says what the command line says."""
        said = sentence(library.run('chat', 'list')).removeprefix('hallway: ')
        window = Window(self.workplace, library, name=library.path.parent.name)
        window.shows(said)
        window.shows(str(library.path))
        window.find('button', 'Try again')
        window.close()

    def not_sqlite(self):
        library = damage.not_sqlite(self.workplace, 'window-letter/letter.hallway')
        before = damage.fingerprint(library)
        self._is_told(library)
        tap.equal(damage.fingerprint(library), before, 'the files')

    def newer(self):
        library = damage.newer(self.workplace, 'window-newer/library.hallway')
        before = damage.fingerprint(library)
        self._is_told(library)
        tap.equal(damage.fingerprint(library), before, 'the files')

    def read_only(self):
        library = damage.read_only_folder(self.workplace, 'window-locked/library.hallway')
        before = damage.contents(library)
        self._is_told(library)
        tap.equal(damage.contents(library), before, 'what is in the library')

    def full_disk(self):
        disk = damage.SmallDisk(self.workplace, 'window-full')
        if not disk.mounted:
            raise tap.Skip('the limit of a running program cannot be set from outside')
        before = disk.library.list('chat', 'list')
        window = Window(self.workplace, disk.library, name='window-full')
        window.press('alt+2', 'ctrl+n')
        window.write('Title', 'A long one')
        window.click('button', 'Write')
        window.find('text', 'Text of the post')
        tap.until(lambda: disk.library.list('post', 'list'), 'the post in the library')
        disk.fill()
        text = posts.OWN.decode() * 400
        window.write('Text of the post', text)
        window.shows('The disk is full')
        tap.true(not JARGON.search(window.shows(re.compile('.*disk is full.*'))[0]), 'words for people')
        tap.equal(window.find('text', 'Text of the post').text, text, 'what was typed is still shown')
        disk.clear()
        window.type_at_end('Text of the post', 'The end.')
        window.shows('Saved')
        window.close()
        tap.equal(disk.library.list('chat', 'list'), before, 'the chats')
        damage.contents(disk.library)

    def account_at_bad_service(self):
        bad = hostile.Service()
        self.workplace.at_end(bad.close)
        library = damage.good_library(self.workplace, 'window-account/library.hallway')
        before = damage.contents(library)
        window = Window(self.workplace, library, name='window-account')
        window.press('ctrl+comma')
        window.click('button', 'Add an account')
        window.write('Address', bad.url)
        window.write('Token', TOKEN)
        for manner in bad.MANNERS:
            bad.manner = manner
            window.click('button', 'Connect')
            window.shows(SAYINGS[manner][0])
        window.press('Escape')  # back to the list of accounts
        window.shows('No accounts')
        window.press('Escape')
        window.gone('dialog', 'Accounts')
        window.close()
        tap.equal(damage.contents(library), before, 'what is in the library')

    def sync_with_bad_service(self):
        desk = processes.Desk(self.workplace, 'window-desk').start()
        token, token_file = desk.token('laptop')
        library = damage.good_library(self.workplace, 'window-sync/library.hallway')
        library.add('account', 'add', 'Home', '--url', desk.url, '--token-file', token_file)
        library.sync()
        desk.stop()
        window = Window(self.workplace, library, name='window-sync')
        library.add('chat', 'add', '--title', 'Ask me about trees', '--at', '2026-12-15 10:00',
                    '--zone', 'UTC', '--slug', 'trees')
        chats = library.list('chat', 'list')

        bad = hostile.Service(desk.port)
        for manner in bad.MANNERS:
            bad.manner = manner
            window.press('ctrl+r')
            in_full, line = SAYINGS[manner]
            window.click(('button', 'toggle button'), re.compile('^' + re.escape(line)))
            window.shows(in_full)
            window.press('Escape')
            tap.equal(library.list('chat', 'list'), chats, 'the chats')
        bad.close()
        window.press('ctrl+r')
        window.shows(UNREACHABLE[1])

        desk.start()
        window.press('ctrl+r')
        window.shows('Saved. All sent')
        tap.equal(sorted(row['title'] for row in service.changes(desk, token).values()),
                  ['Ask me about parsers', 'Ask me about trees'], 'chats on the desk')
        window.close()
        desk.stop()

    def binary_post(self):
        library = damage.good_library(self.workplace, 'window-posts/library.hallway')
        before = damage.contents(library)
        picture = self.workplace.path('window-posts', 'picture.markdown')
        picture.write_bytes(damage.PNG)
        window = Window(self.workplace, library, name='window-posts')
        window.press('alt+2')
        window.click('button', 'Import a post')
        window.choose_file('Import posts', picture)
        told = window.shows(re.compile('.*is not text.*'))[0]
        tap.note(told)
        tap.true(not JARGON.search(told), f'words for people: {told}')
        window.close()
        tap.equal(damage.contents(library), before, 'what is in the library')

