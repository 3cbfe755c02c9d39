# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks a registration desk directly, past the program, for what it holds and what it shows."""

import json
import urllib.error
import urllib.request
import uuid

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def page(desk, path):
    """The text of a public page."""
    with _opener.open(desk.url + path, timeout=10) as answer:
        return answer.read().decode()


def get(desk, token, path):
    """One resource of the API, as parsed JSON; None where there is none."""
    request = urllib.request.Request(desk.url + path, headers={'Authorization': f'Bearer {token}'})
    try:
        with _opener.open(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def write(desk, token, method, path, body=None):
    """Changes (PATCH) or removes (DELETE) a resource in its newest version, as another host's program would."""
    headers = {'Authorization': f'Bearer {token}'}
    with _opener.open(urllib.request.Request(desk.url + path, headers=headers), timeout=10) as answer:
        headers['If-Match'] = answer.headers['ETag']
    headers |= {'Idempotency-Key': str(uuid.uuid4()), 'Content-Type': 'application/json'}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(desk.url + path, data, headers, method=method)
    _opener.open(request, timeout=10).close()


def changes(desk, token):
    """Every row the desk holds, newest state, by kind and id."""
    rows, cursor = {}, ''
    while True:
        answer = get(desk, token, '/v1/changes?limit=500' + cursor)
        for change in answer['changes']:
            key = change['kind'], change['id']
            if change.get('deleted'):
                rows.pop(key, None)
            else:
                rows[key] = change['row']
        if not answer['has_more']:
            return rows
        cursor = '&since=' + answer['next']
