import { type DiagnosisCase, hexSignature, otherSecret, secret, sign, validSignature } from './fixtures.js'

export const acceptedCases: readonly DiagnosisCase[] = [
  { title: 'a valid delivery', code: 'verified' },
  { title: 'hex', code: 'signature-hex', signature: hexSignature },
  { title: 'upper-case hex', code: 'signature-hex', signature: hexSignature.toUpperCase() },
  { title: 'the second secret of a list', code: 'secret-older', options: { secret: [otherSecret, secret] } },
  {
    title: 'the event name in the body',
    code: 'event-name-elsewhere',
    headers: { 'x-gallabox-signature': sign('{"event":"Message.received"}') },
    rawBody: '{"event":"Message.received"}',
  },
  {
    title: 'the event name in another header',
    code: 'event-name-elsewhere',
    headers: { 'x-gallabox-signature': validSignature, 'X-Gallabox-Event': 'Message.Received' },
  },
  { title: 'no event name', code: 'event-name-missing', headers: { 'x-gallabox-signature': validSignature } },
  {
    title: 'no name and a body that is not an object',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': sign('null') },
    rawBody: 'null',
  },
  {
    title: 'no name and a body that is not UTF-8',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': sign(Uint8Array.of(0xff)) },
    rawBody: Uint8Array.of(0xff),
  },
  {
    title: 'no name and a body that is not JSON',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': sign('?') },
    rawBody: '?',
  },
]
