// The mistakes that tell-tales can name: what the receiver does, and what to change.
// It must not know how any of them is found. Codes that diagnose has too are those of diagnose.

const hashBytes = 'Hash the bytes as they were received, before any parser or decoder.'

export const mistakes = {
  'signature-hex': [
    'It compares with the digest in hex. Gallabox sends base64, so every real delivery is refused.',
    "Spell the digest in base64: in Node, digest('base64') in place of digest('hex').",
  ],
  'signature-prefixed': [
    'It expects sha256= before the signature. Gallabox sends the bare base64.',
    'Compare the whole header with the base64 of the digest.',
  ],
  'signature-base64url': [
    'It spells the digest in base64url. Gallabox sends standard base64, with + and / and one = at the end.',
    'Spell the digest in standard base64.',
  ],
  'signature-encoded-twice': [
    'It makes base64 of the digest in hex, in place of the 32 bytes of the digest.',
    "Encode the bytes themselves: in Node, digest('base64').",
  ],
  'header-other': [
    'It reads the signature from another header, as other services send it.',
    'Read x-gallabox-signature, which holds the base64 of the digest and nothing else.',
  ],
  'body-reserialized': [
    'It parses the body and writes it again, and hashes that. The result has other bytes than those signed.',
    `${hashBytes} In Express, that is express.raw() or this library in place of express.json().`,
  ],
  'body-string': ['It turns the body into a JSON text once more, in quotation marks, and hashes that.', hashBytes],
  'body-remnant': [
    'It hashes no body, but what is left where the body should be: nothing, {}, [object Object] or undefined.',
    `${hashBytes} Something has read the body before, or parsed it.`,
  ],
  'body-whitespace': ['It removes or adds white space at an end of the body before it hashes it.', hashBytes],
  'body-line-ends': ['It changes the line ends of the body before it hashes it.', hashBytes],
  'body-bom': ['It adds or removes a byte order mark before it hashes the body.', hashBytes],
  'body-base64': ['It decodes the body from base64 before it hashes it.', hashBytes],
  'body-encoded': [
    'It hashes the base64 of the body.',
    'Decode the body to bytes first, as isBase64Encoded says on Lambda.',
  ],
  'body-latin1': [
    'It reads the body as Latin-1 or ASCII, so that everything else, such as ₹ or an emoji, is spoilt.',
    `${hashBytes} Where it must be a text, decode it as UTF-8.`,
  ],
  'secret-whitespace': [
    'It uses the secret with other white space at its ends: a space or line break was copied, or is cut off.',
    'Use the secret exactly as typed into Gallabox. See how the variable is set where the server runs.',
  ],
  'secret-quotes': [
    'It uses the secret with quotation marks around it.',
    'Remove them where the variable is set: a .env file of a container keeps them as part of the value.',
  ],
  'secret-decoded': [
    'It uses the secret encoded in base64 or hex.',
    'The key is the text of the secret as it is: hash with its UTF-8 bytes.',
  ],
  'secret-not-decoded': [
    'It decodes the secret from base64 or hex. Gallabox uses the text as it is.',
    'The key is the text of the secret as it is: hash with its UTF-8 bytes.',
  ],
  'sender-without-secret': [
    'Its secret is empty, or the word undefined or null: the variable is not set. Anybody can sign for it.',
    'Set the secret where the server runs, and let the server refuse to start without one.',
  ],
  'hash-plain': [
    'It compares with a plain SHA-256 hash, which is no HMAC.',
    'Use HMAC-SHA256 with the secret as its key.',
  ],
  'hash-joined': [
    'It hashes the secret joined to the body, which is no HMAC.',
    'Use HMAC-SHA256 with the secret as its key.',
  ],
  'hash-other': ['It uses another hash than SHA-256, such as SHA-1.', 'Use HMAC-SHA256.'],
  'hash-swapped': [
    'It takes the body for the key and the secret for the message.',
    'The key is the secret, the message is the body.',
  ],
  'content-refused': [
    'It takes the signature, and then fails at what the body says. Gallabox tries up to five times, then it is gone.',
    'Answer 200 to what is genuine, whatever is in it; read only the members that you need.',
  ],
} as const satisfies Record<string, readonly [means: string, fix: string]>

export type MistakeCode = keyof typeof mistakes
