# Vectors about event names: wire names, help page names, any letter case, and unknown names.
from bodies import EVENTS, MESSAGE
from deliveries import read, recognized, signed, unrecognized

WIRE = 'a wire name'
HELP_PAGE = "a name from Gallabox's help page or from other receivers"

OTHER_LETTER_CASE = ['MESSAGE.RECEIVED', 'message.received', 'mESSAGE.rECEIVED', ' Message.Received ']

UNKNOWN = ['Ticket.Opened', 'Message', 'Message.Received.', 'Message Received']
# Names that a lookup in an object would find, and the type of unrecognized events.
UNKNOWN += ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'unrecognized', '\u20b9', '\0']

# HTTP joins repeated headers with a comma.
REPEATED = {
    'once, in a list': ['Message.Received'],
    'twice': ['Message.Received'] * 2,
    'twice, joined': 'Message.Received, Message.Received',
    'three times, joined without spaces': 'Message.Received,Message.Received,Message.Received',
}
DIFFERENT = {
    'twice, with different values': ['Message.Received', 'Contact.Created'],
    'twice, with different values, joined': 'Message.Received, Contact.Created',
    'twice, once blank': 'Message.Received, ',
}


def name_vectors():
    return [*known_vectors(), *other_vectors()]


def known_vectors():
    vectors = []
    for event_type, (body, aliases) in EVENTS.items():
        headers = signed(body, event_type)
        vectors.append(recognized(f'{event_type}, by its wire name', event_type, body, headers, source=WIRE))
        for name in aliases:
            headers = signed(body, name)
            vectors.append(recognized(f'{event_type}, by the name {name}', event_type, body, headers, source=HELP_PAGE))
    for name in OTHER_LETTER_CASE:
        vectors.append(read(f'Message.Received, written "{name}"', headers=signed(MESSAGE, name)))
    return vectors


def other_vectors():
    long_name = {'text': 'x', 'times': 5000}
    return [
        *[unrecognized(f'an unknown name: {ascii(name)}', 'unknown-name', MESSAGE, name) for name in UNKNOWN],
        unrecognized('a name of 5 000 characters', 'unknown-name', MESSAGE, long_name),
        *[read(f'a name that is sent {title}', headers=signed(MESSAGE, name)) for title, name in REPEATED.items()],
        *[unrecognized(f'a name that is sent {title}', 'no-name', MESSAGE, name) for title, name in DIFFERENT.items()],
        unrecognized('a missing name', 'no-name', MESSAGE, None),
        unrecognized('an empty name', 'no-name', MESSAGE, ''),
        unrecognized('a blank name', 'no-name', MESSAGE, '  '),
    ]
