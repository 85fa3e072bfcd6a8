import { isRawBody, toBytes } from '../platform/bytes.js'
import { isPromiseLike, timedOut, withTimeout } from '../platform/promises.js'
import type { BodyLimits, Delivery } from './delivery.js'
import { BodyError, isBodyErrorCode } from './errors.js'
import { type EndedEarly, endEarly } from './step-result.js'

interface ReadBody {
  readonly ok: true
  /** The owner of these bytes may write to them at any time. */
  readonly received: Uint8Array
}

/** Creates the second step: it reads the body once, bounded in bytes and in time. */
export function createBodyReader(limits: BodyLimits) {
  return function readBody({ rawBody }: Delivery): ReadBody | EndedEarly | Promise<ReadBody | EndedEarly> {
    if (typeof rawBody !== 'function') return accept(rawBody)
    try {
      const read = rawBody(limits)
      return isPromiseLike(read) ? withTimeout(read, limits.timeoutMs).then(accept).catch(rejectUnread) : accept(read)
    } catch (error) {
      return rejectUnread(error)
    }
  }

  function accept(read: unknown): ReadBody | EndedEarly {
    if (read === timedOut) return endEarly('body-timeout')
    if (!isRawBody(read)) return endEarly('body-already-parsed')
    // A string has at least one byte per code unit. One that is too large is not encoded.
    if (typeof read === 'string' && read.length > limits.maxBytes) return endEarly('body-too-large')
    const received = toBytes(read)
    return received.byteLength > limits.maxBytes ? endEarly('body-too-large') : { ok: true, received }
  }
}

function rejectUnread(error: unknown): EndedEarly {
  const { code, message, hint = message } = (error ?? {}) as Partial<BodyError>
  if (!isBodyErrorCode(code)) return endEarly('body-aborted', { error })
  return endEarly(code, { hint, error: error instanceof BodyError ? error.cause : error })
}
