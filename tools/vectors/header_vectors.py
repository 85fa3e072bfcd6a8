# What the method, the other headers, the options and the secret decide about a delivery, and in which order.
# It must not know names or bodies.
from bodies import MESSAGE
from deliveries import read, refused, signed
from signing import SECRET, sign, to_bytes

SIZE = len(to_bytes(MESSAGE))
LIMIT = 1024 * 1024
TENANT = {'requiredHeaders': {'X-Tenant': 'a \u20b9'}}


def header_vectors():
    return [*method_vectors(), *header_vectors(), *length_vectors(), *order_vectors(), *secret_vectors()]


def method_vectors():
    return [
        *[read(f'the method {method}', method=method) for method in ['POST', 'PUT', 'PATCH', 'post']],
        *[
            refused(f'the method {method}', 'method-not-allowed', method=method)
            for method in ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', '']
        ],
    ]


def header_vectors():
    shouted = {name.upper(): value for name, value in signed(MESSAGE).items()}
    twice = {**signed(MESSAGE), 'X-Gallabox-Signature': sign(MESSAGE)}
    tenant = {**signed(MESSAGE), 'x-tenant': 'a \u20b9'}
    return [
        read('names of headers in capitals', headers=shouted),
        refused('two spellings of the name of the signature header', 'signature-malformed', headers=twice),
        read('a required header that is right', headers=tenant, options=TENANT),
        *[
            refused(f'a required header that is {title}', 'required-header-mismatch', headers=headers, options=TENANT)
            for title, headers in {
                'missing': signed(MESSAGE),
                'empty': {**tenant, 'x-tenant': ''},
                'wrong': {**tenant, 'x-tenant': 'b \u20b9'},
                'longer': {**tenant, 'x-tenant': 'a \u20b9 '},
                'there twice': {**tenant, 'x-tenant': ['a \u20b9', 'a \u20b9']},
            }.items()
        ],
        *[read(f'the encoding "{name}"', headers=encoded(name)) for name in ['identity', ' Identity ', '']],
        *[
            refused(f'the encoding "{name}"', 'body-encoded', headers=encoded(name))
            for name in ['gzip', 'br', 'deflate, identity', 'identity, gzip']
        ],
    ]


def length_vectors():
    exact, less = {'limitBytes': SIZE}, {'limitBytes': SIZE - 1}
    too_large = 'body-too-large'
    return [
        read('a declared length at the limit', headers=declared(LIMIT)),
        refused('a declared length over the limit', too_large, headers=declared(LIMIT + 1)),
        refused('a declared length beyond all numbers', too_large, headers=declared('1e400')),
        read('a declared length that is no number, of which the body counts', headers=declared('many')),
        read('a body at the limit', options=exact),
        refused('a body over the limit', too_large, options=less),
        refused('a body over the limit that was declared shorter', too_large, headers=declared(1), options=less),
    ]


def order_vectors():
    forged = signed(MESSAGE, secret='another')
    long = {'content-length': '999999999'}
    not_utf8 = b'\xff'
    return [
        refused('the method counts before the signature', 'method-not-allowed', headers={'x-a': 'b'}, method='GET'),
        refused('a missing signature counts before the length', 'signature-missing', headers=long),
        refused('the length counts before who signed', 'body-too-large', headers={**forged, **long}),
        refused(
            'who signed counts before what is in it',
            'signature-mismatch',
            not_utf8,
            signed(not_utf8, secret='another'),
        ),
        refused('a forged name and body', 'signature-mismatch', headers=forged),
    ]


def secret_vectors():
    key = b'\xff\xfe\x00\x80'
    return [
        read('a secret of bytes', headers=signed(MESSAGE, secret=key), secret=key),
        read('the old secret of two', headers=signed(MESSAGE, secret='old'), secret=['new', 'old']),
        read('the new secret of two', headers=signed(MESSAGE, secret='new'), secret=['new', b'old']),
        refused('neither of two secrets', 'signature-mismatch', secret=['new', 'old']),
        refused('the secret without its newline', 'signature-mismatch', secret=f'{SECRET}\n'),
        read('a signature in hex', headers={**signed(MESSAGE), 'x-gallabox-signature': sign(MESSAGE, spelling='hex')}),
    ]


def encoded(name):
    return {**signed(MESSAGE), 'content-encoding': name}


def declared(length):
    return {**signed(MESSAGE), 'content-length': str(length)}
