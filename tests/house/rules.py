# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house. Each takes a Tree and yields one line for each breach."""

import re
from pathlib import PurePosixPath

ID_HOME = 'meson.build'
MOST_LINES = 600
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'

# Which floors the files of a floor may include.
MAY_INCLUDE = {
    'model': {'model'},
    'format': {'format', 'model'},
    'store': {'store', 'format', 'model'},
    'sync': {'sync', 'store', 'format', 'model'},
    'server': {'server', 'format', 'model'},
    'app': {'app', 'sync', 'store', 'format', 'model'},
    'cli': {'cli', 'app', 'format', 'model'},
    'ui': {'ui', 'app', 'format', 'model'},
    # main.c knows every floor but the other program.
    'main': {'ui', 'cli', 'app', 'sync', 'store', 'format', 'model'},
}

# The server is a second program on its own tables: these rooms of the store and no other.
SERVER_MAY_ENTER = {
    'store/hall-database.h',
    'store/hall-migrator.h',
    'store/hall-store-error.h',
}

# Whose headers belong to whom: the beginning of a name, and the floors that may say it.
LIBRARIES = {
    'adwaita.h': {'ui', 'main'},
    'gdk/': {'ui', 'main'},
    'gtk/': {'ui', 'main'},
    'gtksourceview/': {'ui'},
    'libsecret/': {'app'},
    'libsoup/': {'server', 'sync'},
    'qrencode.h': {'ui'},
    'unicode/': {'format'},
    'yaml.h': {'format'},
    'yyjson.h': {'format'},
}

SQLITE_HOME = ('src/store/hall-database', 'src/store/hall-statement.', 'src/store/hall-sqlite-error.')
SQLITE_IN_TESTS = 'tests/sim/'  # a VFS that fails on purpose
SQLITE = re.compile(r'#\s*include\s*[<"]sqlite3\.h[>"]|\bsqlite3_\w+\s*\(')

EMPTY_WORDS = {'util', 'utils', 'common', 'misc', 'helper', 'helpers', 'manager', 'managers'}

TOP_LEVEL = {'meson.build', 'meson.options', 'src', 'data', 'po', 'tests', 'flatpak',
             'README.md', 'dev', 'COPYING', '.ci', '.clang-format', '.editorconfig'}

# Words for people in C and Blueprint.
TRANSLATABLE = re.compile(r'(?<![\w.])(?:C?_|N_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*["\'\w]')


def floor_of(path):
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 else 'main'


def only_downward(tree):
    """Nothing is included from a floor above or beside."""
    known = set(tree.c_files)
    for path, includes in tree.includes.items():
        floor = floor_of(path)
        if floor not in MAY_INCLUDE:
            yield f'{path}: there is no floor called {floor}'
            continue
        for name, quoted in includes:
            target = name.partition('/')[0]
            if not quoted:
                if target in MAY_INCLUDE:
                    yield f'{path}: <{name}> is ours, so it belongs in quotes'
                continue
            # What the build makes: the settings, and the resources of the floor itself.
            if name in ('config.h', f'hall-{floor}-resources.h'):
                continue
            if 'src/' + name not in known:
                yield f'{path}: "{name}" is no file of src/'
            elif target in MAY_INCLUDE[floor] or (floor == 'server' and name in SERVER_MAY_ENTER):
                continue
            else:
                yield f'{path}: {floor} must not include "{name}"'


def no_circles(tree):
    """No files include each other round about; a .c and its .h are one file here."""
    def stem_of(path):
        return path.rpartition('.')[0]

    edges = {}
    for path, includes in tree.includes.items():
        stem = stem_of(path)
        targets = edges.setdefault(stem, set())
        targets.update(stem_of('src/' + name) for name, quoted in includes
                       if quoted and name != 'config.h')
        targets.discard(stem)

    done, way = set(), []

    def walk(stem):
        if stem in way:
            circle = way[way.index(stem):] + [stem]
            yield 'a circle: ' + ' > '.join(name.removeprefix('src/') for name in circle)
        elif stem not in done:
            way.append(stem)
            for target in sorted(edges.get(stem, ())):
                yield from walk(target)
            way.pop()
            done.add(stem)

    for stem in sorted(edges):
        yield from walk(stem)


def libraries_on_their_floors(tree):
    """GTK is seen by ui alone, HTTP by sync and server, and so on."""
    for path, includes in tree.includes.items():
        for name, _ in includes:
            for begin, floors in LIBRARIES.items():
                if name.startswith(begin) and floor_of(path) not in floors:
                    yield f'{path}: <{name}> is for {", ".join(sorted(floors))} only'


def one_caller_of_sqlite(tree):
    """Only the database knows SQLite's functions."""
    for path in tree.under('src', 'tests'):
        if not path.endswith(('.c', '.h')) or path.startswith((*SQLITE_HOME, SQLITE_IN_TESTS)):
            continue
        match = SQLITE.search(tree.text(path))
        if match:
            yield f'{path}: {match[0]} is for {SQLITE_HOME[0]} only'


def short_files(tree):
    """A file past the limit is about two things."""
    for path in ['dev', *tree.under('src', 'data', 'tests', 'flatpak', '.ci')]:
        if path in tree.paths:
            lines = tree.text(path).count('\n')
            if lines > MOST_LINES:
                yield f'{path}: {lines} lines, more than {MOST_LINES}'


def licence_named(tree):
    """Each file names its licence at its top, C files in the very first line."""
    tops = ['dev', 'meson.build', 'meson.options', '.clang-format', '.editorconfig']
    for path in [*tops, *tree.under('src', 'data', 'po', 'tests', 'flatpak', '.ci')]:
        if path not in tree.paths or path.endswith('.md'):
            continue
        head = tree.text(path).splitlines()[:1 if path.endswith(('.c', '.h')) else 6]
        if not any(LICENCE in line for line in head):
            yield f'{path}: no line "{LICENCE}" at the top'


def names_that_say_something(tree):
    """No file is called after a drawer."""
    for path in tree.paths:
        empty = EMPTY_WORDS & set(re.split(r'[^a-z0-9]+', path.lower()))
        if empty:
            yield f'{path}: "{sorted(empty)[0]}" says nothing'


def app_id_once(tree):
    """The app id stands in one place; a manifest cannot be made from a template."""
    if ID_HOME not in tree.paths:
        yield f'{ID_HOME} is missing'
        return
    match = re.search(r"^app_id = '([\w.]+)'$", tree.text(ID_HOME), re.MULTILINE)
    if not match:
        yield f"{ID_HOME}: no line app_id = '…'"
        return
    vendor = match[1].rpartition('.')[0].rpartition('.')[2]
    if tree.text(ID_HOME).count(vendor) > 1:
        yield f'{ID_HOME}: the app id stands here twice'
    for path in tree.under('src', 'data', 'po', 'tests', '.ci') + ['dev', 'meson.options']:
        if path in tree.paths and vendor in path + tree.text(path):
            yield f'{path}: writes the app id, which {ID_HOME} sets'
    for path in tree.under('flatpak'):
        if path.endswith('.yml') and (path != f'flatpak/{match[1]}.yml'
                                      or f'\nid: {match[1]}\n' not in tree.text(path)):
            yield f'{path}: has another app id than {ID_HOME}'


def translations_listed(tree):
    """POTFILES.in lists exactly the files with words for people."""
    listed = {line.strip() for line in tree.text('po/POTFILES.in').splitlines()
              if line.strip() and not line.startswith('#')} if 'po/POTFILES.in' in tree.paths else set()
    speaking = {path for path in tree.under('src', 'data')
                if path.endswith(('.desktop.in.in', '.metainfo.xml.in.in'))
                or (path.endswith(('.c', '.h', '.blp')) and TRANSLATABLE.search(tree.text(path)))}
    for path in sorted(speaking - listed):
        yield f'{path}: has words to translate and is not in po/POTFILES.in'
    for path in sorted(listed - speaking):
        yield f'po/POTFILES.in: {path} has no words to translate'


def tidy_top(tree):
    """The top level holds what a visitor looks for and nothing else."""
    tops = {path.partition('/')[0] for path in tree.paths}
    for name in sorted(tops - TOP_LEVEL):
        yield f'{name}: has no place at the top level'


RULES = [only_downward, no_circles, libraries_on_their_floors, one_caller_of_sqlite, short_files,
         licence_named, names_that_say_something, app_id_once, translations_listed, tidy_top]
