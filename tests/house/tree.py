# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a source tree, and what the C files of it include."""

import os
import re
from functools import cached_property
from pathlib import Path

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
HIDDEN = {'.ci', '.clang-format', '.editorconfig'}


def is_ours(name):
    if name.startswith('.'):
        return name in HIDDEN
    return not name.startswith('build') and name != '__pycache__' and not name.endswith(('.pyc', '.pot', '.png'))


class Tree:
    def __init__(self, root):
        self.root = Path(root)
        self.paths = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(filter(is_ours, folders))
            below = Path(folder).relative_to(self.root)
            self.paths += [(below / name).as_posix() for name in sorted(names) if is_ours(name)]

    def under(self, *folders):
        """Paths in the folders, less what tests keep byte for byte."""
        return [path for path in self.paths
                if path.startswith(tuple(folder + '/' for folder in folders))
                and not re.match(r'tests/[^/]+/(data|corpus)/', path)]

    def text(self, path):
        return (self.root / path).read_text(encoding='utf-8')

    @cached_property
    def c_files(self):
        return [path for path in self.under('src') if path.endswith(('.c', '.h'))]

    @cached_property
    def includes(self):
        """path -> [(name, whether it is in quotes)], for the C files of src/."""
        return {path: [(match[1] or match[2], match[1] is not None)
                       for match in INCLUDE.finditer(self.text(path))]
                for path in self.c_files}
