# SPDX-License-Identifier: GPL-3.0-or-later
"""Hallway's real window, found and used over AT-SPI as a screen reader does, with a real pointer
and real keys where AT-SPI has no action for it."""

import os
import re
import subprocess

import processes
import tap
from accessibility import Program

_DIALOGS = {'dialog', 'alert'}


def _xdotool(*words):
    """Has xdotool do something, and returns what it says. Its --sync is not used: it may wait for ever."""
    return subprocess.run(['xdotool', *map(str, words)], stdout=subprocess.PIPE, text=True, timeout=20,
                          check=False).stdout.strip()


def _matches(wanted, text):
    return wanted.search(text) if isinstance(wanted, re.Pattern) else wanted == text


class Window:
    """A Hallway with a window. words come after --library FILE; without a library, they are all."""

    def __init__(self, workplace, library=None, *words, name='window', **environment):
        self.workplace = workplace
        self.name = name
        command = [*(library.before if library else []), processes.program('hallway'),
                   *(['--library', library.path] if library else []), *words]
        # GTK's file chooser loses what it was told about the files when it is closed, and the leak sanitizer
        # sees no stack by which to tell that from a leak of ours. The tests of the ui floor, which open no
        # file chooser, look for those.
        sanitizer = ':'.join(filter(None, [os.environ.get('ASAN_OPTIONS'), 'detect_leaks=0']))
        self.process = workplace.start(name, *command, environment={'ASAN_OPTIONS': sanitizer, **environment})
        workplace.at_failure(self._testify)
        self._program = Program(self.process.pid)
        tap.until(self._appear, f'the window of {command}; see {name}.log', 20)
        self.id = tap.until(self._find_id, 'the window on the screen')

    def _appear(self):
        tap.true(self.process.poll() is None,
                 f'hallway ended with {self.process.returncode} and no window; see {self.name}.log')
        return self._program.nodes()

    def _frame(self):
        return self._program.nodes()[0][1]

    def _find_id(self):
        return (_xdotool('search', '--onlyvisible', '--pid', self.process.pid).split() or [None])[0]

    def _testify(self, folder):
        """What there is to see at a failure."""
        if self.process.poll() is None:
            subprocess.run(['import', '-window', 'root', folder / f'{self.name}.png'], timeout=20,
                           check=False)
            (folder / f'{self.name}.tree.txt').write_text(self.tree() + '\n')

    def tree(self):
        """Roles, names and texts of all that shows, for people to read."""
        lines = []
        for depth, node in self._program.nodes():
            if node.name or node.text:
                more = f' {node.text[:60]!r}' if node.text not in ('', node.name) else ''
                how = '' if node.sensitive else ' (insensitive)'
                how += ' (focus)' if node.focused else ''
                lines.append('  ' * depth + f'{node.role} {node.name!r}{more}{how}')
        return '\n'.join(lines)

    def close(self):
        """Closes the window as its button does; the program has to end in order."""
        if self.process.poll() is None:
            self._frame().act('window.close')
            tap.until(lambda: self.process.poll() is not None, 'the program ends with its window')
        tap.equal(self.process.returncode, 0, 'the exit code of the program with the window')

    # ---- Finding ---------------------------------------------------------------

    def all(self, role, name):
        """Every node of a role (or one of several) and a name (text, or a pattern) that shows; while
        a dialog is open, only the dialog and what is in it."""
        roles = {role} if isinstance(role, str) else set(role)
        nodes = self._program.nodes()
        for place, (depth, node) in reversed(list(enumerate(nodes))):
            if node.role in _DIALOGS and node.name:  # a toast is an alert, too, but has no name
                after = range(place + 1, len(nodes))
                end = next((other for other in after if nodes[other][0] <= depth), len(nodes))
                nodes = nodes[place:end]
                break
        return [node for _, node in nodes if node.role in roles and _matches(name, node.name)]

    def _missing(self, what):
        return lambda: f'{what}, among:\n{self.tree()}'

    def find(self, role, name, seconds=15):
        def look():
            return self.all(role, name)[:1]
        return tap.until(look, self._missing(f'{role} {name!r}'), seconds)[0]

    def gone(self, role, name, seconds=15):
        tap.until(lambda: not self.all(role, name), self._missing(f'no more {role} {name!r}'), seconds)

    def focused(self):
        """The name and role of what has the focus; None when nothing has."""
        return next(((node.role, node.name) for _, node in self._program.nodes() if node.focused), None)

    def says(self):
        """Everything that can be read in the window, line by line."""
        lines = []
        for _, node in self._program.nodes():
            lines += [node.name, node.text]
        return '\n'.join(lines)

    def shows(self, text, seconds=15):
        """Waits until a text (or pattern) can be read anywhere in the window."""
        def look():
            said = self.says()
            return text.search(said) if isinstance(text, re.Pattern) else text in said
        return tap.until(look, self._missing(f'{text!r}'), seconds)

    # ---- Doing -----------------------------------------------------------------

    def click(self, role, name, seconds=15, shows=None):
        """Clicks on what is there, once it can be clicked on.

        shows is the role and name of what it leads to. A click that does not lead there was lost, and
        is done again; that is only for what may be clicked on twice.
        """
        if shows:
            def again():
                if self.all(role, name):
                    self.click(role, name, seconds)
            return self._insist(again, lambda: self.all(*shows), f'{shows} after a click on {role} {name!r}')
        def look():
            return [node for node in self.all(role, name) if node.sensitive]
        node = tap.until(look, self._missing(f'{role} {name!r} to click on'), seconds)[0]
        if not node.act():
            self.point(node)
        return node

    def point(self, node):
        """Clicks with the pointer on the middle of a node of this window.

        GTK's extents are those of the inner boxes added up, so that they lack the frame around the
        window twice.
        """
        self._activate(self.id)  # another one may lie over it
        self._point(node, self.id, 2 * self._border())

    def hover(self, role, name):
        """Moves the pointer over something, as one does with a toast that is not to go yet."""
        node = self.find(role, name)
        self._activate(self.id)
        x, y, width, height = self._resting_place(node)
        shift = 2 * self._border()
        _xdotool('mousemove', '--window', self.id, x + shift + width // 2, y + shift + height // 2)

    def _point(self, node, window, shift):
        x, y, width, height = self._resting_place(node)
        _xdotool('mousemove', '--window', window, x + shift + width // 2, y + shift + height // 2,
                 'click', 1)

    def _resting_place(self, node):
        """The extents of a node, once they stay: what has just appeared may not have been laid out."""
        last = None

        def look():
            nonlocal last
            before, last = last, node.extents
            return last if last == before and last and last[2] > 0 < last[3] else None
        return tap.until(look, self._missing(f'the place of {node.role} {node.name!r}'))

    def _border(self):
        """How many pixels of frame are around the window on each side."""
        return -self._frame().extents[0]

    def press(self, *keys, shows=None, gone=None):
        """Presses keys, such as 'ctrl+n', on this window.

        shows and gone are the role and name of what then comes or goes; until it does, the keys are
        pressed again.
        """
        def again():
            self._activate(self.id)
            _xdotool('key', *keys)
        if shows:
            self._insist(again, lambda: self.all(*shows), f'{shows} after {keys}')
        elif gone:
            self._insist(again, lambda: not self.all(*gone), f'no more {gone} after {keys}')
        else:
            again()

    def _insist(self, act, condition, what):
        """Acts, and once more when nothing came of it: on a machine that is busy, a window that has just
        been laid out or got the keys may lose what is meant for it."""
        def attempt():
            act()
            try:
                return tap.until(condition, what, 6)
            except AssertionError:
                return None
        tap.until(attempt, self._missing(what))

    def type(self, text):
        """Types on the keyboard, to wherever the focus is."""
        _xdotool('type', '--delay', 2, text)

    def write(self, name, text, role=('text', 'entry', 'password text')):
        """Replaces what is written in the field of that name."""
        def look():
            return [node for node in self.all(role, name)
                    if node.editable]
        node = tap.until(look, self._missing(f'a field {name!r} to write in'))[0]
        tap.true(node.write(text), f'the field {name!r} takes text')
        return node

    def choose_file(self, title, path):
        """Types the name of a file into the file chooser of that title, and is done with it."""
        self.find('dialog', title)
        chooser = tap.until(lambda: _xdotool('search', '--onlyvisible', '--name', f'^{title}$'),
                            f'the window {title!r}').split()[0]
        # It takes a typed name only where it shows a folder.
        self._point(self.find('list item', 'Open your personal folder'), chooser, 0)
        self._activate(chooser)
        self._insist(lambda: _xdotool('key', 'ctrl+l'),
                     lambda: any(node.focused for node in self.all('text', '')), 'a name to type')
        self.write('', str(path))
        self._insist(lambda: _xdotool('key', 'Return'), lambda: not self.all('dialog', title),
                     f'no more {title!r}')

    def type_at_end(self, name, text):
        """Clicks into the text of that name, goes to its end and types on the keyboard."""
        self.point(self.find('text', name))
        tap.until(lambda: self.find('text', name).focused,
                  f'the text {name!r} to have the focus')
        self.press('ctrl+End')
        self.type(text)

    def _activate(self, window):
        """Has the keys go to a window, by its id."""
        def active():
            if _xdotool('getactivewindow') == window:
                return True
            _xdotool('windowactivate', window)
            return False
        tap.until(active, f'window {window} to get the keys')

    def resize(self, width, height):
        """Gives the window a size, the frame around it not counted."""
        frame = 2 * self._border()
        size = f'WIDTH={width + frame}\nHEIGHT={height + frame}\n'
        _xdotool('windowsize', self.id, width + frame, height + frame)
        tap.until(lambda: size in _xdotool('getwindowgeometry', '--shell', self.id) + '\n',
                  f'the window to be {width} by {height}')

    def _area(self):
        """Where the window and what has popped up from it are, without the window's frame."""
        frame = self._border()
        sides = []
        for window in _xdotool('search', '--onlyvisible', '--pid', self.process.pid).split():
            place = dict(line.split('=') for line in
                         _xdotool('getwindowgeometry', '--shell', window).split())
            if place:
                x, y, width, height = (int(place[name]) for name in ('X', 'Y', 'WIDTH', 'HEIGHT'))
                inner = frame if window == self.id else 0
                sides.append((x + inner, y + inner, x + width - inner, y + height - inner))
        left, top = max(0, min(side[0] for side in sides)), max(0, min(side[1] for side in sides))
        right, bottom = max(side[2] for side in sides), max(side[3] for side in sides)
        return f'{right - left}x{bottom - top}+{left}+{top}'

    def picture(self, path):
        """Saves what the window looks like, with what has popped up over it, once it rests."""
        self._activate(self.id)
        last = None
        for _ in range(8):
            now = subprocess.run(['import', '-silent', '-window', 'root', '-crop', self._area(),
                                  '+repage', '-depth', '8', 'ppm:-'],
                                 stdout=subprocess.PIPE, timeout=20, check=True).stdout
            if now == last:
                break
            last = now
        subprocess.run(['convert', 'ppm:-', str(path)], input=last, timeout=20, check=True)
