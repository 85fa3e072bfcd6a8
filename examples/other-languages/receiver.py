import base64, hashlib, hmac, json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["GALLABOX_WEBHOOK_SECRET"].encode()

class Receiver(BaseHTTPRequestHandler):
    timeout = 30

    def do_POST(self):
        length = int(self.headers.get("Content-Length", -1))
        if not 0 <= length <= 1_048_576:
            return self.send_error(413)
        raw_body = self.rfile.read(length)
        expected = base64.b64encode(hmac.digest(SECRET, raw_body, hashlib.sha256))
        signature = self.headers.get("x-gallabox-signature", "").encode(errors="replace")
        if not hmac.compare_digest(signature, expected):
            return self.send_error(401)
        try:
            print(self.headers.get("x-event-name"), json.loads(raw_body))
        except (ValueError, RecursionError):
            return self.send_error(400)
        self.send_response_only(200)
        self.end_headers()

ThreadingHTTPServer(("127.0.0.1", 3000), Receiver).serve_forever()
