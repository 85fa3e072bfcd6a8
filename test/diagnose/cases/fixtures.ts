import { createHmac } from 'node:crypto'
import { type Delivery, type DiagnoseOptions, type DiagnosisCode, diagnose } from 'gallabox-webhooks'
import { signBody } from 'gallabox-webhooks/testing'

/** A delivery and the code that its diagnosis must have. The default is a valid delivery. */
export interface DiagnosisCase {
  readonly title: string
  readonly code: DiagnosisCode
  readonly headers?: Delivery['headers']
  readonly signature?: string | string[]
  readonly rawBody?: Delivery['rawBody']
  readonly options?: Partial<DiagnoseOptions>
}

export const secret = 'whsec_Jg8mZ2vQ'
export const otherSecret = 'whsec_9kPd'
// JSON.stringify would change the number, and other languages the quotes, the & and the slash.
export const body = '{"id":"1","price":80.0,"text":"₹80 & “so”/on","a":{"z":1,"b":[true,null]}}'
export const compact = JSON.stringify(JSON.parse(body))
export const validSignature = signBody(body, secret)
export const hexSignature = signBody(body, secret, 'hex')
// Its base64 has + and /, which base64url replaces.
export const otherBody = Array.from({ length: 99 }, (_, i) => `{"id":"${i}"}`).find((text) =>
  /[+].*[/]/.test(signBody(text, secret)),
) as string
export const otherSignature = signBody(otherBody, secret)

export const nameHeader = { 'x-event-name': 'Message.Received' }
export const unreadable = () => Promise.reject(new Error('the body was read'))

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

export function sign(rawBody: string | Uint8Array, key: string | Uint8Array = secret): string {
  return signBody(rawBody, key)
}

/** Signs with a secret that signBody rejects. */
export function signUnchecked(key: string): string {
  return createHmac('sha256', key).update(body).digest('base64')
}

export function headersOf({ headers, signature = validSignature }: Partial<DiagnosisCase>): Delivery['headers'] {
  return headers ?? { 'x-gallabox-signature': signature, ...nameHeader }
}

/** Diagnoses a case, with the library's function by default. */
export function diagnoseCase(diagnosisCase: Partial<DiagnosisCase>, run = diagnose) {
  const { rawBody = body, options } = diagnosisCase
  return run({ method: 'POST', headers: headersOf(diagnosisCase), rawBody }, { secret, ...options })
}
