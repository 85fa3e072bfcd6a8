// What a diagnosis can find: the one table of codes, each with a sentence and what to change.
// It must not know how any of them is found. It names things, never their values.

/** What was found, by its code: what is wrong, and what to change. Ordered as a delivery is looked at. */
export const findings = {
  genuine: ['The signature is right.', ''],
  'signature-hex': [
    'The signature is right, but spelled in hex.',
    'This library takes it. Gallabox itself sends base64: whatever sent this is something else, such as a test of your own.',
  ],
  'secret-older': [
    'The signature is right under a later secret of your list.',
    'Until Gallabox signs with the first one, keep this one; if the rotation is over, save the new secret in Gallabox again.',
  ],
  'event-name-elsewhere': [
    'The signature is right, but the event name is not in the header x-event-name.',
    'Gallabox puts it there and nowhere else: let proxies pass that header, and let tests send it.',
  ],
  'event-name-missing': [
    'The signature is right, but there is no header x-event-name, so nothing tells which event it is.',
    'Let proxies pass x-event-name, and let tests send it.',
  ],
  'secret-missing': [
    'There is no secret to verify with: it is undefined, empty, blank or not a text.',
    'Pass the secret as typed into Gallabox. If it comes from the environment, see that the variable is set where the server runs.',
  ],
  'secret-encrypted': [
    'The secret is the encrypted form that the REST API of Gallabox shows, which is not the key.',
    'Use the secret as typed into the settings page. If nobody knows it any more, type a new one there.',
  ],
  'secret-unavailable': [
    'The function that should give the secret failed, or did not answer in time.',
    'Look at what it throws; onOutcome reports it as the error of secret-unavailable.',
  ],
  'signature-missing': [
    'There is no header x-gallabox-signature.',
    'Set a secret for the webhook in Gallabox, which signs nothing without one, and let proxies pass the header.',
  ],
  'signature-elsewhere': [
    'The right signature came in another header than x-gallabox-signature.',
    'Let the proxy keep the name of the header, or the test send it under that name.',
  ],
  'signature-repeated': [
    'The header x-gallabox-signature came more than once.',
    'Let it come once: see which proxy or test adds another.',
  ],
  'signature-base64url': [
    'The signature is right, but spelled in base64url.',
    'Spell it in standard base64, with + and / and one = at the end, as Gallabox does.',
  ],
  'signature-unpadded': [
    'The signature is right, but its last character, =, is missing.',
    'Send all 44 characters. Where a header is split at its equals signs, the last one is lost.',
  ],
  'signature-prefixed': [
    'The signature is right, but something stands before it, such as sha256=.',
    'Send the base64 alone, as Gallabox does.',
  ],
  'signature-wrapped': [
    'The signature is right, but white space or quotation marks stand around it.',
    'Send the 44 characters alone.',
  ],
  'signature-url-encoded': [
    'The signature is right, but its characters were encoded or decoded as in an address.',
    'Pass the header on as it came: a + is no space, and %3D is no =.',
  ],
  'signature-encoded-twice': [
    'The signature is right, but it is the base64 of the digest in hex.',
    "Encode the 32 bytes themselves: digest('base64').",
  ],
  'signature-malformed': [
    'The header x-gallabox-signature holds no signature: it is not the base64 of 32 bytes.',
    'Compare what arrives with what was sent: a proxy, a copy or a test has cut or changed it.',
  ],
  'body-parsed': [
    'The body is no longer the bytes that were signed: something parsed it first.',
    'Mount the webhook before any body parser, and hand over the raw body.',
  ],
  'body-unread': [
    'The body could not be read, or is too large to look at.',
    'See that nothing reads it before the webhook does; onOutcome reports what went wrong.',
  ],
  'secret-out-of-scope': [
    'The signature is right under a secret that is scoped to other events.',
    'Add the event to the events of that secret, or let its webhook in Gallabox send only those.',
  ],
  'secret-of-another-webhook': [
    'The signature is right under the secret of another webhook.',
    'The Request URL of that webhook points here: correct it, or add its secret to the list.',
  ],
  'secret-whitespace': [
    'The signature is right for your secret with other white space at its ends.',
    'A space, tab or line break was copied along, on one side only. Type the secret in Gallabox and on your server alike.',
  ],
  'secret-quotes': [
    'The signature is right for your secret with other quotation marks around it.',
    'They are part of the secret on one side only: remove them, which is often a matter of how a .env file or container sets it.',
  ],
  'secret-decoded': [
    'The signature is right for the secret as text, but you decode it first.',
    'Pass the text as typed into Gallabox: it is the key as it is, even if it looks like base64 or hex.',
  ],
  'secret-not-decoded': [
    'The signature is right for your secret decoded from base64 or hex.',
    'Gallabox uses the text as it is, so this sender is something else, such as a test of your own: let it do the same.',
  ],
  'sender-without-secret': [
    'It is signed with an empty secret, or with the word undefined or null.',
    'Anyone can sign like this. If it is a test of your own, its secret is not set; if not, it is a forgery.',
  ],
  'body-empty': [
    'The body is empty.',
    'Something read it first: mount the webhook before any body parser. In a test, send the body.',
  ],
  'body-base64': [
    'The body is still in base64.',
    'Decode it to bytes first, as isBase64Encoded says on Lambda; the adapter for Lambda does so.',
  ],
  'body-bom': [
    'A byte order mark at the start of the body was lost, or added.',
    'Hash the bytes as received: many decoders drop the mark, and some editors add one.',
  ],
  'body-whitespace': [
    'White space at the ends of the body was lost, or added.',
    'Hash the bytes as received. When you save a body to a file, see that your editor adds no line break at the end.',
  ],
  'body-line-ends': [
    'The line ends of the body were changed between LF and CRLF.',
    'Hash the bytes as received. When you save a body to a file, keep your editor and Git from converting it.',
  ],
  'body-latin1': [
    'The bytes of the body were decoded as Latin-1, so that everything but ASCII is spoilt.',
    'Hash the bytes as received, and decode nothing before.',
  ],
  'body-reserialized': [
    'The body was parsed and written again: the signature is right for the same JSON in another spelling.',
    'Hash the bytes as received, not JSON.stringify(req.body): mount the webhook before any body parser.',
  ],
  'body-compressed': [
    'The body came with a Content-Encoding, so its bytes are not those that were signed.',
    'Keep proxies from compressing requests to the webhook.',
  ],
  unexplained: [
    'The signature is that of another body or another secret, and no known mistake explains it.',
    'Compare the secret with the one in the settings of this very webhook. If it is the same, something on the way changes the body; if not even that, it is a forgery.',
  ],
} as const satisfies Record<string, readonly [message: string, fix: string]>

/** What a diagnosis can find. */
export type DiagnosisCode = keyof typeof findings

/** The codes of deliveries that a receiver takes. */
export const genuineCodes: readonly DiagnosisCode[] = [
  'genuine',
  'signature-hex',
  'secret-older',
  'event-name-elsewhere',
  'event-name-missing',
]
