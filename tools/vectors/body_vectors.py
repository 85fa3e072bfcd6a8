# Vectors about bodies: readable, unrecognized, unreadable, and different from the signed bytes.
import json

from bodies import CONTACT_BODY, ID, MESSAGE
from deliveries import read, rejected, signed, unrecognized
from signing import to_bytes

MESSAGE_BYTES = to_bytes(MESSAGE)
LEVELS = 10_000


def with_member(text):
    return f'{{{text},{MESSAGE[1:]}'


READABLE = {
    'a byte order mark before it': '\ufeff' + MESSAGE,
    'spaces and newlines around it': f' \r\n\t{MESSAGE}\n',
    'a key that comes twice, the first time wrong': with_member('"id":7'),
    'keys that every object has': with_member('"__proto__":{"isAdmin":true},"constructor":1,"toString":2'),
    'a prototype with another type': with_member('"__proto__":{"type":"Contact.Created","ok":false}'),
    '80.0, 1e400 and big integers': with_member('"x":[80.0,1e400,-0,12345678901234567890]'),
    'rupees and emoji': with_member('"x":"\u20b980.00 \U0001fa94 \u0928\u092e\u0938\u094d\u0924\u0947"'),
    'a lone surrogate that is escaped': with_member('"x":"\\ud800"'),
    'a NUL that is escaped': with_member('"x":"\\u0000"'),
    'line separators in a string': with_member('"x":"\u2028\u2029"'),
    'a key that is empty': with_member('"":1'),
}

MISSHAPEN = {
    '{}': '{}',
    'null': 'null',
    'true': 'true',
    'a string': '"Message.Received"',
    'a number': '7',
    'a number out of range': '1e400',
    'an array of the right body': f'[{MESSAGE}]',
    'the body of another event': CONTACT_BODY,
    'a body without a member': MESSAGE.replace('"sender"', '"sent"'),
    'a body with a member of another type': MESSAGE.replace(f'"{ID}"', '7'),
    'a body with a key that comes twice, the last time wrong': f'{MESSAGE[:-1]},"id":7}}',
    'a prototype in place of members': f'{{"__proto__":{MESSAGE}}}',
    '10 000 levels of arrays': '[' * LEVELS + ']' * LEVELS,
    '10 000 levels of objects': '{"a":' * LEVELS + '1' + '}' * LEVELS,
}

NOT_UTF8 = {
    'bytes that are never valid': b'"\xff\xfe"',
    'a lone surrogate': b'"\xed\xa0\x80"',
    'an overlong slash': b'"\xc0\xaf"',
    'a character beyond the last': b'"\xf4\x90\x80\x80"',
    'a character cut off by the end': b'"\xe2\x82',
    'UTF-16': b'\xff\xfe' + MESSAGE.encode('utf-16-le'),
    'Latin-1': b'"\xe9"',
}

NOT_JSON = {
    'empty': b'',
    'spaces': b'  ',
    'half a body': MESSAGE_BYTES[:100],
    'extra data after it': MESSAGE_BYTES + b'x',
    'a NUL after it': MESSAGE_BYTES + b'\0',
    'two byte order marks': b'\xef\xbb\xbf' * 2 + MESSAGE_BYTES,
    'a space that JSON does not allow': b'\xc2\xa0' + MESSAGE_BYTES,
    'single quotes': b"{'id':1}",
    'a comma before the end': b'{"id":1,}',
    'a comment': b'{"id":1}//',
    'NaN': b'NaN',
    'a newline in a string': b'"a\nb"',
    'a form': b'id=1&name=Asha',
}

REST = MESSAGE[1:]
PRICED = f'{{"price":80.0,"text":"\u20b980.00","note":"\u00e9","note":"\u00e9",{REST}'
# Equal to the signed body after parsing, but not the signed bytes.
REWRITTEN = {
    'with spaces': json.dumps(json.loads(PRICED), ensure_ascii=False),
    'without a key that came twice': PRICED.replace('"note":"\u00e9",', '', 1),
    'with 80 for 80.0': PRICED.replace('80.0,', '80,'),
    'with a character escaped': PRICED.replace('\u20b9', '\\u20b9'),
    'with a newline after it': f'{PRICED}\n',
    'with a byte order mark': f'\ufeff{PRICED}',
    'with its keys in another order': PRICED.replace('"price":80.0,', '')[:-1] + ',"price":80.0}',
}


def body_vectors():
    name, misshapen = 'Message.Received', 'unexpected-shape'
    as_it_was = signed(PRICED)
    return [
        *[read(f'a message: {title}', body) for title, body in READABLE.items()],
        *[unrecognized(f'not a message: {title}', misshapen, body, name) for title, body in MISSHAPEN.items()],
        *[rejected(f'verified, but not UTF-8: {title}', 'body-not-utf8', body) for title, body in NOT_UTF8.items()],
        *[rejected(f'verified, but not JSON: {title}', 'body-not-json', body) for title, body in NOT_JSON.items()],
        read('the body that the following ones equal as JSON', PRICED),
        *[
            rejected(f'equal to the signed body only as JSON: {title}', 'signature-mismatch', body, as_it_was)
            for title, body in REWRITTEN.items()
        ],
    ]


for twin in REWRITTEN.values():
    assert json.loads(twin.lstrip('\ufeff')) == json.loads(PRICED) and twin != PRICED
