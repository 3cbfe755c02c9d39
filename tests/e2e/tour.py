# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the real window, with a picture of each step.

usage: tour.py [FOLDER]     the pictures go to FOLDER, build/tour by default
"""

import os
import pathlib
import re
import shutil
import sys

import posts
import processes
import service
import tap
import visitor
from album import Album
from browser import Browser
from screens import Screens
from window import Window

QUESTION = 'Как устроен спринт и можно ли прийти без опыта? 🐍'
PEOPLE = [('Ana Duarte', 'ana@example.org', 'What should I bring on the first day?'),
          ('Юлия Шевченко', 'julia@example.org', QUESTION),
          ('Kofi Mensah', 'kofi@example.org', '')]
CHATS = {'pycon': ('Live from Day 1 of PyCon', 'Monday 30 May 2016 at 3:30pm'),
         'sprints': ('Live from the PyCon sprints', 'Thu 2 June 2016 11am PDT')}
NEW_TITLE = 'Live from Day 1 of PyCon, in the hallway'
ALL_SENT = re.compile(r'^Saved\. All sent', re.M)


class Tour:
    def __init__(self, workplace, album):
        self.workplace = workplace
        self.album = album
        self.desk = processes.Desk(workplace)
        self.library = processes.Library(workplace)

    def _picture(self, name):
        self.window.picture(self.album.next(name))

    def _post(self, words):
        """The one post whose title has these words, as it would be exported; None while there is none."""
        for row in self.library.list('post', 'list'):
            if words in (row['title'] or ''):
                folder = self.workplace.path('look', row['file_name']).parent
                self.library.run('post', 'export', row['id'], '--to', folder)
                text = (folder / row['file_name']).read_bytes()
                shutil.rmtree(folder)
                return text
        return None

    def opens_empty(self):
        self.window = Window(self.workplace, self.library)
        self.window.resize(1180, 780)
        for name in 'New chat', 'Explore with sample data':
            self.window.find('button', name)
        self.window.shows('Saved. No account yet')
        self._picture('empty-library')
        for place in '2', '3', '1':
            self.window.press('alt+' + place)
            self.window.shows({'1': 'No chats yet', '2': 'No posts yet', '3': 'Nobody yet'}[place])
            if place != '1':
                self._picture({'2': 'no-posts', '3': 'nobody'}[place])

    def chats_are_made(self):
        window = self.window
        for slug, (title, time) in CHATS.items():
            window.press('ctrl+n', shows=('dialog', 'New chat'))
            window.write('Title', title)
            window.write('When', 'some day')
            window.find('button', 'Add chat')
            window.write('When', time)
            window.shows(re.compile(r'(Monday|Thursday) \d+ \w+ 2016.*PDT'))
            window.write('End of the sign-up address', slug)
            self._picture(f'new-chat-{slug}')
            window.click('button', 'Add chat')
            window.find('heading', title)
            self._picture(f'chat-{slug}')
        starts = {row['slug']: row['starts_at'] for row in self.library.list('chat', 'list')}
        tap.equal(starts, {'pycon': '2016-05-30T22:30:00Z', 'sprints': '2016-06-02T18:00:00Z'},
                  'when the chats start')
        self.chats = {row['slug']: row['id'] for row in self.library.list('chat', 'list')}

    def post_is_written(self):
        window = self.window
        window.press('alt+2', 'ctrl+n', shows=('dialog', 'New post'))
        window.write('Title', 'Two evenings at PyCon')
        self._picture('new-post')
        window.click('button', 'Write')
        window.type_at_end('Text of the post', 'Come and ask.')
        window.shows('Saved')
        tap.until(lambda: b'Come and ask.' in (self._post('Two evenings at PyCon') or b''),
                  'the post to be saved as it is typed')
        self._picture('post-written')

    def post_is_imported(self):
        path = posts.seed()
        if not path:
            path = self.workplace.path(posts.OWN_NAME)
            path.write_bytes(posts.OWN)
        title = re.search(r'title: "([^"]*)"', path.read_text())[1]
        window = self.window
        window.click('button', 'Import a post')
        window.choose_file('Import posts', path)
        window.click('list item', re.compile('^' + re.escape(title)), shows=('text', 'Text of the post'))
        window.shows(title)
        tap.equal(self._post(title), path.read_bytes(), 'the bytes of the post')
        self._picture('post-imported')
        window.click('button', 'Dismiss')
        window.click('toggle button', 'Show the front matter')
        window.find('text', 'Front matter')
        self._picture('front-matter')
        window.click('toggle button', 'Show the front matter')

    def account_is_set_up(self):
        self.desk.start()
        self.token, _ = self.desk.token('laptop')
        window = self.window
        window.press('ctrl+comma', shows=('dialog', 'Accounts'))
        window.shows('No accounts')
        self._picture('no-accounts')
        window.click('button', 'Add an account')
        window.write('Address', self.desk.url)
        window.write('Token', 'not-the-right-one')
        window.write('Name (optional)', 'Weekly Python Chat')
        window.click('button', 'Connect')
        window.shows('does not accept the token')
        self._picture('wrong-token')
        tap.true(self.token not in window.says(), 'a token is not shown')
        window.write('Token', self.token)
        window.click('button', 'Connect')
        window.find('list item', re.compile('Weekly Python Chat'))
        self._picture('account')
        window.press('Escape', gone=('dialog', 'Accounts'))

    def syncs(self):
        self.window.press('ctrl+r')
        self.window.shows(ALL_SENT)
        for slug, (title, _) in CHATS.items():
            held = service.get(self.desk, self.token, '/v1/chats/' + self.chats[slug])
            tap.equal(held and held['title'], title, 'the title on the desk')
        told = 'label', 'Everything is on the service too.'
        self.window.click(('button', 'toggle button'), ALL_SENT, shows=told)
        self._picture('all-sent')
        self.window.press('Escape', gone=told)

    def people_sign_up(self):
        browser = Browser(self.workplace)
        for slug in CHATS:
            for name, address, question in PEOPLE:
                visitor.sign_up(browser, self.desk, slug, name, address, question)
                visitor.signed_up(browser, slug)
        browser.picture(self.album.next('page-signed-up-phone'), 390, 780)
        visitor.sign_up(browser, self.desk, 'pycon', '', 'lee@example', 'Is there tea?')
        visitor.refused(browser, 'name', {'address': 'lee@example', 'question': 'Is there tea?'})
        browser.picture(self.album.next('page-refused-phone'), 390, 780)
        browser.open(self.desk.url + '/e/sprints')
        browser.picture(self.album.next('page-chat'), 1180, 900)
        browser.picture(self.album.next('page-chat-dark'), 1180, 900, dark=True)
        browser.open(self.desk.url + '/')
        browser.picture(self.album.next('page-schedule'), 1180, 780)
        browser.picture(self.album.next('page-schedule-phone'), 390, 780)

    def attendees_are_shown(self):
        window = self.window
        window.press('alt+1', 'ctrl+r')
        window.click('list item', re.compile('^' + CHATS['pycon'][0] + '.*3 going'),
                     shows=('heading', CHATS['pycon'][0]))
        self._picture('chat-with-sign-ups')
        window.point(window.find('page tab', re.compile('^Attendees')))
        for name, address, _ in PEOPLE:
            window.find(('table row', 'list item'), re.compile(f'{name}.*{address}'))
        self._picture('attendees')
        window.press('ctrl+f')
        window.type('KOFI')
        window.gone(('table row', 'list item'), re.compile('Ana Duarte'))
        window.find(('table row', 'list item'), re.compile('Kofi Mensah'))
        self._picture('attendees-searched')
        window.press('ctrl+a', 'BackSpace')
        window.write('Search attendees', 'шевч', role='entry')
        window.gone(('table row', 'list item'), re.compile('Kofi Mensah'))
        window.find(('table row', 'list item'), re.compile('Юлия Шевченко'))
        window.write('Search attendees', '', role='entry')
        window.click('page tab', re.compile('^Questions'))
        window.shows(QUESTION)
        window.shows(PEOPLE[0][2])
        self._picture('questions')

    def code_is_shown(self):
        window = self.window
        window.click('page tab', 'Overview')
        window.find('button', 'Copy the sign-up address')
        window.find('button', 'Open the sign-up page')
        window.click('toggle button', 'Show the QR code')
        code = ('image', 'icon'), f'QR code of {self.desk.url}/e/pycon'
        window.find(*code)
        self._picture('qr-code')
        window.press('Escape', gone=code)

    def works_offline(self):
        self.desk.stop()
        window = self.window
        window.write('Title', NEW_TITLE)
        window.find('heading', NEW_TITLE)
        window.press('alt+2')
        window.click('list item', re.compile('^Two evenings at PyCon'), shows=('text', 'Text of the post'))
        window.type_at_end('Text of the post', ' Bring a friend.')
        window.shows('Saved')
        window.press('ctrl+r')
        window.shows('Saved. Cannot reach the service')
        self._picture('offline')
        told = 'label', re.compile('Everything saved here is safe')
        window.click(('button', 'toggle button'), re.compile('^Saved. Cannot reach the service'), shows=told)
        self._picture('offline-told')
        window.click('button', re.compile('^2 edits waiting'), shows=('dialog', 'Waiting to be sent'))
        window.find('list item', re.compile('^Chat, ' + re.escape(NEW_TITLE) + ', Changed'))
        window.find('list item', re.compile('^Post, Two evenings at PyCon, Changed'))
        self._picture('offline-waiting')
        window.press('Escape', gone=('dialog', 'Waiting to be sent'))
        tap.until(lambda: b'Bring a friend.' in self._post('Two evenings at PyCon'), 'the post saved')

    def is_delivered(self):
        self.desk.start()
        self.window.press('ctrl+r')
        self.window.shows(ALL_SENT)
        self._picture('delivered')
        held = service.get(self.desk, self.token, '/v1/chats/' + self.chats['pycon'])
        tap.equal(held['title'], NEW_TITLE, 'the title on the desk')
        tap.true(NEW_TITLE in service.page(self.desk, '/e/pycon'), 'the public page has it')
        texts = [row['text'] for (kind, _), row in service.changes(self.desk, self.token).items()
                 if kind == 'post']
        tap.true(any('Come and ask. Bring a friend.' in text for text in texts), 'the post on the desk')

    def people_are_shown(self):
        window = self.window
        window.press('alt+3')
        window.click('list item', re.compile('^Юлия Шевченко'), shows=('heading', 'Юлия Шевченко'))
        window.shows(QUESTION)
        self._picture('person')

    def keys_and_help(self):
        window = self.window
        window.press('ctrl+slash', shows=('dialog', 'Keyboard shortcuts'))
        self._picture('shortcuts')
        window.press('Escape', gone=('dialog', 'Keyboard shortcuts'))
        window.press('alt+1', 'ctrl+n', shows=('dialog', 'New chat'))
        window.press('Escape', gone=('dialog', 'New chat'))
        window.press('ctrl+f')
        window.type('sprints')
        window.gone('list item', re.compile('^' + NEW_TITLE))
        self._picture('chats-searched')
        window.press('Escape')
        window.close()


def main():
    os.environ['TZ'] = 'America/Los_Angeles'
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else processes.build_folder() / 'tour')
    with processes.Workplace('tour') as workplace:
        album = Album(folder.resolve())
        tour, screens = Tour(workplace, album), Screens(workplace, album)
        return tap.run([
            ('an empty library says what to do', tour.opens_empty),
            ('two chats are made, their times written as people do', tour.chats_are_made),
            ('a post is written and saves itself', tour.post_is_written),
            ('another one is imported', tour.post_is_imported),
            ('an account is set up, at first with a wrong token', tour.account_is_set_up),
            ('everything is sent', tour.syncs),
            ('people sign up in the browser', tour.people_sign_up),
            ('they are in the list, the search and the questions', tour.attendees_are_shown),
            ('the QR code of the sign-up page', tour.code_is_shown),
            ('edits without the desk wait', tour.works_offline),
            ('and are delivered when it is back', tour.is_delivered),
            ('people over all chats', tour.people_are_shown),
            ('keys lead everywhere', tour.keys_and_help),
            ('sample data: three hundred sign-ups', screens.explore),
            ('every screen in dark', screens.dark),
            ('every screen 360 pixels wide', screens.narrow),
        ], journey=True, when_failed=lambda title: workplace.keep())


if __name__ == '__main__':
    sys.exit(main())
