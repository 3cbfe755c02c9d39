# SPDX-License-Identifier: GPL-3.0-or-later
"""Two windows of two libraries and one desk: what both hosts change at the same time, and what the desk refuses.

usage: two_hosts.py [FOLDER]     the pictures go to FOLDER, build/two-hosts by default
"""

import os
import pathlib
import re
import signal
import sys

import processes
import service
import tap
from album import Album
from window import Window

TITLE = 'Live from the reading room'
ANNS = 'Live from the reading room, with tea'
BENS = 'Live from the quiet reading room'
THIRD = 'Live from the quiet reading room, with tea'
SLUG = 'reading-room'
LINE = 'button', 'toggle button'
COUNT = '1 chat changed in both places'
CHOOSE = 'Changed in both places'
POST = '2031-05-19-a-quiet-evening.markdown'
TEXT = '''---
title: "A quiet evening"
---

We read aloud for an hour, and then there is time for whatever you would like to ask.

Please bring one book that you would not lend to anybody, and a cup.

The door is open from half past five.
'''


class TwoHosts:
    def __init__(self, workplace, album):
        self.workplace = workplace
        self.album = album
        self.desk = processes.Desk(workplace)
        self.ann = processes.Library(workplace, 'ann/library.hallway')
        self.ben = processes.Library(workplace, 'ben/library.hallway')

    def _picture(self, name):
        self.window.picture(self.album.next(name))

    def _title(self, library):
        return {row['slug']: row['title'] for row in library.list('chat', 'list')}.get(SLUG)

    def _on_desk(self):
        return service.get(self.desk, self.token, '/v1/chats/' + self.chat)['title']

    def _open(self, library, name, **environment):
        window = Window(self.workplace, library, name=name, **environment)
        window.resize(1180, 780)
        return window

    def same_chat_on_both(self):
        self.desk.start()
        self.token, _ = self.desk.token('reader')
        for library, name in (self.ann, 'ann'), (self.ben, 'ben'):
            _, file = self.desk.token(name)
            library.add('account', 'add', 'Weekly Reading', '--url', self.desk.url, '--token-file', file)
        self.chat = self.ann.add('chat', 'add', '--title', TITLE, '--at', '2031-05-26 18:00',
                                 '--zone', 'Europe/Berlin', '--slug', SLUG)
        self.ann.sync()
        self.ben.sync()
        tap.equal(self._title(self.ben), TITLE, 'the chat that came to Ben')

    def _rename(self, window, old, new):
        window.click('list item', re.compile('^' + re.escape(old) + ','), shows=('heading', old))
        window.write('Title', new)
        window.find('heading', new)

    def both_rename_it_offline(self):
        self.desk.stop()
        self.anns, self.bens = self._open(self.ann, 'ann'), self._open(self.ben, 'ben')
        self._rename(self.anns, TITLE, ANNS)
        self._rename(self.bens, TITLE, BENS)
        for library, title in (self.ann, ANNS), (self.ben, BENS):
            tap.until(lambda: self._title(library) == title, 'the new title in the library')

    def one_of_them_has_to_choose(self):
        self.desk.start()
        self.anns.press('ctrl+r')
        self.anns.shows(re.compile(r'^Saved\. All sent', re.M))
        self.bens.press('ctrl+r')
        self.window = self.bens
        self.bens.find(LINE, 'Saved. Changed in both places: 1')
        self.anns.press('ctrl+r')
        self.anns.shows(re.compile(r'^Saved\. All sent', re.M))
        tap.equal((self._title(self.ann), self._title(self.ben), self._on_desk()), (ANNS, BENS, ANNS),
                  'both titles are kept')
        tap.true(CHOOSE not in self.anns.says(), 'nothing to choose for Ann')
        self.anns.close()

    def it_is_seen_where_it_is(self):
        window = self.window
        window.find('list item', re.compile('^' + re.escape(BENS) + '.*Changed in both places$'))
        window.shows('Changed here and on the service')
        self._picture('chat-with-two-versions')
        window.click(LINE, 'Saved. Changed in both places: 1', shows=('button', COUNT))
        self._picture('line-opened')
        window.click('button', COUNT, shows=('dialog', CHOOSE))

    def versions_are_told_apart(self):
        window = self.window
        for text in TITLE, ANNS, BENS, 'Before', 'Mine', 'Theirs':
            window.shows(text)
        self._picture('two-versions')
        window.press('Escape', gone=('dialog', CHOOSE))

    def mine_is_kept_and_taken_back(self):
        self.desk.stop()
        window = self.window
        window.click('button', 'Choose…', shows=('dialog', CHOOSE))
        window.click('button', 'Keep mine')
        window.gone('dialog', CHOOSE)
        window.hover('label', 'Yours is kept')
        window.gone('button', 'Choose…')
        self._picture('mine-kept')
        window.press('ctrl+z')
        window.find('button', 'Choose…')
        tap.equal(self._title(self.ben), BENS, 'the title')

    def theirs_is_kept_and_taken_back(self):
        window = self.window
        window.click('button', 'Choose…', shows=('dialog', CHOOSE))
        window.click('button', 'Keep theirs')
        window.gone('dialog', CHOOSE)
        window.hover('label', 'Theirs is kept')
        window.find('heading', ANNS)
        self._picture('theirs-kept')
        window.click('button', 'Undo')
        window.find('heading', BENS)
        window.find('button', 'Choose…')

    def third_version_is_made(self):
        window = self.window
        window.click('button', 'Choose…', shows=('dialog', CHOOSE))
        window.click('button', 'Edit…', shows=('button', 'Keep this version'))
        self._picture('edit')
        window.click('radio button', 'Theirs')
        window.shows(ANNS)
        window.write('Title', '')
        tap.until(lambda: not window.find('button', 'Keep this version').sensitive, 'no chat without a title')
        window.write('Title', THIRD)
        self._picture('edited')
        window.click('button', 'Keep this version')
        window.gone('dialog', CHOOSE)
        window.shows('Your edit is kept')
        window.find('heading', THIRD)
        self.desk.start()
        window.press('ctrl+r')
        window.shows(re.compile(r'^Saved\. All sent', re.M))
        self.ann.sync()
        tap.equal((self._title(self.ann), self._title(self.ben), self._on_desk()), (THIRD, THIRD, THIRD),
                  'the third title is everywhere')

    def desk_refuses(self):
        """Both give a new chat the same end of the sign-up address, and Ann is first."""
        window = self.window
        self.ann.add('chat', 'add', '--title', 'Poems in the garden', '--at', '2031-06-09 18:00',
                     '--zone', 'Europe/Berlin', '--slug', 'poems')
        self.ann.sync()
        self.desk.stop()
        self.ben.add('chat', 'add', '--title', 'Poems by candlelight', '--at', '2031-06-02 18:00',
                     '--zone', 'Europe/Berlin', '--slug', 'poems')
        window.find('list item', re.compile('^Poems by candlelight'))
        window.press('ctrl+r')
        window.click(LINE, re.compile('^Saved. Cannot reach the service'), shows=('button', '1 edit waiting'))
        self._picture('one-waiting')
        window.click('button', '1 edit waiting', shows=('dialog', 'Waiting to be sent'))
        self._picture('outbox')
        window.press('Escape', gone=('dialog', 'Waiting to be sent'))
        self.desk.start()
        window.press('ctrl+r')
        window.click(LINE, 'Saved. 1 edit was refused', shows=('button', '1 edit refused'))
        self._picture('one-refused')
        window.click('button', '1 edit refused', shows=('dialog', 'Waiting to be sent'))
        window.find('button', 'Try again')
        window.shows('Another chat on the service already has this sign-up address')
        self._picture('refused')

    def _poems(self, library):
        return [row['title'] for row in library.list('chat', 'list') if row['slug'] == 'poems']

    def refused_edit_is_let_go_and_taken_back(self):
        window = self.window
        window.click('button', 'Discard')
        window.hover('label', 'The edit is discarded')
        window.shows('Everything is sent')
        self._picture('discarded')
        tap.equal(self._poems(self.ben), ['Poems in the garden'], 'what Ben has, as it is on the service')
        window.press('ctrl+z', shows=('button', 'Try again'))
        tap.equal(sorted(self._poems(self.ben)), ['Poems by candlelight', 'Poems in the garden'], 'what Ben has')

    def refused_edit_is_tried_again(self):
        window = self.window
        window.click('button', 'Try again')
        window.gone('list item', re.compile('waiting'))
        window.find('button', 'Try again')
        garden = next(row['id'] for row in self.ann.list('chat', 'list') if row['slug'] == 'poems')
        service.write(self.desk, self.token, 'DELETE', '/v1/chats/' + garden)
        window.click('button', 'Try again')
        window.shows('Everything is sent')
        window.click('button', 'Close', shows=(LINE, re.compile('^Saved. All sent')))
        self.ann.sync()
        tap.equal(self._poems(self.ann), ['Poems by candlelight'], 'what came to Ann')

    def three_more_cases(self):
        """A text that both changed, a chat that is gone here, and one that is gone there."""
        window = self.window
        path = self.workplace.path(POST)
        path.write_text(TEXT)
        post = self.ben.add('post', 'import', path)
        window.press('ctrl+r')
        tap.until(lambda: service.get(self.desk, self.token, '/v1/posts/' + post), 'the post on the desk')
        window.shows(re.compile(r'^Saved\. All sent', re.M))
        self.desk.stop()
        self._rename(window, 'Poems by candlelight', 'Poems by moonlight')
        window.press('alt+2')
        window.click('list item', re.compile('^A quiet evening'), shows=('text', 'Text of the post'))
        body = window.find('text', 'Text of the post')
        window.write('Text of the post', body.text.replace('one book', 'one short book'))
        window.press('alt+1')
        window.click('list item', re.compile('^' + THIRD), shows=('heading', THIRD))
        window.click('toggle button', 'Chat menu', shows=('menu item', ''))
        window.press('Up', 'Return')
        window.shows(f'“{THIRD}” deleted')
        window.close()
        poems = next(row['id'] for row in self.ben.list('chat', 'list') if row['slug'] == 'poems')
        self.desk.start()
        for path, body in (('/v1/posts/' + post, {'text': TEXT.replace('one book', 'two thin books')}),
                           ('/v1/chats/' + self.chat, {'title': ANNS})):
            service.write(self.desk, self.token, 'PATCH', path, body)
        service.write(self.desk, self.token, 'DELETE', '/v1/chats/' + poems)
        self.ben.run('sync')
        tap.equal(len(self.ben.list('conflict', 'list')), 3, 'what waits for a choice')

    def _walk(self, mood):
        window = self.window
        def picture(name):
            self._picture(f'{mood}-{name}')
        line = LINE, re.compile('^Saved. Changed in both places: 3')
        if mood == 'narrow':
            window.press('alt+1')
            window.click('button', 'Back', shows=line)
        window.click(*line, shows=('button', '3 things changed in both places'))
        picture('line')
        window.click('button', '3 things changed in both places', shows=('dialog', CHOOSE))
        window.find('list item', re.compile('^A quiet evening'))
        picture('list')
        for name, words, button in (('text', '^A quiet evening', 'Edit…'), ('gone-here', '^' + THIRD, 'Bring it back'),
                                    ('gone-there', '^Poems by moonlight', 'Remove it here too')):
            window.click('list item', re.compile(words), shows=('button', button))
            tap.until(window.focused, 'something to have the focus')
            picture(name)
            if name == 'text':
                window.click('button', 'Edit…', shows=('button', 'Keep this version'))
                tap.until(window.focused, 'something to have the focus')
                picture('text-edit')
                window.press('Escape', shows=('button', 'Edit…'))
            window.press('Escape', shows=('list item', re.compile('^A quiet evening')))
        window.press('Escape', gone=('dialog', CHOOSE))
        tap.until(window.focused, 'something to have the focus')
        window.press('alt+2')
        window.click('list item', re.compile('^A quiet evening.*Changed in both places'),
                     shows=('button', 'Choose…'))
        picture('post')
        window.press('alt+1')

    def shown_in_dark(self):
        self.window = self._open(self.ben, 'dark', ADW_DEBUG_COLOR_SCHEME='prefer-dark')
        self._walk('dark')
        self.window.close()

    def shown_on_a_narrow_window(self):
        self.window = self._open(self.ben, 'narrow')
        self.window.resize(360, 720)
        self._walk('narrow')

    def _reach(self, name):
        """Goes from one thing to the next by Tab until the focus is on the button of that name."""
        seen = []
        while self.window.focused() != ('button', name):
            seen.append(self.window.focused())
            tap.true(len(seen) < 30 and seen[-1], f'{name!r} by Tab, after {seen}')
            self.window.press('Tab')

    def settled_by_keys(self):
        window = self.window
        window.press('alt+1')
        window.click('list item', re.compile('^Poems by moonlight'), shows=('button', 'Choose…'))
        self._reach('Choose…')
        window.press('Return', shows=('dialog', CHOOSE))
        self._reach('Remove it here too')
        window.press('Return', gone=('dialog', CHOOSE))
        window.hover('label', 'It is removed here too')
        tap.until(window.focused, 'something to have the focus')
        self._picture('narrow-removed')
        window.press('ctrl+z')
        window.find('list item', re.compile('^Poems by moonlight.*Changed in both places'))
        tap.until(window.focused, 'something to have the focus')

    def exchange_is_cancelled(self):
        """The desk takes the request and says nothing."""
        window = self.window
        self.desk.process.send_signal(signal.SIGSTOP)
        window.press('alt+1')
        line = LINE, re.compile('^(Connecting|Receiving|Saved)')
        window.click('button', 'Back', shows=line)
        window.press('ctrl+r')
        window.find(LINE, re.compile('^(Connecting|Receiving)'))
        window.click(*line, shows=('progress bar', 'Exchange with the service'))
        self._picture('narrow-exchange')
        # Another one that is due may begin at once; it is cancelled like the first.
        window.click('button', 'Cancel', shows=('button', 'Sync now'))
        self.desk.process.send_signal(signal.SIGCONT)
        window.click('button', 'Sync now')
        window.find('label', 'Saved. Changed in both places: 3')
        window.close()


def main():
    os.environ['TZ'] = 'Europe/Berlin'
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else processes.build_folder() / 'two-hosts')
    with processes.Workplace('two-hosts') as workplace:
        hosts = TwoHosts(workplace, Album(folder.resolve()))
        return tap.run([
            ('one chat is in two libraries', hosts.same_chat_on_both),
            ('both rename it while the desk is away', hosts.both_rename_it_offline),
            ('one conflict on one side, both titles kept', hosts.one_of_them_has_to_choose),
            ('it is seen where it is', hosts.it_is_seen_where_it_is),
            ('before, mine and theirs', hosts.versions_are_told_apart),
            ('mine is kept, and taken back by key', hosts.mine_is_kept_and_taken_back),
            ('theirs is kept, and taken back by the toast', hosts.theirs_is_kept_and_taken_back),
            ('a third version is made of both', hosts.third_version_is_made),
            ('the desk refuses an edit', hosts.desk_refuses),
            ('it is let go, and taken back', hosts.refused_edit_is_let_go_and_taken_back),
            ('and tried again', hosts.refused_edit_is_tried_again),
            ('a text, and what is gone on one side', hosts.three_more_cases),
            ('all of it in dark', hosts.shown_in_dark),
            ('all of it 360 pixels wide', hosts.shown_on_a_narrow_window),
            ('and by keys alone', hosts.settled_by_keys),
            ('an exchange that hangs is cancelled', hosts.exchange_is_cancelled),
        ], journey=True, when_failed=lambda title: workplace.keep())


if __name__ == '__main__':
    sys.exit(main())
