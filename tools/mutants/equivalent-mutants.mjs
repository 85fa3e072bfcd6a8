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
  {
    file: 'src/receiver/admit.ts',
    code: "'fresh'",
    to: '""',
    why: 'Only stale and undated are compared.',
  },
  {
    file: 'src/receiver/freshness.ts',
    code: "'fresh'",
    to: '""',
    why: 'Only stale and undated are compared.',
  },
  {
    file: 'src/receiver/lease.ts',
    code: '(timer as { unref?(): void } | undefined)?.unref?.()',
    to: '(timer as {\n  unref?(): void;\n} | undefined)?.unref()',
    why: 'notify ignores the TypeError. The optional call only saves it.',
  },
  {
    file: 'src/receiver/lease.ts',
    code: '(timer as { unref?(): void } | undefined)?.unref',
    to: '(timer as {\n  unref?(): void;\n} | undefined).unref',
    why: 'The same.',
  },
  {
    file: 'src/receiver/report.ts',
    code: "'ack'",
    to: '""',
    why: 'The name under which it is printed once. No code is empty.',
  },
  {
    file: 'src/receiver/run-handler.ts',
    code: '(this.#settings.waitUntil ?? this.#platform.waitUntil)?.(done)',
    to: '(this.#settings.waitUntil ?? this.#platform.waitUntil)(done)',
    why: 'notify ignores the TypeError. The optional call only saves it.',
  },
  {
    file: 'src/receiver/run-handler.ts',
    code: 'isPromiseLike(returned)',
    to: 'true',
    why: 'A value that is not a promise is awaited at once. The check only saves promises.',
  },
  {
    file: 'src/receiver/select-handler.ts',
    code: 'type !== undefined',
    to: 'true',
    why: 'No handler is stored under undefined. The check is for the compiler.',
  },
  {
    file: 'src/receiver/verify-body.ts',
    code: 'isHmacSynchronous() && !isSharedMemory(received)',
    to: 'false',
    why: 'A copy has the same bytes. Without it, verification is faster.',
  },
  {
    file: 'src/receiver/verify-delivery.ts',
    code: 'event && context',
    to: 'event || context',
    why: 'A verified delivery has both, any other has neither.',
  },
]
