# SPDX-License-Identifier: GPL-3.0-or-later
"""A service on loopback that answers as none should."""

import gzip
import http.server
import socket
import sys
import threading

_PORTAL = (b'<!DOCTYPE html><html><head><title>Hotel guests</title></head>'
           b'<body><h1>Welcome</h1><form><input name=room></form></body></html>')
_HALF = b'{"service":"hallwayd","version":"0.1.0","name":"laptop","scopes":["ho'
_ID = b'01900000-0000-7000-8000-000000000001'
_TYPES = (b'{"service":["hallwayd"],"version":1,"name":{},"scopes":"host","limits":[],"epoch":0}')
_CHANGES = b'{"service":"hallwayd","changes":[%b],"next":"1-a","has_more":false,"remaining":0}'
_CHAT = b'{"kind":"chat","id":"%b","mark":"a1","row":{"id":"%b","title":%%b}}' % (_ID, _ID)

# Bodies of replies that are JSON, or claim to be.
_BODIES = {
    'a thousand brackets': b'{"service":' + b'[' * 1000 + b']' * 1000 + b'}',
    'a name twice': b'{"service":"hallwayd","service":"hallwayd"}',
    'a NUL': b'{"service":"hallwayd\\u0000"}',
    'a raw NUL': b'{"service":"hallwayd\0"}',
    'half a pair': b'{"service":"\\ud800"}',
    'no UTF-8': b'{"service":"\xff\xfe"}',
    'wrong types': _TYPES,
    'a huge number': b'{"service":1e999,"remaining":' + b'9' * 400 + b'}',
    'a bare word': b'hallwayd',
    'nothing': b'',
}
_NEWS = {
    'wrong types in news': _CHANGES % (_CHAT % b'7'),
    'news of nothing': _CHANGES % b'null,1,[],{}',
}


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def _say(self, status, kind, body, length=None):
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _say_packed(self, body):
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Encoding', 'gzip')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _say_on(self, begin, more):
        """Says more until the other side has gone; begin is absent where the head itself has no end."""
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        if begin is None:
            self.flush_headers()
        else:
            self.end_headers()
        self.close_connection = True
        try:
            self.wfile.write(begin or b'')
            while not self.server.over.is_set():
                self.wfile.write(more)
        except OSError:
            pass  # it has

    def _answer(self):
        length = int(self.headers.get('Content-Length', 0))
        self.rfile.read(length)
        self.server.asked += 1
        match self.server.manner:
            case 'HTML':
                self._say(200, 'text/html; charset=utf-8', _PORTAL)
            case 'half a JSON':
                self._say(200, 'application/json', _HALF)
            case 'a cut connection':
                self._say(200, 'application/json', _HALF, length=4000)
                self._hang_up()
            case '401':
                self._say(401, 'application/problem+json',
                          b'{"type":"about:blank","title":"Unauthorized","status":401}')
            case '500':
                self._say(500, 'text/plain', b'Internal Server Error')
            case 'a gzip bomb':
                self._say_packed(gzip.compress(b'[' * (64 << 20)))
            case 'gzip that is none':
                self._say_packed(b'packed by hand')
            case 'a body without end':
                self._say_on(b'{"service":"hallwayd","name":"', b'[' * 4096)
            case 'a head without end':
                self._say_on(None, b'X-More: of the same\r\n' * 100)
            case 'a wrong type':
                self._say(200, 'text/plain', b'{"service":"hallwayd"}')
            case 'a length that lies':
                self._say(200, 'application/json', b'{"service":"hallwayd"}', length=9)
            case 'the way to another host':
                self.send_response(307)
                self.send_header('Location', self.server.elsewhere + self.path)
                self.send_header('Content-Length', '0')
                self.end_headers()
            case manner if manner in _BODIES | _NEWS:
                self._say(200, 'application/json', (_BODIES | _NEWS)[manner])
            case 'no word':
                self._hang_up()
            case 'silence':
                self.server.over.wait()
                self._hang_up()

    def _hang_up(self):
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the client has gone already

    do_GET = do_PUT = do_PATCH = do_DELETE = do_POST = _answer

    def log_message(self, format, *arguments):  # pylint: disable=redefined-builtin
        pass


class Service(http.server.ThreadingHTTPServer):
    """Answers every request in the manner it is given, one of these lists or 'silence', until closed."""

    MANNERS = ['HTML', 'half a JSON', 'a cut connection', '401', '500', 'no word']
    WORSE = ['a gzip bomb', 'gzip that is none', 'a body without end', 'a head without end', 'a wrong type',
             'a length that lies', 'the way to another host', *_BODIES]
    IN_NEWS = [*_NEWS]  # their sessions are good
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, port=0, manner=None, elsewhere=None):
        super().__init__(('127.0.0.1', port), _Handler)
        self.manner = manner
        self.elsewhere = elsewhere
        self.asked = 0
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), OSError):  # that one has hung up, as it should
            super().handle_error(request, client_address)

    @property
    def port(self):
        return self.server_address[1]

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def close(self):
        self.over.set()
        self.shutdown()
        self.server_close()
