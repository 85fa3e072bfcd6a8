// The mutants that may live, one by one, and why no test can or should tell them from the original.

/** `code` is what was mutated, as it stands in the source; `to` is what Stryker put in its place. */
export const explained = [
  {
    file: 'src/delivery.ts',
    code: 'requiredHeaders.length > 0',
    to: 'true',
    why: 'A short cut: where no header is required there is nothing to compare.',
  },
  {
    file: 'src/delivery.ts',
    code: 'requiredHeaders.length > 0',
    to: 'requiredHeaders.length >= 0',
    why: 'The same short cut.',
  },
  {
    file: 'src/delivery.ts',
    code: "''",
    to: '"Stryker was here!"',
    why: 'A required header that is absent equals no value that is required, whatever stands in for it.',
  },
  {
    file: 'src/internal/bytes.ts',
    code: '{',
    to: '{}',
    why: 'A function that ends without a return gives undefined too.',
  },
  {
    file: 'src/internal/bytes.ts',
    code: 'i < text.length',
    to: 'i <= text.length',
    why: 'A write past the end of a typed array is none.',
  },
  {
    file: 'src/internal/bytes.ts',
    code: 'rawBody instanceof Uint8Array',
    to: 'false',
    why: 'A short cut: another view of the same bytes is as good.',
  },
  {
    file: 'src/internal/crypto.ts',
    code: "'latin1'",
    to: '""',
    why: 'Digests are ASCII, which UTF-8, the default, spells alike. Latin-1 is faster.',
  },
  {
    file: 'src/internal/crypto.ts',
    code: '!crypto.hash || message.byteLength > shortBytes',
    to: 'true',
    why: 'Two hashes give what an Hmac gives, and are only faster.',
  },
  {
    file: 'src/internal/crypto.ts',
    code: 'message.byteLength > shortBytes',
    to: 'message.byteLength >= shortBytes',
    why: 'The same: what fills the buffer may go either way.',
  },
  {
    file: 'src/internal/crypto.ts',
    code: 'false',
    to: 'true',
    why: 'Whether a key could be exported again shows to nobody who cannot reach it.',
  },
  {
    file: 'src/internal/crypto.ts',
    code: '{',
    to: '{}',
    why: 'Without the null Node is looked for each time, in vain.',
  },
  {
    file: 'src/internal/headers.ts',
    code: 'key.length !== name.length',
    to: 'false',
    why: 'A short cut: names of another length differ anyway.',
  },
  {
    file: 'src/internal/headers.ts',
    code: "typeof value === 'string'",
    to: 'false',
    why: 'A short cut: a list of one text joins to that text.',
  },
  { file: 'src/internal/headers.ts', code: "'string'", to: '""', why: 'The same short cut.' },
  {
    file: 'src/internal/promises.ts',
    code: 'isPromiseLike(result)',
    to: 'true',
    why: 'What is no promise has no then: a TypeError, which is caught there and then.',
  },
  {
    file: 'src/dispatch.ts',
    code: 'platform.waitUntil?.(done)',
    to: 'platform.waitUntil(done)',
    why: 'Where there is none the call throws, and is caught there and then.',
  },
  { file: 'src/dispatch.ts', code: '[]', to: '["Stryker was here"]', why: 'What is no promise is awaited at once.' },
  {
    file: 'src/dispatch.ts',
    code: 'owed.length > 0 || isPromiseLike(ending)',
    to: 'true',
    why: 'A short cut: to wait for nothing takes a promise, and changes nothing.',
  },
  {
    file: 'src/dispatch.ts',
    code: 'owed.length > 0',
    to: 'owed.length >= 0',
    why: 'The same short cut.',
  },
  {
    file: 'src/receiver.ts',
    code: 'onOutcome',
    to: 'true',
    why: 'Where there is no listener the call throws, and is caught there and then.',
  },
  { file: 'src/receiver.ts', code: 'onRejected', to: 'true', why: 'As with onOutcome.' },
  {
    file: 'src/guard.ts',
    code: '/^((Contact|Conversation)\\.Tag|Template)\\./',
    to: '/((Contact|Conversation)\\.Tag|Template)\\./',
    why: 'It is asked of the 26 names alone, and none of them has such words further on.',
  },
]
