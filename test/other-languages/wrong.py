# The receiver of right.py with one mistake. The argument selects it.
import hmac
import json
import sys

from right import Receiver, serve


class DumpsJson(Receiver):
    def signed_bytes(self, body):
        return json.dumps(json.loads(body)).encode('utf-8')


class DumpsCompactJson(Receiver):
    def signed_bytes(self, body):
        try:
            return json.dumps(json.loads(body), separators=(',', ':')).encode('utf-8')
        except (ValueError, RecursionError):
            return body


class ComparesStrings(Receiver):
    def is_equal(self, expected):
        return hmac.compare_digest(self.headers.get('x-gallabox-signature', ''), expected)


if __name__ == '__main__':
    serve({'dumps': DumpsJson, 'compact': DumpsCompactJson, 'strings': ComparesStrings}[sys.argv[1]])
