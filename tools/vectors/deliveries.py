# Creates the vector of a whole delivery: its headers and the expected result.
from bodies import MESSAGE
from signing import SECRET, event_key, sign, vector


def signed(body, name='Message.Received', secret=SECRET, **more):
    """Returns the headers that Gallabox sends with a body."""
    named = {} if name is None else {'x-event-name': name}
    return {'content-type': 'application/json', **named, 'x-gallabox-signature': sign(body, secret), **more}


def recognized(title, event_type, body, headers, **more):
    return vector(title, headers, body, event={'type': event_type}, key=event_key(event_type, body), **more)


def read(title, body=MESSAGE, headers=None, **more):
    """A verified message."""
    return recognized(title, 'Message.Received', body, headers or signed(body), **more)


def unrecognized(title, reason, body, name):
    key = event_key(key_name(reason, name), body)
    return vector(title, signed(body, name), body, event={'type': 'unrecognized', 'reason': reason}, key=key)


def key_name(reason, name):
    """Returns the name in a delivery's key: the wire name where it is known, else the trimmed name in lower case."""
    if reason == 'unexpected-shape':
        return name
    if reason == 'no-name':
        return ''
    return (name['text'] * name['times'] if isinstance(name, dict) else name).strip().lower()


def rejected(title, code, body=MESSAGE, headers=None, **more):
    return vector(title, headers or signed(body), body, code=code, **more)
