# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do on the public pages: sign up for a chat, in a browser."""

import tap


def sign_up(browser, desk, slug, name, address, question=''):
    """Fills the form in and sends it; what comes next is for the caller to look at."""
    browser.open(f'{desk.url}/e/{slug}')
    browser.fill('name', name)
    browser.fill('address', address)
    browser.fill('question', question)
    send(browser)


def send(browser):
    """Sends the form as it stands; what is wrong with it is for the desk to say, not the browser."""
    browser.run('document.querySelector("form [name=name]").form.noValidate = true')
    browser.click('form [type=submit], form button:not([type])')


def signed_up(browser, slug):
    """Waits for the page that confirms a sign-up."""
    tap.until(lambda: f'/e/{slug}/done' in browser.address,
              lambda: f'a confirmation; the page {browser.address} says:\n{browser.text}')


def refused(browser, field, kept):
    """Waits for the form to come back with a fault at that field; the rest has to be kept in it."""
    tap.until(lambda: browser.has(f'form [name="{field}"][aria-invalid="true"]'),
              lambda: f'a fault at {field!r}; the page {browser.address} says:\n{browser.text}')
    for name, text in kept.items():
        tap.equal(browser.value(name), text, f'what was typed as {name!r} is kept')
