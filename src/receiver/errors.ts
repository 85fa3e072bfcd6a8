import { type BodyErrorCode, messageOf, outcomes } from './outcome.js'

/**
 * What a framework's error handling gets when a handler throws. The original error is the `cause`.
 *
 * Error handlers trust what an error says about itself: one with `status: 202` would become a success, and one with a
 * database address in its message would leak it. This error says nothing but 500.
 */
export class HandlerError extends Error {
  override readonly name = 'HandlerError'
  readonly status = 500
  readonly statusCode = 500
  readonly expose = false

  constructor(cause: unknown) {
    super('The webhook handler failed. See the cause.', { cause })
  }
}

/** Why a body could not be read. A `rawBody` function throws it, or any error with such a `code`. */
export class BodyError extends Error {
  override readonly name = 'BodyError'

  constructor(
    readonly code: BodyErrorCode,
    /** What to change. Default: the hint of the code. */
    readonly hint: string = outcomes[code].hint,
    options?: { cause?: unknown },
  ) {
    super(messageOf(code, hint), options)
  }
}

/** Why another process may handle a delivery while its handler runs here. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError'

  constructor() {
    super('The claim was lost while the handler ran. Check the connection to the store, or raise leaseMs.')
  }
}

/** Checks whether an error's `code` is one that a body reader may throw. */
export function isBodyErrorCode(code: unknown): code is BodyErrorCode {
  return (
    typeof code === 'string' && Object.hasOwn(outcomes, code) && outcomes[code as BodyErrorCode].step === 'read body'
  )
}
