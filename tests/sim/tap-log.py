#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program that speaks TAP, shows what it says as it comes, and leaves a log for the tally.

usage: tap-log.py LOG NAME PROGRAM [ARGUMENT…]
"""

import json
import subprocess
import sys
import time


def main(log, name, *command):
    began = time.monotonic()
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors='replace') as program:
        for line in program.stdout:
            print(line, end='', flush=True)
            if line.startswith(('ok', 'not ok')):
                said.append(line)
    result = 'OK' if program.returncode == 0 else 'FAIL'
    with open(log, 'w', encoding='utf-8') as file:
        json.dump({'name': name, 'stdout': ''.join(said), 'result': result,
                   'duration': time.monotonic() - began}, file)
        file.write('\n')
    return program.returncode


sys.exit(main(*sys.argv[1:]))
