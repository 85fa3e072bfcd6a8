import { signBody } from 'gallabox-webhooks/testing'
import {
  base64,
  body,
  compact,
  type DiagnosisCase,
  nameHeader,
  otherBody,
  otherSecret,
  otherSignature,
  secret,
  sign,
  signUnchecked,
  validSignature,
} from './fixtures.js'

export const nearMisses: readonly DiagnosisCase[] = [
  {
    title: 'base64url of another body',
    code: 'signature-malformed',
    signature: otherSignature.replaceAll('+', '-').replaceAll('/', '_'),
  },
  { title: 'no padding and another body', code: 'signature-malformed', signature: otherSignature.slice(0, -1) },
  { title: 'hex of another body', code: 'unexplained', signature: signBody(otherBody, secret, 'hex') },
  { title: 'sha256= before another digest', code: 'signature-malformed', signature: `sha256=${otherSignature}` },
  { title: 'quotes around another digest', code: 'signature-malformed', signature: `"${otherSignature}"` },
  {
    title: 'base64 of the hex of another digest',
    code: 'signature-malformed',
    signature: base64(signBody(otherBody, secret, 'hex')),
  },
  { title: '88 characters that are not base64', code: 'signature-malformed', signature: '-'.repeat(88) },
  {
    title: 'a wrong signature in another header',
    code: 'signature-missing',
    headers: { ...nameHeader, 'x-signature': otherSignature },
  },
  {
    title: 'an unknown name in the body',
    code: 'event-name-missing',
    headers: { 'x-gallabox-signature': sign('{"event":"Ticket.Opened"}') },
    rawBody: '{"event":"Ticket.Opened"}',
  },
  {
    title: 'the second of two scoped secrets',
    code: 'verified',
    options: {
      secret: [
        { secret: otherSecret, events: ['Contact.Created'] },
        { secret, events: ['Message.received'] },
      ],
    },
  },
  { title: 'a space inside the secret', code: 'unexplained', options: { secret: 'whsec_ Jg8mZ2vQ' } },
  {
    title: 'a quote inside the secret',
    code: 'unexplained',
    options: { secret: `${secret.slice(0, 5)}"${secret.slice(5)}` },
  },
  { title: 'another secret in base64', code: 'unexplained', options: { secret: base64(otherSecret) } },
  { title: 'a secret that is the string nil', code: 'unexplained', signature: signUnchecked('nil') },
  { title: 'an empty body that was signed', code: 'verified', signature: sign(''), rawBody: '' },
  { title: 'another body in base64', code: 'unexplained', rawBody: base64(otherBody) },
  { title: 'a BOM before another body', code: 'unexplained', rawBody: `\uFEFF${otherBody}` },
  { title: 'a space inside the body', code: 'unexplained', rawBody: body.replace('so', 'so ') },
  {
    title: 'Latin-1 of another body',
    code: 'unexplained',
    rawBody: Buffer.from(body.replace('80', '81')).toString('latin1'),
  },
  { title: 'other JSON serialized again', code: 'unexplained', signature: sign(compact.replace('80', '81')) },
  {
    title: 'keys in another order and another value',
    code: 'unexplained',
    signature: sign('{"text":1,"id":2}'),
    rawBody: '{"id":2,"text":1}'.replace('2', '3'),
  },
  {
    title: 'the Content-Encoding identity',
    code: 'unexplained',
    headers: { ...nameHeader, 'x-gallabox-signature': validSignature, 'content-encoding': 'identity' },
    rawBody: otherBody,
  },
  {
    title: 'a secret that is not that of the other webhook either',
    code: 'unexplained',
    signature: sign(body, 'a third'),
    options: { otherSecrets: [{ id: 'shop', secret: otherSecret }, { secret: '' }] },
  },
  { title: 'invalid UTF-8', code: 'unexplained', rawBody: Uint8Array.of(0xff, 0xfe) },
  { title: 'JSON of 10 000 levels', code: 'unexplained', rawBody: '['.repeat(10_000) + ']'.repeat(10_000) },
]
