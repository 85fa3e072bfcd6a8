// A code that `diagnose` also uses has the same meaning there.
export const hashRawBody = 'Hash the raw body, before any parser or decoder.'
const useHmac = 'Use HMAC-SHA256 with the secret as the key.'
const useString = 'Use the UTF-8 bytes of the secret as the key. Do not decode or encode it.'

/** Why a receiver rejects valid deliveries: what it does, and what to change. */
export const causes = {
  'signature-hex': [
    'It compares with the digest in hex. Gallabox sends base64, so every delivery is rejected.',
    "Encode the digest as base64. In Node: digest('base64') instead of digest('hex').",
  ],
  'signature-prefixed': [
    'It expects sha256= before the signature. Gallabox sends the base64 only.',
    'Compare the whole header with the base64 of the digest.',
  ],
  'signature-base64url': [
    'It encodes the digest as base64url. Gallabox sends standard base64, with +, / and one = at the end.',
    'Encode the digest as standard base64.',
  ],
  'signature-encoded-twice': [
    'It encodes the hex digest as base64, instead of the 32 bytes of the digest.',
    "Encode the bytes. In Node: digest('base64').",
  ],
  'header-other': [
    'It does not read x-gallabox-signature, which Gallabox sends.',
    'Read x-gallabox-signature. It contains the base64 of the digest and nothing else.',
  ],
  'secret-in-header': [
    'It expects the secret itself in a header, and verifies no signature. Anyone who has seen one request can forge events.',
    'Verify x-gallabox-signature, which fits one body only. To check the rest of this receiver, add the header with --header.',
  ],
  'secret-in-url': [
    'It expects the secret itself in the URL, and verifies no signature. URLs are written to logs.',
    'Verify x-gallabox-signature, which fits one body only. To check the rest of this receiver, add the parameter to <url>.',
  ],
  'body-reserialized': [
    'It parses the body, serializes it again and hashes the result. The signed bytes are different.',
    `${hashRawBody} In Express: use express.raw() or this library instead of express.json().`,
  ],
  'body-string': ['It encodes the body as a JSON string, in quotation marks, and hashes the result.', hashRawBody],
  'body-remnant': [
    'It hashes what is left after the body was consumed: nothing, {}, [object Object] or undefined.',
    `${hashRawBody} Something reads or parses the body first.`,
  ],
  'body-whitespace': ['It removes or adds whitespace at the start or end of the body before hashing.', hashRawBody],
  'body-line-endings': ['It changes the line endings of the body before hashing.', hashRawBody],
  'body-bom': ['It adds or removes a byte order mark before hashing.', hashRawBody],
  'body-base64': ['It decodes the body from base64 before hashing.', hashRawBody],
  'body-encoded': [
    'It hashes the base64 of the body.',
    'Decode the body to bytes first. On Lambda, isBase64Encoded is then true.',
  ],
  'body-latin1': [
    'It decodes the body as Latin-1 or ASCII. That corrupts other characters, such as ₹ and emoji.',
    `${hashRawBody} If a string is required, decode the body as UTF-8.`,
  ],
  'secret-whitespace': [
    'Its secret has different whitespace at the start or end. A space or line break was copied or removed.',
    'Use the secret exactly as in the webhook settings. Check how the variable is set on the server.',
  ],
  'secret-quotes': [
    'Its secret is in quotation marks.',
    'Remove them where the variable is set. Container .env files keep them as part of the value.',
  ],
  'secret-decoded': ['It encodes the secret as base64 or hex.', useString],
  'secret-not-decoded': ['It decodes the secret from base64 or hex. Gallabox uses the string as it is.', useString],
  'sender-without-secret': [
    'Its secret is empty, or the string undefined or null. The variable is not set, so anyone can sign.',
    'Set the secret on the server. Do not start the server without one.',
  ],
  'hash-plain': ['It compares with a plain SHA-256 hash, which is not an HMAC.', useHmac],
  'hash-joined': ['It hashes the secret joined to the body, which is not an HMAC.', useHmac],
  'hash-other': ['It does not use SHA-256 but another hash, such as SHA-1.', 'Use HMAC-SHA256.'],
  'hash-swapped': [
    'It uses the body as the key and the secret as the message.',
    'The secret is the key. The body is the message.',
  ],
  'content-rejected': [
    'It accepts the signature, and then fails on the content. After up to five attempts by Gallabox, the delivery is lost.',
    'Respond with 200 to every verified delivery, whatever its content. Read only the members that you need.',
  ],
} as const satisfies Record<string, readonly [cause: string, fix: string]>

export type CauseCode = keyof typeof causes
