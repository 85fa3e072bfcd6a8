import type { OutcomeCode } from './outcome.js'

/** The result of a step that ends the delivery before its handler runs. */
export interface EndedEarly {
  readonly ok: false
  readonly code: OutcomeCode
  /** What to change, where the hint of the code is not enough. */
  readonly hint?: string | undefined
  /** The body, if it was read. */
  readonly rawBody?: Uint8Array | undefined
  readonly error?: unknown
  readonly retryAfterMs?: number | undefined
}

/** Ends a delivery with an outcome code. */
export function endEarly(code: OutcomeCode, details?: Omit<EndedEarly, 'ok' | 'code'>): EndedEarly {
  return { ok: false, code, ...details }
}
