import { base64, body, compact, type DiagnosisCase, nameHeader, sign, unreadable, validSignature } from './fixtures.js'

const sorted = '{"a":{"b":[true,null],"z":1},"id":"1","price":80,"text":"₹80 & “so”/on"}'
const python = '{"id": "1", "price": 80, "text": "\\u20b980 & \\u201cso\\u201d/on", "a": {"z": 1, "b": [true, null]}}'

export const bodyCases: readonly DiagnosisCase[] = [
  { title: 'a parsed body', code: 'body-parsed', rawBody: { id: '1' } as never },
  {
    title: 'a reader that reports body-already-parsed',
    code: 'body-parsed',
    rawBody: () => Promise.reject(Object.assign(new Error(), { code: 'body-already-parsed' })),
  },
  {
    title: 'a reader that reports body-already-read',
    code: 'body-parsed',
    rawBody: () => {
      throw Object.assign(new Error(), { code: 'body-already-read' })
    },
  },
  { title: 'a reader that fails', code: 'body-unread', rawBody: unreadable },
  { title: 'a reader that rejects with undefined', code: 'body-unread', rawBody: () => Promise.reject(undefined) },
  {
    title: 'a reader that reports body-too-large',
    code: 'body-unread',
    rawBody: () => Promise.reject(Object.assign(new Error(), { code: 'body-too-large' })),
  },
  { title: 'an empty body', code: 'body-empty', rawBody: '' },
  { title: 'a body in base64', code: 'body-base64', rawBody: base64(body) },
  { title: 'a removed BOM', code: 'body-bom', signature: sign(`\uFEFF${body}`) },
  { title: 'an added BOM', code: 'body-bom', rawBody: `\uFEFF${body}` },
  { title: 'a removed newline', code: 'body-whitespace', signature: sign(`${body}\n`) },
  { title: 'an added newline', code: 'body-whitespace', rawBody: `${body}\n` },
  { title: 'CRLF converted to LF', code: 'body-line-endings', signature: sign('{\r\n"a":1}'), rawBody: '{\n"a":1}' },
  { title: 'LF converted to CRLF', code: 'body-line-endings', signature: sign('{\n"a":1}'), rawBody: '{\r\n"a":1}' },
  { title: 'bytes decoded as Latin-1', code: 'body-latin1', rawBody: Buffer.from(body).toString('latin1') },
  {
    title: 'bytes decoded as Windows-1252',
    code: 'body-latin1',
    rawBody: new TextDecoder('windows-1252').decode(Buffer.from(body)),
  },
  { title: 'JSON serialized again', code: 'body-reserialized', signature: sign(compact) },
  { title: 'JSON serialized again with sorted keys', code: 'body-reserialized', signature: sign(sorted) },
  ...[1, 3].map((indent) => ({
    title: `JSON serialized again with an indent of ${indent}`,
    code: 'body-reserialized' as const,
    signature: sign(JSON.stringify(JSON.parse(body), null, indent)),
  })),
  {
    title: 'JSON serialized again with an indent of 2',
    code: 'body-reserialized',
    signature: sign(JSON.stringify(JSON.parse(body), null, 2)),
  },
  {
    title: 'JSON serialized again with tabs',
    code: 'body-reserialized',
    signature: sign(JSON.stringify(JSON.parse(body), null, '\t')),
  },
  { title: "JSON serialized again by Python's json", code: 'body-reserialized', signature: sign(python) },
  {
    title: "JSON serialized again by PHP's json_encode",
    code: 'body-reserialized',
    signature: sign(compact.replaceAll('/', '\\/').replace(/[₹“”]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)),
  },
  {
    title: "JSON serialized again by Go's encoding/json",
    code: 'body-reserialized',
    signature: sign(compact.replace('&', '\\u0026')),
  },
  {
    title: 'a Content-Encoding',
    code: 'body-compressed',
    headers: { ...nameHeader, 'x-gallabox-signature': validSignature, 'content-encoding': 'gzip' },
    rawBody: 'compressed',
  },
  {
    title: "an entry of Gallabox's webhook log",
    code: 'body-log-entry',
    rawBody: `{"request":{"data":${body}}}`,
  },
  {
    title: 'an entry of the webhook log with other members, indented',
    code: 'body-log-entry',
    rawBody: JSON.stringify({ id: '1', event: 'Message.Received', request: { data: JSON.parse(body) } }, null, 2),
  },
  { title: 'a name masked with bullets', code: 'body-masked', rawBody: '{"contact":{"name":"A••• N•••"}}' },
  {
    title: 'a phone number masked with asterisks',
    code: 'body-masked',
    rawBody: '{"contact":{"phone":["98****3210"]}}',
  },
  { title: 'an email address masked, with spaces', code: 'body-masked', rawBody: '{"email" : [ "a**@mail.example"]}' },
]
