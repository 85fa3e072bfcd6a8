# How one whole delivery stands in the vectors: its headers, and what it must come to.
# It must not know which deliveries there are.
from bodies import MESSAGE
from signing import SECRET, event_key, sign, vector


def signed(body, name='Message.Received', secret=SECRET, **more):
    """The headers that Gallabox would send with a body."""
    named = {} if name is None else {'x-event-name': name}
    return {'content-type': 'application/json', **named, 'x-gallabox-signature': sign(body, secret), **more}


def recognized(title, event_type, body, headers, **more):
    return vector(title, headers, body, event={'type': event_type}, key=event_key(event_type, body), **more)


def read(title, body=MESSAGE, headers=None, **more):
    """A genuine message, which is read as one."""
    return recognized(title, 'Message.Received', body, headers or signed(body), **more)


def unrecognized(title, reason, body, name):
    # The key is of the name where it is known, whatever the body is.
    key = event_key(name if reason == 'unexpected-shape' else 'unrecognized', body)
    return vector(title, signed(body, name), body, event={'type': 'unrecognized', 'reason': reason}, key=key)


def refused(title, code, body=MESSAGE, headers=None, **more):
    return vector(title, headers or signed(body), body, code=code, **more)
