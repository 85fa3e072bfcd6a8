import { type DeliveryHeaders, findHeader, findHeaderText } from '../platform/headers.js'
import { type EncodedDigest, equalsInConstantTime } from '../signature/hmac.js'
import { parseSignature, signatureHeader } from '../signature/verify-signature.js'
import type { Delivery } from './delivery.js'
import type { VerifyOptions } from './options.js'
import { type EndedEarly, endEarly } from './step-result.js'

interface CheckedHeaders {
  readonly ok: true
  readonly digest: EncodedDigest
}

const methods = /^(POST|PUT|PATCH)$/i
// Any other coding, such as UTF-8, is a mistake of a proxy that changes no byte. The signature decides.
const compressions = /(?:^|,)\s*(?:(?:x-)?(?:gzip|compress)|deflate|br|zstd)\s*(?:,|$)/i

/** Creates the first step: everything that can be rejected before a byte of the body is read. */
export function createHeaderCheck({ requiredHeaders }: VerifyOptions, maxBodyBytes: number) {
  const required = listRequiredHeaders(requiredHeaders)

  return function checkHeaders({ method, headers }: Delivery) {
    if (method !== undefined && !methods.test(method)) return endEarly('method-not-allowed')

    const signature = findHeader(headers, signatureHeader)
    if (signature === undefined) return endEarly('signature-missing')
    const digest = parseSignature(signature)
    if (!digest) return endEarly('signature-malformed')

    const rejected = checkBodyHeaders(headers, maxBodyBytes)
    if (required.length === 0) return rejected ?? { ok: true, digest }
    return hasRequiredHeaders(headers, required).then((matched): CheckedHeaders | EndedEarly =>
      matched ? (rejected ?? { ok: true, digest }) : endEarly('required-header-mismatch'),
    )
  }
}

function checkBodyHeaders(headers: DeliveryHeaders, maxBodyBytes: number): EndedEarly | undefined {
  const encoding = findHeaderText(headers, 'content-encoding')
  if (encoding !== undefined && compressions.test(encoding)) return endEarly('body-encoded')
  // A length that is not a number is left to the reader, which counts.
  return Number(findHeaderText(headers, 'content-length')) > maxBodyBytes ? endEarly('body-too-large') : undefined
}

async function hasRequiredHeaders(
  headers: DeliveryHeaders,
  required: readonly (readonly [name: string, value: string])[],
): Promise<boolean> {
  let matched = true
  for (const [name, value] of required) {
    matched = (await equalsInConstantTime(findHeaderText(headers, name) ?? '', value)) && matched
  }
  return matched
}

// Header values cannot contain these: RFC 9110, section 5.5.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const controlCharacters = /[\0-\x08\x0A-\x1F\x7F]/

function listRequiredHeaders(required: VerifyOptions['requiredHeaders'] = {}): readonly (readonly [string, string])[] {
  // The members of a Headers or a Map are not its entries: none would be required.
  if (typeof required.get === 'function' || typeof required.forEach === 'function') {
    throw new TypeError('requiredHeaders: must be a plain object, got a Headers or Map. Pass Object.fromEntries(…).')
  }
  return Object.entries(required).map(([name, value]) => {
    if (typeof value !== 'string' || value === '') {
      throw new TypeError(`requiredHeaders.${name}: must be a non-empty string.`)
    }
    if (controlCharacters.test(value)) {
      throw new TypeError(`requiredHeaders.${name}: must not contain control characters. No request can send them.`)
    }
    return [name.toLowerCase(), value]
  })
}
