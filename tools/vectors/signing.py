# HMAC-SHA256 by Python's standard library, and the JSON form of a vector.
import base64
import hashlib
import hmac

OWN = "computed with Python's hmac"
SECRET = 'whsec_Jg8mZ2vQ \u20b9'


def to_bytes(value):
    return value.encode('utf-8') if isinstance(value, str) else value


def digest(body, secret=SECRET):
    return hmac.new(to_bytes(secret), to_bytes(body), hashlib.sha256).digest()


def encode_digest(mac, encoding='base64'):
    encodings = {'base64': base64.b64encode(mac).decode('ascii'), 'hex': mac.hex(), 'HEX': mac.hex().upper()}
    return encodings[encoding]


def sign(body, secret=SECRET, encoding='base64'):
    return encode_digest(digest(body, secret), encoding)


def event_key(event_type, body):
    """Returns what identifies a delivery across retries: the SHA-256 of the wire name, a newline and the body."""
    return hashlib.sha256(to_bytes(event_type) + b'\n' + to_bytes(body)).hexdigest()


def vector(title, headers, body, source=OWN, secret=SECRET, **expected):
    return {
        'title': title,
        'source': source,
        'secret': encode_secret(secret),
        'headers': headers,
        'body': base64.b64encode(to_bytes(body)).decode('ascii'),
        **expected,
    }


def encode_secret(secret):
    if isinstance(secret, list):
        return [encode_secret(item) for item in secret]
    return secret if isinstance(secret, str) else {'base64': base64.b64encode(secret).decode('ascii')}
