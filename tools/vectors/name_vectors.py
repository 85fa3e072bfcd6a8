# The names of events: 26 on the wire, those of the help page, any case, and those that are none.
# It must not know what a body must have.
from bodies import EVENTS, MESSAGE
from deliveries import read, recognized, signed, unrecognized

WIRE = 'a name as it comes on the wire'
HELP_PAGE = "a name of Gallabox's help page, or as seen in receivers"

IN_OTHER_LETTERS = ['MESSAGE.RECEIVED', 'message.received', 'mESSAGE.rECEIVED', ' Message.Received ']

UNKNOWN = ['Ticket.Opened', 'Message', 'Message.Received.', 'Message Received', 'Message.Received, Contact.Created']
# What a look-up in an object would find, and the type that means that nothing was found.
UNKNOWN += ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'unrecognized', '\u20b9', '\0']


def name_vectors():
    return [*known_vectors(), *other_vectors()]


def known_vectors():
    vectors = []
    for event_type, (body, aliases) in EVENTS.items():
        headers = signed(body, event_type)
        vectors.append(recognized(f'{event_type}, as on the wire', event_type, body, headers, source=WIRE))
        for name in aliases:
            headers = signed(body, name)
            vectors.append(recognized(f'{event_type}, named {name}', event_type, body, headers, source=HELP_PAGE))
    for name in IN_OTHER_LETTERS:
        vectors.append(read(f'Message.Received, written "{name}"', headers=signed(MESSAGE, name)))
    return vectors


def other_vectors():
    long_name = {'text': 'x', 'times': 5000}
    return [
        *[unrecognized(f'a name that is unknown: {ascii(name)}', 'unknown-name', MESSAGE, name) for name in UNKNOWN],
        unrecognized('a name of 5 000 characters', 'unknown-name', MESSAGE, long_name),
        unrecognized('a name that comes twice', 'unknown-name', MESSAGE, ['Message.Received'] * 2),
        unrecognized('a name that is missing', 'no-name', MESSAGE, None),
        unrecognized('a name that is empty', 'no-name', MESSAGE, ''),
        unrecognized('a name that is blank', 'no-name', MESSAGE, '  '),
    ]
