import { checkOptions } from '../platform/check-options.js'
import { typeName } from '../platform/type-name.js'
import type { Delivery, ReceivedDelivery } from '../receiver/delivery.js'
import type { SecretEntry, SecretSource } from '../signature/secrets.js'
import { findCause } from './find-cause.js'
import { type DiagnosisCode, findings, verifiedCodes } from './findings.js'

export type { DiagnosisCode } from './findings.js'

/** Why a delivery is rejected, or that it is verified. */
export interface Diagnosis {
  /** True if the signature is valid and a receiver with these secrets accepts the delivery. */
  readonly verified: boolean
  readonly code: DiagnosisCode
  /** What is wrong, in one sentence. */
  readonly message: string
  /** What to change. Empty if nothing is wrong. */
  readonly hint: string
  /** Where to read more: a page in this package's folder, with the section. */
  readonly docs: string
  /** The secret concerned: its entry's `id`, or its position in the list, counted from `'1'`. */
  readonly secretId?: string | undefined
}

/** The options of {@link diagnose}. */
export interface DiagnoseOptions {
  /** The secret, as the receiver has it. An invalid secret is a finding, not an exception. */
  readonly secret: SecretSource | undefined
  /** Secrets of other webhooks, to recognize their deliveries. Default: none. */
  readonly otherSecrets?: readonly SecretEntry[] | undefined
}

/**
 * Finds out why a delivery is rejected. Tries the known mistakes and returns the one that explains it.
 *
 * Use it in development and in tests: it costs some hundred times as much as a verification. The diagnosis contains no
 * secret, body, header value or digest. Do not send it in a response.
 *
 * Without a body, only the headers are checked, and the diagnosis is never `verified`. A body of more than 64 kB is
 * verified as it is, without a search for mistakes. The search is bounded, so an attacker's body takes no longer than
 * about 100 ms.
 *
 * @param delivery - The second argument of `onOutcome`, or a delivery of your own.
 * @returns A promise of the diagnosis. Nothing that a sender controls rejects it, nor does an invalid secret.
 * @throws TypeError (as a rejection) if the first argument is not a delivery, or if an option is unknown.
 * @example
 * ```ts
 * import { createReceiver, diagnose } from 'gallabox-webhooks'
 *
 * const secret = process.env.GALLABOX_WEBHOOK_SECRET
 * createReceiver({
 *   secret,
 *   onEvent: (event) => console.log(event.type),
 *   onOutcome: async ({ status }, delivery) => {
 *     if (status === 401) console.warn(await diagnose(delivery, { secret }))
 *   },
 * })
 * ```
 */
export async function diagnose(delivery: ReceivedDelivery | Delivery, options: DiagnoseOptions): Promise<Diagnosis> {
  checkDelivery(delivery)
  checkDiagnoseOptions(options)
  const { code, secretId } = await findCause(delivery, options.secret, options.otherSecrets ?? [])
  const { message, hint } = findings[code]
  return {
    verified: verifiedCodes.includes(code),
    code,
    message,
    hint,
    docs: `docs/troubleshooting/why-401.md#${code}`,
    secretId,
  }
}

function checkDelivery(delivery: unknown): void {
  const fix = 'Pass the second argument of onOutcome, or { headers, rawBody }.'
  if (typeName(delivery) !== 'object') {
    throw new TypeError(`delivery: must be an object, got ${typeName(delivery)}. ${fix}`)
  }
  const { headers, rawBody } = delivery as Partial<Delivery>
  if (typeName(headers) !== 'object') {
    throw new TypeError(`delivery.headers: must be an object, got ${typeName(headers)}. ${fix}`)
  }
  // A Request, a Node.js request or a Lambda event would pass for a delivery whose body was not read.
  if (rawBody === undefined && ['body', 'pipe'].some((name) => name in (delivery as object))) {
    throw new TypeError(`delivery: must be a delivery, got a request. ${fix}`)
  }
}

function checkDiagnoseOptions(options: DiagnoseOptions): void {
  checkOptions('', options, { secret: 'unchecked', otherSecrets: 'unchecked' })
  const { otherSecrets } = options
  if (otherSecrets === undefined || Array.isArray(otherSecrets)) return
  throw new TypeError(`otherSecrets: must be an array, got ${typeName(otherSecrets)}.`)
}
