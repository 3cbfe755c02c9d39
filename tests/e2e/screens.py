# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample data, and then each screen of it in dark and on a narrow window."""

import re

import processes
import tap
from window import Window

SIGN_UPS = 300


class Screens:
    def __init__(self, workplace, album):
        self.workplace = workplace
        self.album = album
        self.library = processes.Library(workplace, 'sample/library.hallway')

    def explore(self):
        """Fills an empty library by its button."""
        window = Window(self.workplace, self.library, name='sample')
        window.resize(1180, 780)
        window.click('button', 'Explore with sample data')
        window.find('progress bar', 'Sample data')
        window.picture(self.album.next('sample-data-comes'))
        window.gone('progress bar', 'Sample data', seconds=60)
        window.find('list item', re.compile(r'\d+ going'))
        chats = self.library.list('chat', 'list')
        tap.equal(sum(chat['going'] for chat in chats), SIGN_UPS, 'sign-ups in all')
        self.chat = max(chats, key=lambda chat: chat['going'])['title']
        self._walk(window, 'sample')
        window.close()

    def dark(self):
        window = Window(self.workplace, self.library, name='dark',
                        ADW_DEBUG_COLOR_SCHEME='prefer-dark')
        window.resize(1180, 780)
        self._walk(window, 'dark')
        window.close()

    def narrow(self):
        window = Window(self.workplace, self.library, name='narrow')
        window.resize(360, 720)
        window.press('alt+1')
        line = ('button', 'toggle button'), re.compile('^Saved')
        window.click('button', 'Back', shows=line)
        told = 'label', 'Everything is on the service too.'
        window.click(*line, shows=told)
        window.picture(self.album.next('narrow-places'))
        window.press('Escape', gone=told)
        self._walk(window, 'narrow')
        window.close()

    def _walk(self, window, mood):
        """Every screen there is, with a picture of each."""
        def picture(name):
            window.picture(self.album.next(f'{mood}-{name}'))
        window.press('alt+1')
        window.find('list item', re.compile('^' + re.escape(self.chat)))
        picture('chats')
        window.click('list item', re.compile('^' + re.escape(self.chat)), shows=('heading', self.chat))
        picture('chat')
        window.click('toggle button', 'Show the QR code')
        code = ('image', 'icon'), re.compile('^QR code of')
        window.find(*code)
        picture('qr-code')
        window.press('Escape', gone=code)
        for tab in 'Attendees', 'Questions':
            window.click('page tab', re.compile('^' + tab))
            picture(tab.lower())
        window.click('page tab', 'Overview')
        window.press('ctrl+n', shows=('dialog', 'New chat'))
        picture('new-chat')
        window.press('Escape', gone=('dialog', 'New chat'))
        window.press('alt+2')
        picture('posts')
        window.click('list item', re.compile('(Draft|Published)$'), shows=('text', 'Text of the post'))
        picture('post')
        window.press('alt+3')
        picture('people')
        window.click('list item', re.compile('^Ana Arroyo'), shows=('heading', 'Ana Arroyo'))
        picture('person')
        window.press('ctrl+comma', shows=('dialog', 'Accounts'))
        picture('accounts')
        window.click('button', 'Add an account')
        window.find('text', 'Token')
        picture('add-account')
        window.press('Escape', gone=('text', 'Token'))
        window.press('Escape', gone=('dialog', 'Accounts'))
