# SPDX-License-Identifier: GPL-3.0-or-later
"""A service on loopback that answers as none should."""

import http.server
import socket
import threading

_PORTAL = (b'<!DOCTYPE html><html><head><title>Hotel guests</title></head>'
           b'<body><h1>Welcome</h1><form><input name=room></form></body></html>')
_HALF = b'{"service":"hallwayd","version":"0.1.0","name":"laptop","scopes":["ho'


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def _say(self, status, kind, body, length=None):
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

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
    """Answers every request in the manner it is given, one of MANNERS or 'silence', until closed."""

    MANNERS = ['HTML', 'half a JSON', 'a cut connection', '401', '500', 'no word']
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, port=0, manner=None):
        super().__init__(('127.0.0.1', port), _Handler)
        self.manner = manner
        self.asked = 0
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

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
