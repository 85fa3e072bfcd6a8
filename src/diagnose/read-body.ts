import { isRawBody, toBytes } from '../platform/bytes.js'
import { timedOut, withTimeout } from '../platform/promises.js'
import type { BodyLimits, Delivery } from '../receiver/delivery.js'
import { isBodyErrorCode } from '../receiver/errors.js'
import type { DiagnosisCode } from './findings.js'

/** The largest body in which mistakes are searched, and how long to wait for a body or a secret. */
export const readLimits: BodyLimits = { maxBytes: 65_536, timeoutMs: 10_000 }

/** Returns a delivery's bytes, or the code of the finding if there are none. */
export async function readBody(source: Delivery['rawBody'] | undefined): Promise<Uint8Array | DiagnosisCode> {
  if (source === undefined) return 'body-unread'
  try {
    const reading = typeof source === 'function' ? source({ ...readLimits }) : source
    const rawBody = await withTimeout(Promise.resolve(reading), readLimits.timeoutMs)
    if (rawBody === timedOut) return 'body-unread'
    return isRawBody(rawBody) ? toBytes(rawBody) : 'body-parsed'
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown }
    return isBodyErrorCode(code) && code.startsWith('body-already') ? 'body-parsed' : 'body-unread'
  }
}
