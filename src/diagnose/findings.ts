/** What a diagnosis can find, in the order in which a delivery is checked. The page docs/troubleshooting/why-401.md is made from it. */
export const findings = {
  verified: {
    message: 'The signature is valid.',
    hint: '',
  },
  'signature-hex': {
    message: 'The signature is valid, but it is encoded in hex.',
    hint: 'This library accepts hex. Gallabox sends base64, so another sender, such as your own test, made this signature.',
  },
  'secret-older': {
    message: 'The signature matches a later secret in your list.',
    hint: 'Keep this secret until Gallabox signs with the first one. If the rotation is over, save the new secret in Gallabox again.',
  },
  'event-name-elsewhere': {
    message: 'The signature is valid, but the event name is not in the x-event-name header.',
    hint: 'Gallabox sends the name only in that header. Configure proxies to forward it, and send it in tests.',
  },
  'event-name-missing': {
    message: 'The signature is valid, but the x-event-name header is missing.',
    hint: 'Configure proxies to forward x-event-name, and send it in tests.',
  },
  'secret-missing': {
    message: 'The secret is missing or invalid.',
    hint: 'Pass the secret as typed into Gallabox. If it comes from an environment variable, set the variable on the server.',
  },
  'secret-encrypted': {
    message: "The secret is the encrypted form that Gallabox's REST API returns.",
    hint: 'Use the secret as typed into the settings page. If you no longer have it, set a new one there.',
  },
  'secret-unavailable': {
    message: 'The function that returns the secret failed or timed out.',
    hint: 'Check the error that it throws. onOutcome reports it with the code secret-unavailable.',
  },
  'secret-not-found': {
    message: 'The function that returns the secret returned null for this request.',
    hint: 'Compare the URL and headers of the delivery with what the function looks up.',
  },
  'signature-missing': {
    message: 'The x-gallabox-signature header is missing.',
    hint: 'Set a secret for the webhook in Gallabox. Without one, Gallabox does not sign. Configure proxies to forward the header.',
  },
  'signature-elsewhere': {
    message: 'The x-gallabox-signature header is missing, but another header contains a signature.',
    hint: 'Send the signature in x-gallabox-signature. Configure proxies to keep the name of the header.',
  },
  'signature-repeated': {
    message: 'The x-gallabox-signature header was sent more than once.',
    hint: 'Send it once. Check which proxy or test adds another one.',
  },
  'signature-base64url': {
    message: 'The signature is encoded in base64url.',
    hint: 'Encode it in standard base64, with + and / and one = at the end.',
  },
  'signature-unpadded': {
    message: 'The = at the end of the signature is missing.',
    hint: 'Send all 44 characters. Code that splits a header at each = loses the last one.',
  },
  'signature-prefixed': {
    message: 'The signature has a prefix, such as sha256=.',
    hint: 'Send only the base64, as Gallabox does.',
  },
  'signature-wrapped': {
    message: 'The signature has whitespace or quotation marks around it.',
    hint: 'Send only the 44 characters.',
  },
  'signature-url-encoded': {
    message: 'The signature was URL-encoded or URL-decoded.',
    hint: 'Forward the header unchanged. URL decoding turns + into a space, and URL encoding turns = into %3D.',
  },
  'signature-encoded-twice': {
    message: 'The signature is the base64 of the digest in hex, not of its 32 bytes.',
    hint: "Encode the bytes of the digest. In Node.js, call digest('base64').",
  },
  'signature-malformed': {
    message: 'The x-gallabox-signature header is not the base64 of 32 bytes.',
    hint: 'Compare the header as received with the header as sent. A proxy, a copy or a test truncated or changed it.',
  },
  'body-parsed': {
    message: 'The body was read or parsed before it was verified.',
    hint: 'Mount the webhook before any body parser, and pass the raw body.',
  },
  'body-unread': {
    message: 'The body was not read, so the signature cannot be verified.',
    hint: 'The outcome code says why it was not read. To verify the signature, pass the raw body to diagnose.',
  },
  'secret-out-of-scope': {
    message: 'The signature matches a secret that is scoped to other events.',
    hint: 'Add the event to the events of that secret, or configure its webhook in Gallabox to send only those events.',
  },
  'secret-of-another-webhook': {
    message: 'The signature matches the secret of another webhook.',
    hint: 'The Request URL of that webhook points here. Correct it in Gallabox, or add its secret to your list.',
  },
  'secret-whitespace': {
    message: 'The signature matches your secret with different whitespace at its ends.',
    hint: 'A space, tab or line break was copied with the secret. Set the same secret in Gallabox and on your server.',
  },
  'secret-quotes': {
    message: 'The signature matches your secret with different quotation marks around it.',
    hint: 'Remove the quotation marks in Gallabox or on your server. Some .env loaders and containers keep them in the value.',
  },
  'secret-decoded': {
    message: 'The signature matches the secret as a string, but your code decodes it first.',
    hint: 'Pass the string as typed into Gallabox. Do not decode it, even if it looks like base64 or hex.',
  },
  'secret-not-decoded': {
    message: 'The signature matches your secret decoded from base64 or hex.',
    hint: 'Gallabox does not decode the secret. Change the sender, such as your own test, to use the string.',
  },
  'sender-without-secret': {
    message: 'The signature was made with an empty secret, or with the string undefined or null.',
    hint: 'Anyone can sign like this. If your own test sent it, set its secret. Otherwise it is a forgery.',
  },
  'body-empty': {
    message: 'The body is empty.',
    hint: 'Mount the webhook before any body parser, because a parser consumes the body. In a test, send the body.',
  },
  'body-base64': {
    message: 'The body is still encoded in base64.',
    hint: 'Decode it to bytes before you verify it. On Lambda, isBase64Encoded says when, and the Lambda adapter does it.',
  },
  'body-bom': {
    message: 'A byte order mark was added or removed at the start of the body.',
    hint: 'Verify the bytes as received. Many decoders remove the mark, and some editors add one.',
  },
  'body-whitespace': {
    message: 'Leading or trailing whitespace was added or removed.',
    hint: 'Verify the bytes as received. If you save a body to a file, check that your editor adds no line break.',
  },
  'body-line-endings': {
    message: 'Line endings in the body were converted between LF and CRLF.',
    hint: 'Verify the bytes as received. If you save a body to a file, keep your editor and Git from converting it.',
  },
  'body-latin1': {
    message: 'The body was decoded as Latin-1, which corrupts every character outside ASCII.',
    hint: 'Verify the bytes as received, without decoding them.',
  },
  'body-reserialized': {
    message: 'The body was parsed and serialized again, which changed its bytes.',
    hint: 'Verify the raw body, not JSON.stringify(req.body). Mount the webhook before any body parser.',
  },
  'body-log-entry': {
    message:
      "The body is an entry of Gallabox's webhook log. The payload that Gallabox sends is only its request.data.",
    hint: 'The log does not show the signed bytes, so no copy of it can be verified. Capture a delivery with the listen command, or sign the payload yourself with send --data.',
  },
  'body-masked': {
    message: "Names or phone numbers in the body are masked, as in Gallabox's webhook log.",
    hint: 'Gallabox signs the payload without masks, so no masked copy can be verified. Capture a delivery with the listen command, or sign the copy yourself with send --data.',
  },
  'body-compressed': {
    message: 'The request has a Content-Encoding, and its bytes are not those that were signed.',
    hint: 'Keep proxies from compressing requests to the webhook.',
  },
  unexplained: {
    message: 'The signature does not match, and no known mistake explains it.',
    hint: 'Compare the secret with the one in the settings of this webhook. If they are equal, something changes the body, or the delivery is a forgery.',
  },
} as const satisfies Record<string, { readonly message: string; readonly hint: string }>

/** The code of a finding. */
export type DiagnosisCode = keyof typeof findings

/** The finding that explains a delivery, with the secret concerned. */
export interface Cause {
  readonly code: DiagnosisCode
  readonly secretId?: string | undefined
}

/** The findings about deliveries that a receiver accepts. */
export const verifiedCodes: readonly DiagnosisCode[] = [
  'verified',
  'signature-hex',
  'secret-older',
  'event-name-elsewhere',
  'event-name-missing',
]
