#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants each bug of tests/sim/mutants in a copy of the tree and has the simulator look for it.

usage: mutants.py TOP BUILD [--seeds N] [--base SEED] [NAME…]

The second line of a patch says what it plants. One that does not apply, does not build or is not caught within so
many seeds (2,000) is a failure. What breaks the program without any planted bug does not count as caught.
"""

import argparse
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

# What Meson wants to see.
PARTS = ['meson.build', 'meson.options', 'README.md', 'COPYING', 'src', 'data', 'po', 'tests']
BREACH = re.compile(r'^# seed (\d+) breaks invariant (\d+)', re.MULTILINE)


def run(*command, folder=None):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, errors='replace', check=False)


def copy_tree(top, tree):
    """A file that is the same keeps its time, so that little is built anew."""
    wanted = {str(path.relative_to(top)) for part in PARTS for path in [Path(top, part), *Path(top, part).rglob('*')]
              if path.is_file() and '__pycache__' not in path.parts}
    for name in wanted:
        source, target = Path(top, name), tree / name
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    for path in [path for path in tree.rglob('*') if path.is_file()]:
        if str(path.relative_to(tree)) not in wanted:
            path.unlink()


def build(tree, folder):
    if not (folder / 'build.ninja').exists():
        made = run('meson', 'setup', '-Doptimization=2', folder, tree)
        if made.returncode:
            return made
    return run('ninja', '-C', folder, 'tests/sim/sim')


class Simulator:
    def __init__(self, program):
        self.program = program

    def run(self, *arguments):
        return run('env', 'TZ=UTC', 'G_DEBUG=fatal-criticals', self.program, *arguments)

    def breaks(self, seed):
        return self.run('--base', str(seed), '--seeds', '1', '--first').returncode != 0


def hunt(mutant, sound, base, most):
    """Returns what was broken and after how many seeds; None when it was not found out."""
    seed = base
    while seed < base + most:
        told = mutant.run('--base', str(seed), '--seeds', str(base + most - seed), '--first')
        if told.returncode == 0:
            return None
        breach = BREACH.search(told.stdout)
        if breach is None:
            return 'the program died', seed - base + 1
        found = int(breach[1])
        if not sound.breaks(found):
            return f'invariant {breach[2]}', found - base + 1
        seed = found + 1
    return None


def read_hunks(patch):
    """Yields (file, what is there, what is to be there), each as one text."""
    name, old, new = None, [], []
    for line in patch.read_text(encoding='utf-8').splitlines(keepends=True):
        if line.startswith(('@@ ', 'diff ', '--- ')) and (old or new):
            yield name, ''.join(old), ''.join(new)
            old, new = [], []
        if line.startswith('+++ '):
            name = line[4:].strip().partition('/')[2]
        elif line.startswith(('diff ', '--- ', '@@ ', '#')):
            continue
        elif line[0] in ' -':
            old.append(line[1:])
        if line[0] in ' +' and not line.startswith('+++ '):
            new.append(line[1:])
    if old or new:
        yield name, ''.join(old), ''.join(new)


def plant(patch, tree):
    """Returns the files as they were; None when one has no such place, or more than one."""
    before, after = {}, {}
    for name, old, new in read_hunks(patch):
        path = tree / name
        if not path.is_file():
            return None
        before.setdefault(path, path.read_text(encoding='utf-8'))
        text = after.get(path, before[path])
        if text.count(old) != 1:
            return None
        after[path] = text.replace(old, new)
    for path, text in after.items():
        path.write_text(text, encoding='utf-8')
    return before


def try_patch(patch, tree, folder, sound, arguments):
    before = plant(patch, tree)
    if not before:
        return False, 'does not apply'
    try:
        made = build(tree, folder)
        if made.returncode:
            return False, 'does not build:\n' + '\n'.join('# ' + line for line in made.stdout.splitlines()[-20:])
        found = hunt(Simulator(folder / 'tests/sim/sim'), sound, arguments.base, arguments.seeds)
    finally:
        for path, text in before.items():
            path.write_text(text, encoding='utf-8')
    if found is None:
        return False, f'not caught in {arguments.seeds} seeds'
    return True, f'{found[0]}, after {found[1]} seeds'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('top')
    parser.add_argument('build')
    parser.add_argument('--seeds', type=int, default=2000)
    parser.add_argument('--base', type=int, default=1)
    parser.add_argument('names', nargs='*')
    arguments = parser.parse_args()

    place = Path(arguments.build, 'mutants')
    tree, folder = place / 'tree', place / 'build'
    copy_tree(arguments.top, tree)
    patches = sorted(Path(arguments.top, 'tests/sim/mutants').glob('*.patch'))
    if arguments.names:
        patches = [patch for patch in patches if patch.stem in arguments.names]

    print(f'TAP version 14\n1..{len(patches) + 1}', flush=True)
    made = build(tree, folder)
    sound_program = place / 'sound'
    if made.returncode == 0:
        shutil.copy(folder / 'tests/sim/sim', sound_program)
    print('ok 1 - the tree as it is builds' if made.returncode == 0 else 'not ok 1 - the tree as it is builds\n'
          + '\n'.join('# ' + line for line in made.stdout.splitlines()[-20:]), flush=True)
    n_missed = made.returncode != 0
    for number, patch in enumerate(patches, 2):
        began = time.monotonic()
        words = patch.read_text().splitlines()[1].removeprefix('# ')
        caught, told = try_patch(patch, tree, folder, Simulator(sound_program), arguments)
        n_missed += not caught
        print(f'{"ok" if caught else "not ok"} {number} - {patch.stem}: {words} ({told}; '
              f'{time.monotonic() - began:.0f} s)', flush=True)
    return 1 if n_missed else 0


sys.exit(main())
