# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the pictures of a tour go."""

import shutil


class Album:
    """Gives out the names of pictures, numbered in the order they are taken."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def next(self, name):
        self.count += 1
        return self.folder / f'{self.count:02}-{name}.png'
