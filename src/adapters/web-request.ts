import type { HeadersLike } from '../platform/headers.js'
import type { BodyLimits, Delivery } from '../receiver/delivery.js'
import { BodyError } from '../receiver/errors.js'
import { readWebStream, type WebBody } from './web-body.js'

/** The part of a Fetch `Request` that is used. */
export interface WebRequest {
  readonly method: string
  readonly url?: string | undefined
  readonly headers: HeadersLike
  readonly bodyUsed: boolean
  readonly body: WebBody | null
  /** Reads the body in one call. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/** Translates a request. */
export function toDelivery(request: WebRequest): Delivery {
  return {
    method: request.method,
    url: pathAndQuery(request.url),
    headers: request.headers,
    rawBody: (limits) => readBody(request, limits),
  }
}

/** Removes the origin of an absolute URL. */
function pathAndQuery(url: string | undefined): string | undefined {
  return url?.replace(/^[a-z]+:\/\/[^/?]*/i, '')
}

const hint = 'Let nothing call request.json() or request.text() first, or pass request.clone().'

// Up to this size a stream is not worth its cost, although a slow client makes the platform hold the bytes.
const oneCallBytes = 64 * 1024

async function readBody(request: WebRequest, limits: BodyLimits): Promise<Uint8Array> {
  const bodyConsumed = () => new BodyError('body-already-read', hint)
  if (request.bodyUsed) throw bodyConsumed()
  // The platform enforces the declared length, and one call is much faster than a stream.
  const declared = Number(request.headers.get('content-length') ?? Number.NaN)
  if (declared <= Math.min(limits.maxBytes, oneCallBytes)) {
    // On Node.js even reading request.body creates a stream. A stream that is locked but unread rejects here.
    return request.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      (error) => Promise.reject(request.bodyUsed ? error : bodyConsumed()),
    )
  }

  const { body } = request
  if (!body) return new Uint8Array(0)
  if (body.locked) throw bodyConsumed()
  return readWebStream(body, limits)
}
