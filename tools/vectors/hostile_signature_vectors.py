# Signatures that an attacker may send. Each is rejected, with its code.
import base64
import hashlib
import hmac
import json

from signing import OWN, SECRET, sign, to_bytes, vector

BODY = '{"price":80.0,"text":"\u20b980.00 \U0001fa94"}'
BASE64 = sign(BODY)
HEX = sign(BODY, encoding='hex')
ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
# The last character has two unused bits. One of them is set here, which lax decoders ignore.
NON_CANONICAL = BASE64[:42] + ALPHABET[ALPHABET.index(BASE64[42]) + 1] + '='

MALFORMED = {
    'empty': '',
    'blank': ' ',
    'of 44 spaces': ' ' * 44,
    'sent twice': [BASE64, BASE64],
    'sent twice, one of them valid': [BASE64, sign(BODY, 'another')],
    'sent twice in one': f'{BASE64}, {BASE64}',
    # Keeps the file small: a string, and how many times it is repeated.
    '1 MB long': {'text': 'A', 'times': 1_000_000},
    'of 44 characters that are not ASCII': '\u00e9' * 44,
    'of 44 characters that are not Latin-1': '\u20b9' * 44,
    'of 44 bytes that are fewer characters': '\u20b9' * 14 + 'AA',
    'of 64 characters that are not hex': 'g' * 64,
    'of 64 digits of full width': '\uff10' * 64,
    'in base64url': base64.urlsafe_b64encode(b'\xfb' * 32).decode('ascii'),
    'unpadded': BASE64[:43],
    'valid, but with unused bits set': NON_CANONICAL,
    'valid, with a newline inside': f'{BASE64[:20]}\n{BASE64[21:]}',
    'valid, with a newline after it': f'{BASE64}\n',
    'valid, with a newline after it, in hex': f'{HEX}\n',
    'valid, with a space before it': f' {BASE64}',
    'valid, with a lone surrogate': f'{BASE64[:43]}\ud800',
    'valid, with a NUL': f'{BASE64[:43]}\0',
    'valid, with a NUL after it': f'{BASE64}\0',
    'one character too long': f'{BASE64}A',
    'one digit too long, in hex': f'{HEX}0',
    'valid, prefixed': f'sha256={HEX}',
    'valid, prefixed, in base64': f'sha256={BASE64}',
    'valid, prefixed with 0x': f'0x{HEX}',
    'quoted': f'"{BASE64}"',
    'in hex with colons': ':'.join(HEX[i : i + 2] for i in range(0, 64, 2)),
    'hex in base64': base64.b64encode(HEX.encode('ascii')).decode('ascii'),
    'a SHA-1': base64.b64encode(hmac.new(to_bytes(SECRET), to_bytes(BODY), hashlib.sha1).digest()).decode('ascii'),
    'a SHA-512': hmac.new(to_bytes(SECRET), to_bytes(BODY), hashlib.sha512).hexdigest(),
}

MISMATCHING = {
    'all zero': base64.b64encode(bytes(32)).decode('ascii'),
    'all zero, in hex': '0' * 64,
    'all 0xFF': base64.b64encode(b'\xff' * 32).decode('ascii'),
    'all 0xFF, in hex': 'f' * 64,
    'of another body': sign(f'{BODY} '),
    'of no body': sign(b''),
    'under another secret': sign(BODY, 'another'),
    'under the secret with a newline': sign(BODY, f'{SECRET}\n'),
    'under the secret in another letter case': sign(BODY, SECRET.upper()),
    'of the reserialized body': sign(json.dumps(json.loads(BODY))),
    'a SHA-256 without a key': base64.b64encode(hashlib.sha256(to_bytes(BODY)).digest()).decode('ascii'),
    'the valid one in another letter case': BASE64[:42].swapcase() + BASE64[42:],
    'the valid one reversed, in hex': HEX[::-1],
}


def hostile_signature_vectors():
    prefixes = [*[BASE64[:length] for length in range(1, 44)], *[HEX[:length] for length in range(1, 64)]]
    return [
        rejected('absent', None, 'signature-missing'),
        *[rejected(title, value, 'signature-malformed') for title, value in MALFORMED.items()],
        # The first 44 digits of the hex are as long as base64, but lack its padding.
        *[rejected(prefix_title(prefix), prefix, 'signature-malformed') for prefix in prefixes],
        *[rejected(title, value, 'signature-mismatch') for title, value in MISMATCHING.items()],
    ]


def prefix_title(prefix):
    encoding = 'base64' if BASE64.startswith(prefix) else 'hex'
    return f'the first {len(prefix)} characters of the valid one in {encoding}'


def rejected(title, value, code):
    headers = {'content-type': 'application/json', 'x-event-name': 'Message.Received'}
    if value is not None:
        headers['x-gallabox-signature'] = value
    return vector(f'a signature that is {title}', headers, BODY, OWN, SECRET, valid=False, code=code)
