# SPDX-License-Identifier: GPL-3.0-or-later
"""What Hallway says when something fails, held to be for people."""

import re

import tap

JARGON = re.compile(r'sqlite|\bsql\b|errno|gerror|\bnull\b|assert|soup|json|malloc|critical|warning|'
                    r'glib|gtk|domain|exception|http/|\beof\b|0x|\(|stdin|fsync|backtrace', re.I)


def sentence(answer):
    """Fails unless a command ended with exit code 1 and one clear line; returns that line."""
    tap.equal(answer.code, 1, f'exit code of {answer}')
    tap.equal(answer.out, '', f'standard output of {answer}')
    tap.true(re.fullmatch(r'[^\n]+\n', answer.err), f'one line on standard error: {answer}')
    line = answer.err.strip()
    tap.true(not JARGON.search(line), f'words for people: {line}')
    tap.true(line.endswith('.'), f'a whole sentence: {line}')
    tap.note(line)
    return line
