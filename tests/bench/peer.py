# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer: one curl that downloads the pages over one connection, and one sqlite3 shell that inserts their rows, a
transaction for each page, with the settings of a library."""

import json
import shutil
import subprocess
import urllib.request

import scene

# The same tables and indices, and the same promises to the disk. Nothing is looked up, merged or checked: what is
# inserted is what a first sync leaves behind.
SETTINGS = '''
.bail on
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA foreign_keys = ON;
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE page (kind TEXT, id TEXT, mark TEXT, row TEXT);
'''
PAGE = '''
BEGIN IMMEDIATE;
INSERT INTO temp.page SELECT value ->> 'kind', value ->> 'id', value ->> 'mark', value -> 'row'
  FROM json_each(readfile('{file}'), '$.changes');
INSERT INTO chats (id, account, title, slug, summary, wall, fold, zone, duration, capacity, status, starts_at)
  SELECT id, '{account}', row ->> 'title', row ->> 'slug', row ->> 'summary', row ->> 'wall', row ->> 'fold',
         row ->> 'zone', row ->> 'duration', row ->> 'capacity', row ->> 'status', 0
  FROM temp.page WHERE kind = 'chat';
INSERT INTO people (id, name, address)
  SELECT 'person-' || id, row ->> 'name', row ->> 'address_key' FROM temp.page WHERE kind = 'attendee';
INSERT INTO attendees (id, chat, name, address, address_key, status, attended, signed_up_at, person, folded)
  SELECT id, row ->> 'chat', row ->> 'name', row ->> 'address', row ->> 'address_key', row ->> 'status',
         row ->> 'attended', CAST (unixepoch(row ->> 'signed_up_at') * 1000000 AS INTEGER), 'person-' || id,
         lower((row ->> 'name') || char(10) || (row ->> 'address'))
  FROM temp.page WHERE kind = 'attendee';
INSERT INTO bases (kind, id, account, mark, json) SELECT kind, id, '{account}', mark, row FROM temp.page;
INSERT OR REPLACE INTO cursors (account, cursor) VALUES ('{account}', '{next}');
DELETE FROM temp.page;
COMMIT;
'''


class Pages:
    """Where the pages are, found out once."""

    def __init__(self, workplace, desk):
        self.workplace = workplace
        self.desk = desk
        self.urls = []
        self.nexts = []
        token = desk.token('scout')[0]
        url, more = f'{desk.url}/v1/changes?limit=500', True
        while more:
            request = urllib.request.Request(url, headers={'Authorization': f'Bearer {token}'})
            with urllib.request.urlopen(request) as reply:
                page = json.load(reply)
            self.urls.append(url)
            self.nexts.append(page['next'])
            more = page['has_more']
            url = f'{desk.url}/v1/changes?limit=500&since={page["next"]}'

    @property
    def count(self):
        return len(self.urls)

    def run(self, library):
        """What all downloads take, and all rows."""
        folder = library.path.parent
        config = folder / 'pages.curl'
        lines = [f'header = "Authorization: Bearer {library.token}"', 'silent', 'show-error', 'fail']
        for number, url in enumerate(self.urls):
            lines += [f'url = "{url}"', f'output = "{folder}/{number}.json"']
        config.write_text('\n'.join(lines) + '\n')
        script = SETTINGS + ''.join(PAGE.format(file=folder / f'{number}.json', account=library.account, next=after)
                                    for number, after in enumerate(self.nexts))

        watch = scene.Watch()
        subprocess.run(['curl', '--config', config], check=True)
        download = watch.read()
        watch = scene.Watch()
        subprocess.run(['sqlite3', library.path], input=script, text=True, check=True, stdout=subprocess.DEVNULL)
        insert = watch.read()
        scene.check(library.path, self.desk)
        shutil.rmtree(folder)
        return download, insert
