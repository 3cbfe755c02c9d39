# SPDX-License-Identifier: GPL-3.0-or-later
"""A real headless Chromium, spoken to in WebDriver, as far as signing up needs it."""

import base64
import json
import re
import subprocess
import urllib.error
import urllib.request

import tap

_FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
          '--disable-background-networking', '--disable-component-update', '--disable-sync',
          '--disable-dev-shm-usage', '--no-default-browser-check', '--mute-audio',
          '--force-color-profile=srgb', '--hide-scrollbars']
_ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'


class Browser:
    def __init__(self, workplace):
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        driver = workplace.start('chromedriver', 'chromedriver', '--port=0',
                                 stdout=subprocess.PIPE, text=True)
        match = None
        for line in driver.stdout:
            match = re.search(r'started successfully on port (\d+)', line)
            if match:
                break
        tap.true(match, 'chromedriver did not start; see chromedriver.log')
        self._address = f'http://127.0.0.1:{match[1]}/session'
        flags = _FLAGS + [f'--user-data-dir={workplace.path("chromium", "profile")}']
        session = self._ask('POST', '', {'capabilities': {'alwaysMatch': {
            'browserName': 'chrome', 'goog:chromeOptions': {'args': flags}}}})
        self._address += '/' + session['sessionId']
        workplace.at_end(self.close)

    def _ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, data, method=method,
                                         headers={'Content-Type': 'application/json'})
        try:
            with self._opener.open(request, timeout=60) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as error:
            said = json.load(error)['value']
            raise AssertionError(f'{path}: {said["error"]}: {said["message"]}') from None

    def close(self):
        try:
            self._ask('DELETE', '')
        except (OSError, AssertionError):
            pass  # it has gone already; chromedriver ends what is left of it

    def open(self, address):
        self._ask('POST', '/url', {'url': address})

    @property
    def address(self):
        return self._ask('GET', '/url')

    @property
    def text(self):
        """What the page shows."""
        return self._ask('GET', f'/element/{self._one("body")}/text')

    def _one(self, selector):
        return self._ask('POST', '/element', {'using': 'css selector', 'value': selector})[_ELEMENT]

    def field(self, name):
        """The form field of that name; it has to have a label that a screen reader can say."""
        element = self._one(f'form [name="{name}"]')
        label = self._ask('GET', f'/element/{element}/computedlabel')
        tap.true(label.strip(), f'the field {name!r} of {self.address} has no label')
        return element

    def fill(self, name, text):
        """Types into a field as a keyboard or an emoji picker would."""
        element = self.field(name)
        self._ask('POST', f'/element/{element}/clear', {})
        self._ask('POST', f'/element/{element}/click', {})
        self._command('Input.insertText', text=text)

    def value(self, name):
        return self._ask('GET', f'/element/{self.field(name)}/property/value')

    def click(self, selector):
        self._ask('POST', f'/element/{self._one(selector)}/click', {})

    def has(self, selector):
        return bool(self._ask('POST', '/elements', {'using': 'css selector', 'value': selector}))

    def run(self, script, *arguments):
        return self._ask('POST', '/execute/sync', {'script': script, 'args': list(arguments)})

    def _command(self, name, **parameters):
        self._ask('POST', '/goog/cdp/execute', {'cmd': name, 'params': parameters})

    def picture(self, path, width, height, dark=False):
        """Saves what the page looks like in a view of that many pixels."""
        self._command('Emulation.setDeviceMetricsOverride', width=width, height=height,
                      deviceScaleFactor=1, mobile=False)
        self._command('Emulation.setEmulatedMedia',
                      features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])
        path.write_bytes(base64.b64decode(self._ask('GET', '/screenshot')))
