# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told of a program with GTK 4, read and acted on over the accessibility bus.

Questions about many widgets are under way at the same time, so that all of a window is read in a
fraction of the time that libatspi takes, which waits for each answer.
"""

from gi.repository import Gio, GLib

_ROOT = '/org/a11y/atspi/accessible/root'
_ATSPI = 'org.a11y.atspi.'
_WINDOW_COORDINATES = 1

# The roles of AT-SPI that GTK gives to what Hallway shows, by their numbers.
_ROLES = {2: 'alert', 7: 'check box', 10: 'column header', 11: 'combo box', 16: 'dialog',
          19: 'file chooser', 20: 'filler', 23: 'frame', 26: 'icon', 27: 'image', 29: 'label',
          31: 'list', 32: 'list item', 33: 'menu', 35: 'menu item', 37: 'page tab',
          38: 'page tab list', 39: 'panel', 40: 'password text', 42: 'progress bar', 43: 'button',
          44: 'radio button', 48: 'scroll bar', 49: 'scroll pane', 50: 'separator',
          52: 'spin button', 54: 'status bar', 55: 'table', 56: 'table cell', 61: 'text',
          62: 'toggle button', 64: 'tool tip', 66: 'tree table', 69: 'window', 75: 'application',
          79: 'entry', 83: 'heading', 88: 'link', 90: 'table row', 99: 'grouping',
          101: 'notification', 110: 'landmark', 130: 'switch'}
_EDITABLE, _FOCUSED, _SENSITIVE, _SHOWING = 7, 12, 24, 25


def _connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                None, None, Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Node:
    """One widget, as it was when its program was asked."""

    def __init__(self, program, path):
        self._program = program
        self._path = path
        self.role = self.name = ''
        self._interfaces = []
        self._states = 0, 0
        self.children = []

    def _has(self, state):
        return bool(self._states[state // 32] >> state % 32 & 1)

    @property
    def showing(self):
        return self._has(_SHOWING)

    @property
    def sensitive(self):
        return self._has(_SENSITIVE)

    @property
    def focused(self):
        return self._has(_FOCUSED)

    @property
    def editable(self):
        return self._has(_EDITABLE) and _ATSPI + 'EditableText' in self._interfaces

    def _call(self, interface, method, signature=None, *arguments):
        parameters = GLib.Variant(signature, arguments) if signature else None
        return self._program.call(self._path, interface, method, parameters)

    @property
    def text(self):
        """What is written in an entry or a text."""
        if not self.editable:
            return ''
        answer = self._call('Text', 'GetText', '(ii)', 0, -1)
        return answer[0] if answer else ''

    def write(self, text):
        """Replaces what is written in it; false when it does not take it."""
        answer = self._call('EditableText', 'SetTextContents', '(s)', text)
        return bool(answer and answer[0])

    def act(self, name='click'):
        """Does one of its actions; false where it has none of that name."""
        if _ATSPI + 'Action' not in self._interfaces:
            return False
        answer = self._call('Action', 'GetActions')
        for index, (known, _, _) in enumerate(answer[0] if answer else []):
            if known == name:
                done = self._call('Action', 'DoAction', '(i)', index)
                return bool(done and done[0])
        return False

    @property
    def extents(self):
        """Where it is in its window, as (x, y, width, height); None when it has gone."""
        answer = self._call('Component', 'GetExtents', '(u)', _WINDOW_COORDINATES)
        return answer and answer[0]


class Program:
    """A running program, by its process id."""

    def __init__(self, process_id):
        self._id = process_id
        self._bus = _connect()
        self._name = None
        self._kinds = {}  # path → role and interfaces, which stay as they are
        self._waiting = 0
        self._mute = False  # does not answer, so that its main loop must be stuck

    def _ask(self, name, path, interface, method, parameters=None):
        try:
            return self._bus.call_sync(name, path, interface, method, parameters, None,
                                       Gio.DBusCallFlags.NONE, 10000, None).unpack()
        except GLib.Error:
            return None  # the widget or the program has gone, or is not there yet

    def call(self, path, interface, method, parameters):
        """Asks a widget something; None when it has gone."""
        return self._ask(self._name, path, _ATSPI + interface, method, parameters)

    def _find(self):
        answer = self._ask(_ATSPI + 'Registry', _ROOT, _ATSPI + 'Accessible', 'GetChildren')
        for name, _ in answer[0] if answer else []:
            owner = self._ask('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                              'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))
            if owner and owner[0] == self._id:
                self._name = name

    def _send(self, path, interface, method, parameters, take):
        """Asks without waiting; take(answer) is called from _settle(), unless the widget has gone."""
        def on_answer(bus, result):
            self._waiting -= 1
            try:
                answer = bus.call_finish(result)
            except GLib.Error as error:
                self._mute |= error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT)
                return
            take(answer.unpack()[0])

        if self._mute:
            return
        self._waiting += 1
        self._bus.call(self._name, path, interface, method, parameters, None,
                       Gio.DBusCallFlags.NONE, 10000, None, on_answer)

    def _settle(self):
        while self._waiting:
            GLib.MainContext.default().iteration(True)

    def _visit(self, node, path):
        """Fills in what there is to know of a widget, and of all below it."""
        accessible = _ATSPI + 'Accessible'
        kind = self._kinds.setdefault(path, {})

        def take_children(told):
            for _, child in told:
                node.children.append(Node(self, child))
                self._visit(node.children[-1], child)

        def take_kind(what):
            def take(answer):
                kind[what] = answer
                set_kind()
            return take

        def set_kind():
            node.role = _ROLES.get(kind.get('role'), f'role {kind.get("role")}')
            node._interfaces = kind.get('interfaces', [])

        if len(kind) == 2:
            set_kind()
        else:
            self._send(path, accessible, 'GetRole', None, take_kind('role'))
            self._send(path, accessible, 'GetInterfaces', None, take_kind('interfaces'))
        self._send(path, accessible, 'GetState', None, lambda states: setattr(node, '_states', states))
        self._send(path, 'org.freedesktop.DBus.Properties', 'Get',
                   GLib.Variant('(ss)', (accessible, 'Name')), lambda name: setattr(node, 'name', name))
        if node.role != 'label':
            self._send(path, accessible, 'GetChildren', None, take_children)

    def nodes(self):
        """All that shows, parents before children and in their order, each with its depth."""
        if not self._name:
            self._find()
            if not self._name:
                return []
        root = Node(self, _ROOT)
        self._visit(root, _ROOT)
        self._settle()
        if self._mute:
            raise AssertionError('the program does not answer; its main loop is stuck')
        found = []

        def walk(node, depth):
            for child in node.children:
                if child.showing:
                    found.append((depth, child))
                    walk(child, depth + 1)

        walk(root, 0)
        return found
