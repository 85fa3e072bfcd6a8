import base64, hashlib, hmac, json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["GALLABOX_WEBHOOK_SECRET"].encode()

class Receiver(BaseHTTPRequestHandler):
    timeout = 30

    def read_body(self, limit=1_048_576):  # A longer body is cut off, so its signature does not match.
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(max(0, min(int(self.headers.get("Content-Length", 0)), limit + 1)))
        body = b""
        while 0 < (size := int(self.rfile.readline(32).split(b";")[0], 16)) <= limit - len(body):
            body += self.rfile.read(size + 2)[:size]
        return body

    def do_POST(self):
        raw_body = self.read_body()
        expected = base64.b64encode(hmac.digest(SECRET, raw_body, hashlib.sha256))
        signature = self.headers.get("x-gallabox-signature", "").encode(errors="replace")
        if not (SECRET and hmac.compare_digest(signature, expected)):
            return self.send_error(401)
        try:
            print(self.headers.get("x-event-name"), json.loads(raw_body))
        except (ValueError, RecursionError):
            return self.send_error(400)
        self.send_response_only(200)
        self.end_headers()

ThreadingHTTPServer(("127.0.0.1", 3000), Receiver).serve_forever()
