// The two errors that cross a border: from a handler to the framework, and from a body's reader to the walk.
// They must carry nothing secret: no body, header value, secret or digest.
import { type BodyErrorCode, messageOf } from './outcome.js'

/**
 * What a framework's error handling gets when a handler throws. The original is the `cause`.
 *
 * It is wrapped because error handlers believe what an error says of itself: one with `status: 202` would become a
 * success, and one with a database's address in its message a leak.
 */
export class HandlerError extends Error {
  override readonly name = 'HandlerError'
  readonly status = 500
  readonly statusCode = 500
  readonly expose = false

  constructor(cause: unknown) {
    super('The webhook handler failed: see the cause.', { cause })
  }
}

/** Why the bytes of a body could not be had. The function given as `rawBody` throws it, or any error with such a `code`. */
export class BodyError extends Error {
  override readonly name = 'BodyError'

  constructor(
    readonly code: BodyErrorCode,
    message: string = messageOf(code),
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

const bodyErrorCode = /^body-(too-large|timeout|aborted|already-(parsed|read))$/

export function isBodyErrorCode(code: unknown): code is BodyErrorCode {
  return typeof code === 'string' && bodyErrorCode.test(code)
}
