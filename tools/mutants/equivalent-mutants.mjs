// The mutants that behave like the original, each with the reason why no test can or should detect it.

/** `code` is the mutated code as in the source, `to` is what Stryker replaced it with. */
export const equivalentMutants = [
  {
    file: 'src/platform/bytes.ts',
    code: '{',
    to: '{}',
    why: 'A function without a return statement returns undefined too.',
  },
  {
    file: 'src/platform/bytes.ts',
    code: 'i < text.length',
    to: 'i <= text.length',
    why: 'A write past the end of a typed array has no effect.',
  },
  {
    file: 'src/platform/bytes.ts',
    code: 'rawBody instanceof Uint8Array',
    to: 'false',
    why: 'A shortcut: another view of the same bytes is equivalent.',
  },
  {
    file: 'src/signature/hmac.ts',
    code: "'latin1'",
    to: '""',
    why: 'Encoded digests are ASCII, so UTF-8, the default, gives the same bytes. Latin-1 is faster.',
  },
  {
    file: 'src/signature/hmac.ts',
    code: '!crypto.hash || message.byteLength > shortBytes',
    to: 'true',
    why: 'Two hashes give the same digest as an Hmac and are only faster.',
  },
  {
    file: 'src/signature/hmac.ts',
    code: 'message.byteLength > shortBytes',
    to: 'message.byteLength >= shortBytes',
    why: 'The same: a body that fills the buffer may take either path.',
  },
  {
    file: 'src/signature/hmac.ts',
    code: 'false',
    to: 'true',
    why: 'The key is not reachable from outside, so whether it can be exported has no effect.',
  },
  {
    file: 'src/signature/hmac.ts',
    code: '{',
    to: '{}',
    why: 'Without the null, node:crypto is looked up on each call and not found.',
  },
  {
    file: 'src/platform/headers.ts',
    code: 'key.length !== name.length',
    to: 'false',
    why: 'A shortcut: names of different lengths differ anyway.',
  },
  {
    file: 'src/platform/headers.ts',
    code: "typeof value === 'string'",
    to: 'false',
    why: 'A shortcut: a list of one string joins to that string.',
  },
  { file: 'src/platform/headers.ts', code: "'string'", to: '""', why: 'The same shortcut.' },
  {
    file: 'src/platform/promises.ts',
    code: 'isPromiseLike(result)',
    to: 'true',
    why: 'A value that is not a promise has no then. The TypeError is caught at once.',
  },
  {
    file: 'src/receiver/run-handler.ts',
    code: '[]',
    to: '["Stryker was here"]',
    why: 'A value that is not a promise is awaited at once.',
  },
]
