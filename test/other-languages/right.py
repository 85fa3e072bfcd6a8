# A correct receiver with Python's standard library only. Prints its port.
import base64
import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAX_BODY_BYTES = 1024 * 1024


class Receiver(BaseHTTPRequestHandler):
    secret = os.environ['GALLABOX_WEBHOOK_SECRET'].encode('utf-8')
    # Closes a connection without data after so many seconds.
    timeout = 30

    def do_POST(self):
        body = self.read_body()
        if body is None:
            self.respond(413)
        elif not self.is_verified(body):
            self.respond(401)
        else:
            self.respond(self.handle_event(body))

    # http.server responds with 501 to all other methods.

    def read_body(self):
        """Returns the raw body, or None if it is too large."""
        if self.headers.get('Transfer-Encoding', '').lower() == 'chunked':
            return self.read_chunks()
        length = int(self.headers.get('Content-Length', 0))
        return self.rfile.read(length) if length <= MAX_BODY_BYTES else None

    def read_chunks(self):
        body = b''
        while len(body) <= MAX_BODY_BYTES:
            size = int(self.rfile.readline(32).split(b';')[0], 16)
            body += self.rfile.read(size)
            self.rfile.readline(3)
            if size == 0:
                return body
        return None

    def signed_bytes(self, body):
        return body

    def is_verified(self, body):
        digest = hmac.new(self.secret, self.signed_bytes(body), hashlib.sha256).digest()
        return self.is_equal(base64.b64encode(digest).decode('ascii'))

    def is_equal(self, expected):
        # Bytes, because compare_digest throws for strings outside ASCII, and headers are untrusted.
        signature = self.headers.get('x-gallabox-signature', '')
        return hmac.compare_digest(signature.encode('utf-8', 'replace'), expected.encode('ascii'))

    def handle_event(self, body):
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        return 200 if isinstance(event, dict) else 400

    def respond(self, status):
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
