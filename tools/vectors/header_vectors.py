# Vectors about the method, the other headers, the options, the secret, and the order of the checks.
from bodies import MESSAGE
from deliveries import read, rejected, signed
from signing import SECRET, sign, to_bytes

SIZE = len(to_bytes(MESSAGE))
LIMIT = 1024 * 1024
TENANT = {'requiredHeaders': {'X-Tenant': 'a \u20b9'}}

COMPRESSED = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'compress', 'x-compress', ' GZIP ']
COMPRESSED += ['deflate, identity', 'identity,gzip', 'UTF-8, br']
# The signature decides about any other coding.
UNCOMPRESSED = ['identity', ' Identity ', '', 'UTF-8', 'aws-chunked', 'gzipped', 'x-br']


def header_vectors():
    return [*method_vectors(), *other_header_vectors(), *length_vectors(), *order_vectors(), *secret_vectors()]


def method_vectors():
    return [
        *[read(f'the method {method}', method=method) for method in ['POST', 'PUT', 'PATCH', 'post']],
        *[
            rejected(f'the method {method}', 'method-not-allowed', method=method)
            for method in ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', '']
        ],
    ]


def other_header_vectors():
    shouted = {name.upper(): value for name, value in signed(MESSAGE).items()}
    lists = {name: [value] for name, value in signed(MESSAGE).items()}
    twice = {**signed(MESSAGE), 'X-Gallabox-Signature': sign(MESSAGE)}
    tenant = {**signed(MESSAGE), 'x-tenant': 'a \u20b9'}
    return [
        read('header names in upper case', headers=shouted),
        read('every header in a list of one value', headers=lists),
        rejected('the signature header twice, with different letter case', 'signature-malformed', headers=twice),
        read('a required header that matches', headers=tenant, options=TENANT),
        *[
            rejected(f'a required header that is {title}', 'required-header-mismatch', headers=headers, options=TENANT)
            for title, headers in {
                'missing': signed(MESSAGE),
                'empty': {**tenant, 'x-tenant': ''},
                'wrong': {**tenant, 'x-tenant': 'b \u20b9'},
                'longer': {**tenant, 'x-tenant': 'a \u20b9 '},
                'sent twice': {**tenant, 'x-tenant': ['a \u20b9', 'a \u20b9']},
            }.items()
        ],
        *[read(f'the encoding "{name}"', headers=encoded(name)) for name in UNCOMPRESSED],
        *[
            rejected(f'the encoding "{name}"', 'body-encoded', headers=encoded(name))
            for name in COMPRESSED
        ],
    ]


def length_vectors():
    exact, less = {'maxBodyBytes': SIZE}, {'maxBodyBytes': SIZE - 1}
    too_large = 'body-too-large'
    return [
        read('a declared length at the limit', headers=declared(LIMIT)),
        rejected('a declared length over the limit', too_large, headers=declared(LIMIT + 1)),
        rejected('a declared length out of range', too_large, headers=declared('1e400')),
        read('a declared length that is not a number: the body is counted', headers=declared('many')),
        read('a body at the limit', options=exact),
        rejected('a body over the limit', too_large, options=less),
        rejected('a body over the limit that is declared shorter', too_large, headers=declared(1), options=less),
    ]


def order_vectors():
    forged = signed(MESSAGE, secret='another')
    long = {'content-length': '999999999'}
    not_utf8 = b'\xff'
    return [
        rejected('the method is checked before the signature', 'method-not-allowed', headers={'x-a': 'b'}, method='GET'),
        rejected('a missing signature is checked before the length', 'signature-missing', headers=long),
        rejected('the length is checked before the signature is verified', 'body-too-large', headers={**forged, **long}),
        rejected(
            'the signature is verified before the body is parsed',
            'signature-mismatch',
            not_utf8,
            signed(not_utf8, secret='another'),
        ),
        rejected('a name and body signed with another secret', 'signature-mismatch', headers=forged),
    ]


def secret_vectors():
    key = b'\xff\xfe\x00\x80'
    return [
        read('a secret of bytes', headers=signed(MESSAGE, secret=key), secret=key),
        read('the old secret of two', headers=signed(MESSAGE, secret='old'), secret=['new', 'old']),
        read('the new secret of two', headers=signed(MESSAGE, secret='new'), secret=['new', b'old']),
        rejected('a signature of neither of two secrets', 'signature-mismatch', secret=['new', 'old']),
        rejected('the secret without its newline', 'signature-mismatch', secret=f'{SECRET}\n'),
        read('a signature in hex', headers={**signed(MESSAGE), 'x-gallabox-signature': sign(MESSAGE, encoding='hex')}),
    ]


def encoded(name):
    return {**signed(MESSAGE), 'content-encoding': name}


def declared(length):
    return {**signed(MESSAGE), 'content-length': str(length)}
