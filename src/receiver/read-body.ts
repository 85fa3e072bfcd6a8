import { copyBytes, isRawBody } from '../platform/bytes.js'
import { isPromiseLike, timedOut, withTimeout } from '../platform/promises.js'
import type { BodyLimits, Delivery } from './delivery.js'
import { BodyError, isBodyErrorCode } from './errors.js'
import { type EndedEarly, endEarly } from './step-result.js'

interface ReadBody {
  readonly ok: true
  readonly rawBody: Uint8Array
}

/** Creates the second step: it reads the body once, bounded in bytes and in time. */
export function createBodyReader(limits: BodyLimits) {
  return async function readBody({ rawBody }: Delivery): Promise<ReadBody | EndedEarly> {
    if (typeof rawBody !== 'function') return accept(rawBody)
    try {
      const read = rawBody(limits)
      return accept(isPromiseLike(read) ? await withTimeout(read, limits.timeoutMs) : read)
    } catch (error) {
      return rejectUnread(error)
    }
  }

  function accept(read: unknown): ReadBody | EndedEarly {
    if (read === timedOut) return endEarly('body-timeout')
    if (!isRawBody(read)) return endEarly('body-already-parsed')
    // A body that is too large is not copied. A string has at least one byte per code unit.
    const minBytes = typeof read === 'string' ? read.length : read.byteLength
    if (minBytes > limits.maxBytes) return endEarly('body-too-large')
    // The owner of a buffer may write to it at any time. The handler must get what was verified.
    const bytes = copyBytes(read)
    return bytes.byteLength > limits.maxBytes ? endEarly('body-too-large') : { ok: true, rawBody: bytes }
  }
}

function rejectUnread(error: unknown): EndedEarly {
  const { code, message, hint = message } = (error ?? {}) as Partial<BodyError>
  if (!isBodyErrorCode(code)) return endEarly('body-aborted', { error })
  return endEarly(code, { hint, error: error instanceof BodyError ? error.cause : error })
}
