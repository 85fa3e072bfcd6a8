# A correct receiver, of nothing but Python's standard library. It prints the port on which it listens.
# It must not know this library.
import base64
import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIMIT_BYTES = 1024 * 1024


class Receiver(BaseHTTPRequestHandler):
    secret = os.environ['GALLABOX_WEBHOOK_SECRET'].encode('utf-8')
    # A client that says nothing for so long is hung up on.
    timeout = 30

    def do_POST(self):
        body = self.read_body()
        if body is None:
            self.answer(413)
        elif not self.is_genuine(body):
            self.answer(401)
        else:
            self.answer(self.handle_event(body))

    # To all other methods http.server answers 501 by itself.

    def read_body(self):
        """The bytes of the body as they came; None where there are too many."""
        if self.headers.get('Transfer-Encoding', '').lower() == 'chunked':
            return self.read_chunks()
        length = int(self.headers.get('Content-Length', 0))
        return self.rfile.read(length) if length <= LIMIT_BYTES else None

    def read_chunks(self):
        body = b''
        while len(body) <= LIMIT_BYTES:
            size = int(self.rfile.readline(32).split(b';')[0], 16)
            body += self.rfile.read(size)
            self.rfile.readline(3)
            if size == 0:
                return body
        return None

    def signed_bytes(self, body):
        return body

    def is_genuine(self, body):
        digest = hmac.new(self.secret, self.signed_bytes(body), hashlib.sha256).digest()
        return self.is_same(base64.b64encode(digest).decode('ascii'))

    def is_same(self, expected):
        # Bytes: compare_digest throws at texts that are not ASCII, and headers are a stranger's.
        given = self.headers.get('x-gallabox-signature', '')
        return hmac.compare_digest(given.encode('utf-8', 'replace'), expected.encode('ascii'))

    def handle_event(self, body):
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        return 200 if isinstance(event, dict) else 400

    def answer(self, status):
        self.send_response(status)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


def serve(receiver):
    server = ThreadingHTTPServer(('127.0.0.1', 0), receiver)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == '__main__':
    serve(Receiver)
