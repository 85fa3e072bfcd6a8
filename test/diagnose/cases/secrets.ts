import { base64, body, type DiagnosisCase, otherSecret, secret, sign, signUnchecked } from './fixtures.js'

export const secretCases: readonly DiagnosisCase[] = [
  { title: 'an encrypted secret', code: 'secret-encrypted', options: { secret: 'U2FsdGVkX1+abcdefghijklmnop' } },
  {
    title: 'a secret provider that throws',
    code: 'secret-unavailable',
    options: {
      secret: () => {
        throw new Error('vault')
      },
    },
  },
  {
    title: 'a secret provider that rejects',
    code: 'secret-unavailable',
    options: { secret: () => Promise.reject(new Error('vault')) },
  },
  { title: 'a secret provider that returns null', code: 'secret-not-found', options: { secret: () => null } },
  { title: 'a secret provider that returns undefined', code: 'secret-missing', options: { secret: () => undefined } },
  {
    title: 'a secret for other events',
    code: 'secret-out-of-scope',
    options: { secret: [{ secret, events: ['Contact.Created'] }] },
  },
  {
    title: 'the secret of another webhook',
    code: 'secret-of-another-webhook',
    signature: sign(body, otherSecret),
    options: { otherSecrets: [{ id: 'shop', secret: otherSecret }] },
  },
  { title: 'a space after the secret', code: 'secret-whitespace', options: { secret: `${secret} ` } },
  { title: 'a newline after the secret', code: 'secret-whitespace', options: { secret: `${secret}\n` } },
  {
    title: 'an escaped newline after the secret',
    code: 'secret-whitespace',
    options: { secret: `${secret}\\n` },
  },
  {
    title: 'a newline after a secret in bytes',
    code: 'secret-whitespace',
    options: { secret: Buffer.from(`${secret}\n`) },
  },
  { title: "a space after Gallabox's secret", code: 'secret-whitespace', signature: sign(body, `${secret} `) },
  { title: "a newline after Gallabox's secret", code: 'secret-whitespace', signature: sign(body, `${secret}\n`) },
  ...['\t', '  ', '\r\n'].flatMap((space) => [
    {
      title: `${JSON.stringify(space)} after Gallabox's secret`,
      code: 'secret-whitespace' as const,
      signature: sign(body, `${secret}${space}`),
    },
    {
      title: `${JSON.stringify(space)} before Gallabox's secret`,
      code: 'secret-whitespace' as const,
      signature: sign(body, `${space}${secret}`),
    },
  ]),
  { title: 'quotes and spaces around the secret', code: 'secret-quotes', options: { secret: `" ${secret} "` } },
  { title: 'a quote at one end of the secret', code: 'secret-quotes', options: { secret: `${secret}'` } },
  { title: 'typographic quotes around the secret', code: 'secret-quotes', options: { secret: `“${secret}”` } },
  {
    title: "typographic quotes around Gallabox's secret",
    code: 'secret-quotes',
    signature: sign(body, `“${secret}”`),
  },
  { title: 'quotes around the secret', code: 'secret-quotes', options: { secret: `"${secret}"` } },
  { title: "quotes around Gallabox's secret", code: 'secret-quotes', signature: sign(body, `'${secret}'`) },
  {
    title: 'a secret that is decoded from base64 to bytes',
    code: 'secret-decoded',
    signature: sign(body, 'c2VjcmV0IQ=='),
    options: { secret: Buffer.from('secret!') },
  },
  {
    title: 'a secret that is decoded from base64 to a string',
    code: 'secret-decoded',
    signature: sign(body, 'c2VjcmV0IQ=='),
    options: { secret: 'secret!' },
  },
  {
    title: 'a secret with a ₹ that is decoded from base64',
    code: 'secret-decoded',
    signature: sign(body, base64('geheim ₹')),
    options: { secret: 'geheim ₹' },
  },
  {
    title: 'a secret that is decoded from hex',
    code: 'secret-decoded',
    signature: sign(body, 'CAFE01'),
    options: { secret: Buffer.from('CAFE01', 'hex') },
  },
  {
    title: 'a secret that is decoded from base64url to invalid UTF-8',
    code: 'secret-decoded',
    signature: sign(body, '-_-_'),
    options: { secret: Buffer.from('-_-_', 'base64url') },
  },
  {
    title: 'a sender that decodes base64',
    code: 'secret-not-decoded',
    signature: sign(body, Buffer.from('secret!')),
    options: { secret: 'c2VjcmV0IQ==' },
  },
  {
    title: 'a sender that decodes base64 after whsec_',
    code: 'secret-not-decoded',
    signature: sign(body, Buffer.from('secret!')),
    options: { secret: 'whsec_c2VjcmV0IQ==' },
  },
  {
    title: 'a sender that decodes hex',
    code: 'secret-not-decoded',
    signature: sign(body, Buffer.from('cafe01', 'hex')),
    options: { secret: 'cafe01' },
  },
  { title: 'an empty secret', code: 'sender-without-secret', signature: signUnchecked('') },
  {
    title: 'a secret that is the string undefined',
    code: 'sender-without-secret',
    signature: signUnchecked('undefined'),
  },
  { title: 'another secret', code: 'unexplained', options: { secret: otherSecret } },
]
