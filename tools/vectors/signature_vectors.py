# Valid signatures: the test cases of RFC 4231, and more keys and bodies, in every encoding of a digest.
import base64

from signing import OWN, SECRET, digest, sign, encode_digest, vector

LONG_KEY = b'\xaa' * 131
# Number, key, data and HMAC-SHA-256 as the RFC prints them.
RFC_4231 = [
    (1, b'\x0b' * 20, b'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'),
    (2, b'Jefe', b'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'),
    (3, b'\xaa' * 20, b'\xdd' * 50, '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'),
    (4, bytes(range(1, 26)), b'\xcd' * 50, '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b'),
    # The RFC prints only the first 128 bits of this one. The vector contains all 256.
    (5, b'\x0c' * 20, b'Test With Truncation', 'a3b6167473100ee06e0c796c2955552b'),
    (
        6,
        LONG_KEY,
        b'Test Using Larger Than Block-Size Key - Hash Key First',
        '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ),
    (
        7,
        LONG_KEY,
        b'This is a test using a larger than block-size key and a larger than block-size data. '
        b'The key needs to be hashed before being used by the HMAC algorithm.',
        '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ),
]

ENCODINGS = {'base64': 'base64', 'hex': 'hex in lower case', 'HEX': 'hex in upper case'}

# Bodies that are signed with the default secret.
BODIES = {
    'an empty body': b'',
    'a body of \u20b9 and emoji': '{"text":"\u20b980.00 \U0001fa94 \u0928\u092e\u0938\u094d\u0924\u0947"}',
    'a body that ends with a newline': '{"id":"1"}\n',
    'a body with a byte order mark': '\ufeff{"id":"1"}',
    'a body of every byte': bytes(range(256)),
    'a body of one block': b'a' * 64,
    'a body of many blocks': b'a' * 1000,
}

BODY = '{"id":"1"}'
# Keys that other code trims, decodes, cuts or pads by mistake.
KEYS = {
    'a key of one block, 64 bytes': 'k' * 64,
    'a key of one block and one byte, which is hashed first': 'k' * 65,
    'a key of one character': 'k',
    'a key with a newline at the end, which is part of it': 'whsec_Jg8mZ2vQ\n',
    'a key with spaces around it, which are part of it': '  whsec_Jg8mZ2vQ ',
    'a key that looks like hex but is a string': 'deadbeef' * 8,
    'a key that looks like base64 but is a string': base64.b64encode(b'a secret of 32 bytes, or nearly.').decode('ascii'),
    'a key of emoji': '\U0001f511\U0001fa94',
    'a key that is not UTF-8': b'\xff\xfe\x00\x80',
    'a key with a NUL inside': b'a\x00b',
}


def signature_vectors():
    return [*rfc_vectors(), *own_vectors(), *rejected_vectors(), *rotation_vectors()]


def known(title, body, secret, mac, source=OWN):
    return [
        vector(f'{title}, in {words}', {'x-gallabox-signature': encode_digest(mac, encoding)}, body, source, secret, valid=True)
        for encoding, words in ENCODINGS.items()
    ]


def rfc_vectors():
    vectors = []
    for number, key, data, printed in RFC_4231:
        mac = digest(data, key)
        assert mac.hex().startswith(printed), f'RFC 4231, test case {number}'
        note = '; printed there truncated to 128 bits' if number == 5 else ''
        source = f'RFC 4231, section 4.{number + 1}{note}'
        vectors += known(f'RFC 4231, test case {number}', data, key, mac, source)
    return vectors


def own_vectors():
    return [
        *[item for title, body in BODIES.items() for item in known(title, body, SECRET, digest(body))],
        *[item for title, key in KEYS.items() for item in known(title, BODY, key, digest(BODY, key))],
    ]


def rejected_vectors():
    key = 'whsec_Jg8mZ2vQ'
    mac = digest(BODY, key)
    changed = {'x-gallabox-signature': encode_digest(bytes([mac[0] ^ 1]) + mac[1:])}
    return [
        rejected('a key without the newline that it was signed with', header(f'{key}\n'), key),
        rejected('a key with a newline that it was not signed with', header(key), f'{key}\n'),
        rejected('a digest with one bit changed', changed, key),
    ]


def rotation_vectors():
    return [
        vector('a body signed under the old secret of two', header('old'), BODY, OWN, ['new', 'old'], valid=True),
        vector('a body signed under the new secret of two', header('new'), BODY, OWN, ['new', b'old'], valid=True),
        rejected('a body signed under neither of two secrets', header('neither'), ['new', 'old']),
    ]


def rejected(title, headers, secret):
    return vector(title, headers, BODY, OWN, secret, valid=False, code='signature-mismatch')


def header(secret):
    return {'x-gallabox-signature': sign(BODY, secret)}
