# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from the command line: draft, schedule, sign up, sync, see who comes, work offline."""

import re
import shutil
import sys

import posts
import processes
import service
import tap
import visitor
from browser import Browser
from window import Window

QUESTION = 'Как устроен спринт и можно ли прийти без опыта? 🐍'

CHATS = {
    'pycon': {'title': 'Live from Day 1 of PyCon', 'at': '2016-05-30 15:30',
              'starts_at': '2016-05-30T22:30:00Z', 'wall': '2016-05-30T15:30'},
    'sprints': {'title': 'Live from the PyCon sprints', 'at': '2016-06-02 11:00',
                'starts_at': '2016-06-02T18:00:00Z', 'wall': '2016-06-02T11:00'},
}
ZONE = 'America/Los_Angeles'
ATTENDEES = [('Ana Duarte', 'ana@example.org'), ('Юлия Шевченко', 'julia@example.org'),
             ('Kofi Mensah', 'kofi@example.org')]
NEW_TITLE = 'Live from Day 1 of PyCon, in the hallway'


class MainJob:
    def __init__(self, workplace):
        self.workplace = workplace
        self.desk = processes.Desk(workplace)
        self.library = processes.Library(workplace)
        self.chats = {}
        self.posts = {}

    def desk_starts(self):
        self.desk.start()
        self.token, self.token_file = self.desk.token('laptop')

    def account_is_added(self):
        self.library.add('account', 'add', 'Weekly Python Chat', '--url', self.desk.url,
                         '--token-file', self.token_file)
        for file in self.workplace.folder.glob(self.library.path.name + '*'):
            tap.true(self.token.encode() not in file.read_bytes(), f'{file.name} holds the token')

    def chats_are_added(self):
        for slug, chat in CHATS.items():
            self.chats[slug] = self.library.add('chat', 'add', '--title', chat['title'],
                                                '--at', chat['at'], '--zone', ZONE, '--slug', slug)
        listed = {row['slug']: row for row in self.library.list('chat', 'list')}
        tap.equal(set(listed), set(CHATS), 'the chats that are listed')
        for slug, chat in CHATS.items():
            for field in 'title', 'starts_at', 'wall':
                tap.equal(listed[slug][field], chat[field], f'{field} of {slug}')
            tap.equal(listed[slug]['zone'], ZONE, f'zone of {slug}')
            tap.equal(listed[slug]['id'], self.chats[slug], f'id of {slug}')

    def _post_keeps_its_bytes(self, path):
        post = self.library.add('post', 'import', path)
        folder = self.workplace.path('exported', path.name).parent
        answer = self.library.do('post', 'export', post, '--to', folder)
        tap.equal(answer.lines, [str(folder / path.name)], 'the name of the file is told')
        tap.equal([file.name for file in folder.iterdir()], [path.name], 'files in the folder')
        tap.equal((folder / path.name).read_bytes(), path.read_bytes(), 'the bytes of the post')
        shutil.rmtree(folder)
        self.posts[path.name] = post

    def own_post_keeps_its_bytes(self):
        path = self.workplace.path(posts.OWN_NAME)
        path.write_bytes(posts.OWN)
        self._post_keeps_its_bytes(path)

    def seed_post_keeps_its_bytes(self):
        path = posts.seed()
        if not path:
            raise tap.Skip('there is no ../shared/seed beside these sources')
        self._post_keeps_its_bytes(path)

    def first_sync(self):
        self.library.sync()
        for slug, chat in CHATS.items():
            held = service.get(self.desk, self.token, '/v1/chats/' + self.chats[slug])
            tap.equal(held['title'], chat['title'], 'the title on the desk')
            tap.true(chat['title'] in service.page(self.desk, '/'), f'{slug} is on the schedule')
        for row in self.library.list('chat', 'list'):
            tap.equal(row['sign_up_url'], f'{self.desk.url}/e/{row["slug"]}', 'the sign-up address')

    def people_sign_up(self):
        browser = Browser(self.workplace)
        self.browser = browser
        ana, julia, kofi = ATTENDEES
        for slug in CHATS:
            visitor.sign_up(browser, self.desk, slug, *ana)
            visitor.signed_up(browser, slug)

            visitor.sign_up(browser, self.desk, slug, *julia, QUESTION)
            visitor.signed_up(browser, slug)

            visitor.sign_up(browser, self.desk, slug, '', kofi[1], 'Is there tea?')
            visitor.refused(browser, 'name', {'address': kofi[1], 'question': 'Is there tea?'})
            tap.equal(self._signed_up_at_desk(slug), {ana, julia}, 'sign-ups after the refusal')
            browser.fill('name', kofi[0])
            visitor.send(browser)
            visitor.signed_up(browser, slug)

    def _signed_up_at_desk(self, slug):
        return {(row['name'], row['address'])
                for (kind, _), row in service.changes(self.desk, self.token).items()
                if kind == 'attendee' and row['chat'] == self.chats[slug]}

    def second_time_in_other_case(self):
        for slug in CHATS:
            visitor.sign_up(self.browser, self.desk, slug, 'Ana D.', 'ANA@Example.ORG')
            visitor.signed_up(self.browser, slug)
            tap.equal(self._signed_up_at_desk(slug), set(ATTENDEES), 'sign-ups on the desk')

    def lists_show_exactly_them(self):
        self.library.sync()
        self._lists_are_right()
        for slug in CHATS:
            found = self.library.do('attendee', 'list', '--chat', slug, '--search', 'ШЕВЧ',
                                    '--json').json()
            tap.equal([row['name'] for row in found], [ATTENDEES[1][0]], 'what the search finds')
            plain = self.library.do('attendee', 'list', '--chat', slug).out
            for name, address in ATTENDEES:
                tap.true(name in plain and address in plain, f'{name} is in the plain list')

    def _lists_are_right(self):
        for slug in CHATS:
            people = self.library.list('attendee', 'list', '--chat', slug)
            tap.equal(sorted((row['name'], row['address']) for row in people), sorted(ATTENDEES),
                      f'attendees of {slug}')
            tap.equal({row['status'] for row in people}, {'going'}, 'their status')
            asked = self.library.list('question', 'list', '--chat', slug)
            tap.equal(sorted((row['name'], row['text']) for row in asked),
                      [(ATTENDEES[2][0], 'Is there tea?'), (ATTENDEES[1][0], QUESTION)],
                      f'questions of {slug}')
        for row in self.library.list('chat', 'list'):
            tap.equal((row['going'], row['questions']), (3, 2), f'counts of {row["slug"]}')

    def edits_without_the_desk(self):
        self.desk.stop()
        more = ' And bring a friend.'
        self.new_text = posts.OWN + more.encode()
        window = Window(self.workplace, self.library)
        window.click('list item', re.compile('^' + CHATS['pycon']['title']))
        window.write('Title', NEW_TITLE)
        window.press('alt+2')
        window.click('list item', re.compile('^Two evenings on parsers'))
        window.type_at_end('Text of the post', more)
        tap.until(self._edits_are_here, 'both edits in the library')
        window.close()

    def sync_fails_in_one_line(self):
        answer = self.library.run('sync')
        tap.equal(answer.code, 1, f'exit code of {answer}')
        tap.equal((answer.out, answer.err.count('\n')), ('', 1), f'one line alone: {answer}')
        tap.true(self._edits_are_here(), 'the edits are still here')
        self._lists_are_right()

    def _edits_are_here(self):
        titles = {row['slug']: row['title'] for row in self.library.list('chat', 'list')}
        folder = self.workplace.path('after', posts.OWN_NAME).parent
        self.library.run('post', 'export', self.posts[posts.OWN_NAME], '--to', folder)
        text = (folder / posts.OWN_NAME).read_bytes()
        shutil.rmtree(folder)
        return (titles == {'pycon': NEW_TITLE, 'sprints': CHATS['sprints']['title']}
                and text == self.new_text)

    def sync_delivers_both(self):
        before = self.desk.port
        self.desk.start()
        tap.equal(self.desk.port, before, 'the desk has its port again')
        self.library.sync()
        held = service.get(self.desk, self.token, '/v1/chats/' + self.chats['pycon'])
        tap.equal(held['title'], NEW_TITLE, 'the title on the desk')
        post = service.get(self.desk, self.token, '/v1/posts/' + self.posts[posts.OWN_NAME])
        tap.equal(post['text'].encode(), self.new_text, 'the post on the desk')
        tap.true(NEW_TITLE in service.page(self.desk, '/e/pycon'), 'the public page has the title')
        tap.true(self._edits_are_here(), 'the edits are still here')
        self._lists_are_right()

    def another_sync_has_nothing_to_do(self):
        before = service.changes(self.desk, self.token)
        self.library.sync()
        tap.equal(service.changes(self.desk, self.token), before, 'rows on the desk')


def main():
    with processes.Workplace('main-job') as workplace:
        job = MainJob(workplace)
        return tap.run([
            ('the desk starts and gives a token', job.desk_starts),
            ('an account is added, and its token is not in the library', job.account_is_added),
            ('both chats are added, at the right moment', job.chats_are_added),
            ('a post comes out as the bytes it came in as', job.own_post_keeps_its_bytes),
            ('so does the seed post', job.seed_post_keeps_its_bytes),
            ('sync brings both chats to the desk', job.first_sync),
            ('three people sign up in the browser, one after a refusal', job.people_sign_up),
            ('a second time in other case is the same sign-up', job.second_time_in_other_case),
            ('the lists show exactly them', job.lists_show_exactly_them),
            ('a chat and a post are edited while the desk is stopped', job.edits_without_the_desk),
            ('sync fails in one line, and nothing is lost', job.sync_fails_in_one_line),
            ('with the desk back, sync delivers both', job.sync_delivers_both),
            ('another sync changes nothing', job.another_sync_has_nothing_to_do),
        ], journey=True, when_failed=lambda title: workplace.keep())


if __name__ == '__main__':
    sys.exit(main())
