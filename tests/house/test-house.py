#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the tree to the rules of the house, and each rule to trees that break it (TAP)."""

import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import rules
from tree import Tree

C = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
SH = '# SPDX-License-Identifier: GPL-3.0-or-later\n'

# A small house in order.
SOUND = {
    'meson.build': SH + "app_id = 'org.example_hall.Hallway'\n",
    'dev': '#!/bin/sh\n' + SH,
    'README.md': 'org.example_hall.Hallway\n',
    'flatpak/org.example_hall.Hallway.yml': SH + 'id: org.example_hall.Hallway\n',
    'po/POTFILES.in': SH + 'src/ui/hall-window.c\nsrc/ui/hall-window.blp\ndata/hallway.desktop.in.in\n',
    'data/hallway.desktop.in.in': SH + 'Icon=@APP_ID@\n',
    'src/main.c': C + '#include "config.h"\n#include "ui/hall-window.h"\n#include "cli/hall-command.h"\n',
    'src/model/hall-chat.h': C + '#include <glib.h>\n',
    'src/model/hall-chat.c': C + '#include "model/hall-chat.h"\n',
    'src/format/hall-slug.c': C + '#include "model/hall-chat.h"\n#include <unicode/utrans.h>\n',
    'src/store/hall-database.h': C,
    'src/store/hall-database.c': C + '#include "store/hall-database-private.h"\nsqlite3_open (path, &db);\n',
    'src/store/hall-schema.c': C + '#include "hall-store-resources.h"\n',
    'src/store/hall-database-private.h': C + '#include <sqlite3.h>\n',
    'src/store/hall-store.h': C + '#include "store/hall-database.h"\n',
    'src/sync/hall-sync.h': C + '#include "store/hall-store.h"\n#include <libsoup/soup.h>\n',
    'src/server/hall-desk.c': C + '#include "store/hall-database.h"\n#include <libsoup/soup.h>\n',
    'src/app/hall-planner.h': C + '#include "sync/hall-sync.h"\n#include <libsecret/secret.h>\n',
    'src/cli/hall-command.h': C + '#include "app/hall-planner.h"\n',
    'src/ui/hall-window.h': C + '#include "app/hall-planner.h"\n#include <adwaita.h>\n',
    'src/ui/hall-window.c': C + '#include "ui/hall-window.h"\nlabel (_("Chats"));\n',
    'src/ui/hall-window.blp': '// ' + C + 'title: _("Chats");\n',
    'tests/sim/vfs.c': C + '#include <sqlite3.h>\n',
    'tests/format/data/latin1.txt': b'\xe9 without a licence\n',
}

# Rule, what is broken, the files that differ (None: left out), a part of the complaint.
BROKEN = [
    (rules.only_downward, 'an arrow that points up',
     {'src/model/hall-chat.h': C + '#include "store/hall-store.h"\n'}, 'model must not include'),
    (rules.only_downward, 'an arrow that is written with a blank',
     {'src/format/hall-slug.c': C + ' # include "app/hall-planner.h"\n'}, 'format must not include'),
    (rules.only_downward, 'ui on store', {'src/ui/hall-window.c': C + '#include "store/hall-store.h"\n'},
     'ui must not include'),
    (rules.only_downward, 'cli on sync', {'src/cli/hall-command.h': C + '#include "sync/hall-sync.h"\n'},
     'cli must not include'),
    (rules.only_downward, 'cli on ui', {'src/cli/hall-command.h': C + '#include "ui/hall-window.h"\n'},
     'cli must not include'),
    (rules.only_downward, 'the server on the library',
     {'src/server/hall-desk.c': C + '#include "store/hall-store.h"\n'}, 'server must not include'),
    (rules.only_downward, 'the server on sync',
     {'src/server/hall-desk.c': C + '#include "sync/hall-sync.h"\n'}, 'server must not include'),
    (rules.only_downward, 'somebody on the server',
     {'src/server/hall-desk.h': C, 'src/app/hall-planner.h': C + '#include "server/hall-desk.h"\n'},
     'app must not include'),
    (rules.only_downward, 'an unknown floor', {'src/attic/hall-box.c': C}, 'no floor called attic'),
    (rules.only_downward, 'a header without its floor',
     {'src/store/hall-store.h': C + '#include "hall-database.h"\n'}, 'is no file of src/'),
    (rules.only_downward, "another floor's resources",
     {'src/model/hall-chat.c': C + '#include "hall-ui-resources.h"\n'}, 'is no file of src/'),
    (rules.only_downward, 'our header in angle brackets',
     {'src/model/hall-chat.h': C + '#include <store/hall-store.h>\n'}, 'belongs in quotes'),
    (rules.no_circles, 'two headers that include each other',
     {'src/store/hall-database.h': C + '#include "store/hall-store.h"\n'}, 'a circle'),
    (rules.no_circles, 'a circle through a .c file',
     {'src/store/hall-database.c': C + '#include "store/hall-store.h"\n'}, 'a circle'),
    (rules.no_circles, 'a circle of three',
     {'src/ui/a.h': C + '#include "ui/b.h"\n', 'src/ui/b.h': C + '#include "ui/c.h"\n',
      'src/ui/c.h': C + '#include "ui/a.h"\n'}, 'ui/a > ui/b > ui/c > ui/a'),
    (rules.libraries_on_their_floors, 'GTK below the window',
     {'src/app/hall-planner.h': C + '#include <gtk/gtk.h>\n'}, '<gtk/gtk.h> is for'),
    (rules.libraries_on_their_floors, 'HTTP in the store',
     {'src/store/hall-store.h': C + '#include <libsoup/soup.h>\n'}, '<libsoup/soup.h> is for'),
    (rules.one_caller_of_sqlite, 'SQLite elsewhere in the store',
     {'src/store/hall-store.h': C + '#include <sqlite3.h>\n'}, 'is for src/store/hall-database only'),
    (rules.one_caller_of_sqlite, 'SQLite in the server',
     {'src/server/hall-desk.c': C + 'sqlite3_exec (db);\n'}, 'is for src/store/hall-database only'),
    (rules.one_caller_of_sqlite, 'SQLite in a test',
     {'tests/store/test-store.c': C + '#include <sqlite3.h>\n'}, 'is for src/store/hall-database only'),
    (rules.short_files, 'a file of two things', {'src/ui/hall-window.c': C + '\n' * 600}, '601 lines'),
    (rules.licence_named, 'a file without a licence', {'src/ui/hall-window.blp': 'title\n'}, 'no line'),
    (rules.licence_named, 'a licence that is not in the first line',
     {'src/model/hall-chat.h': '\n' + C}, 'no line'),
    (rules.names_that_say_something, 'a drawer', {'src/model/hall-string-utils.c': C}, '"utils" says nothing'),
    (rules.app_id_once, 'an app id in the code', {'src/main.c': C + '"org.example_hall.Hallway"\n'}, 'src/main.c'),
    (rules.app_id_once, 'an app id as a path',
     {'src/ui/hall-window.blp': '// ' + C + '/org/example_hall/Hallway\n'}, 'hall-window.blp'),
    (rules.app_id_once, 'a manifest of another app id',
     {'flatpak/org.example_hall.Hallway.yml': SH + 'id: org.example_hall.Lobby\n'}, 'has another app id'),
    (rules.app_id_once, 'no app id', {'meson.build': SH}, 'no line app_id'),
    (rules.translations_listed, 'an unlisted file',
     {'src/cli/hall-chats.c': C + 'g_print (ngettext ("%d chat", "%d chats", n), n);\n'}, 'hall-chats.c: has words'),
    (rules.translations_listed, 'an unlisted Blueprint',
     {'src/ui/hall-page.blp': '// ' + C + 'label: C_("verb", "Open");\n'}, 'hall-page.blp: has words'),
    (rules.translations_listed, 'a list that is out of date',
     {'src/ui/hall-window.c': C}, 'hall-window.c has no words'),
    (rules.tidy_top, 'a stray file', {'notes.txt': SH}, 'notes.txt'),
]


class Report:
    def __init__(self, planned):
        self.number = self.failed = 0
        print('TAP version 14')
        print(f'1..{planned}')

    def tell(self, name, complaints):
        self.number += 1
        for line in complaints:
            print(f'{name}: {line}', file=sys.stderr)
        self.failed += bool(complaints)
        print(f'{"not ok" if complaints else "ok"} {self.number} {name}', flush=True)


def built(files):
    """Writes the files to a new folder and returns it as a Tree with its keeper."""
    keeper = tempfile.TemporaryDirectory(prefix='hallway-house-')
    for path, text in files.items():
        file = Path(keeper.name, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Tree(keeper.name), keeper


def main(top):
    report = Report(len(rules.RULES) * 2 + len(BROKEN))
    tree = Tree(top)
    for rule in rules.RULES:
        report.tell(f'/house/{rule.__name__}', list(rule(tree)))
    sound, keeper = built(SOUND)
    with keeper:
        for rule in rules.RULES:
            report.tell(f'/house/self/{rule.__name__}/sound', list(rule(sound)))
    for rule, what, change, expected in BROKEN:
        broken, keeper = built({**SOUND, **change})
        with keeper:
            found = list(rule(broken))
        missed = [] if any(expected in line for line in found) else [f'not caught; it said {found}']
        report.tell(f'/house/self/{rule.__name__}/{what}', missed)
    return 1 if report.failed else 0


sys.exit(main(sys.argv[1]))
