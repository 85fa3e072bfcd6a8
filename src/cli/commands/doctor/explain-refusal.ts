// Finds out why a receiver rejects valid deliveries. Each known mistake produces a different signature. The signature
// that the receiver accepts identifies the mistake.
import { signatureHeader } from '../../../signature/verify-signature.js'
import { isHeaderValue } from '../../shared/options.js'
import { algorithmCandidates, bodyCandidates, type DigestCandidate, secretCandidates } from './candidates.js'
import { type CauseCode, causes } from './causes.js'
import { classifyResponse } from './classify-response.js'
import { hmac } from './hashes.js'
import type { Target, TargetRequest } from './target.js'

export interface RefusalCause {
  readonly code: CauseCode
  readonly meaning: string
  readonly hint: string
}

/** A request that only a receiver with one mistake accepts. */
type Candidate = readonly [
  code: CauseCode,
  changes: Pick<TargetRequest, 'signature' | 'headers' | 'query'>,
  /** What the receiver reads, if the cause does not say so. */
  place?: string,
]

/**
 * Explains why a receiver rejects every valid delivery. Returns undefined if no known cause explains it. Also
 * returns undefined if the receiver accepts any signature, because the accepted one then identifies nothing.
 */
export async function explainRefusal(target: Target, rejected: TargetRequest): Promise<RefusalCause | undefined> {
  if (await acceptsRequest(target, { ...rejected, signature: createForgedSignature() })) return undefined
  // A receiver that accepts unsigned deliveries accepts a signature in any header.
  const acceptsUnsigned = await acceptsRequest(target, { ...rejected, signature: null })
  const body = Buffer.from(rejected.body as string)
  const { secret } = target
  return findAccepted(target, rejected, [
    ...encodingCandidates(hmac(body, secret)),
    ...(acceptsUnsigned ? [] : [...sharedSecretCandidates(secret), ...headerCandidates(hmac(body, secret))]),
    ...encodeCandidates([
      ...bodyCandidates(body, secret),
      ...secretCandidates(body, secret),
      ...algorithmCandidates(body, secret),
    ]),
  ])
}

/** Explains why a receiver rejects one body and accepts others. Only changes to the body can be the cause. */
export async function explainBodyRefusal(
  target: Target,
  rejected: TargetRequest,
  status: number | null,
): Promise<RefusalCause | undefined> {
  const candidates = bodyCandidates(Buffer.from(rejected.body as string), target.secret)
  const cause = await findAccepted(
    target,
    rejected,
    candidates.map(([code, digest]) => [code, { signature: digest.toString('base64') }]),
  )
  if (cause) return cause
  // A different response to a forged signature shows that the correct one was accepted.
  const forged = await target.send({ ...rejected, signature: createForgedSignature() })
  return forged.status === status || forged.status === 429 ? undefined : describeCause('content-rejected')
}

function createForgedSignature(): string {
  return hmac('another', 'another').toString('base64')
}

function describeCause(code: CauseCode, place?: string): RefusalCause {
  const [meaning, hint] = causes[code]
  return { code, meaning: place ? `It reads ${place}. ${meaning}` : meaning, hint }
}

async function findAccepted(
  target: Target,
  rejected: TargetRequest,
  candidates: readonly Candidate[],
): Promise<RefusalCause | undefined> {
  const sent = new Set<string>()
  for (const [code, changes, place] of candidates) {
    const id = JSON.stringify(changes)
    if (sent.has(id)) continue
    sent.add(id)
    if (await acceptsRequest(target, { ...rejected, ...changes })) return describeCause(code, place)
  }
  return undefined
}

async function acceptsRequest(target: Target, request: TargetRequest): Promise<boolean> {
  return classifyResponse(await target.send(request)) === 'accepted'
}

function encodingCandidates(digest: Buffer): readonly Candidate[] {
  const [base64, hex, url] = [digest.toString('base64'), digest.toString('hex'), digest.toString('base64url')]
  const signatures: readonly (readonly [CauseCode, string])[] = [
    ['signature-hex', hex],
    ['signature-hex', hex.toUpperCase()],
    ['signature-prefixed', `sha256=${base64}`],
    ['signature-prefixed', `sha256=${hex}`],
    ['signature-base64url', url],
    ['signature-base64url', `${url}=`],
    ['signature-encoded-twice', Buffer.from(hex).toString('base64')],
  ]
  return signatures.map(([code, signature]) => [code, { signature }])
}

// Where receivers that verify no signature expect the secret.
const secretHeaders = [
  'x-webhook-secret',
  'x-gallabox-token',
  'x-gallabox-secret',
  'x-shared-secret',
  'x-webhook-token',
  'authorization',
]
const secretParameters = ['secret', 'key', 'token']

function sharedSecretCandidates(secret: string): readonly Candidate[] {
  if (!isHeaderValue(secret)) return []
  const inHeader = (header: string, value: string): Candidate => [
    'secret-in-header',
    { signature: null, headers: [[header, value]] },
    header,
  ]
  return [
    ['secret-in-header', { signature: secret }, signatureHeader],
    ...secretHeaders.map((header) => inHeader(header, secret)),
    inHeader('authorization', `Bearer ${secret}`),
    ...secretParameters.map((name): Candidate => {
      return ['secret-in-url', { signature: null, query: { [name]: secret } }, `?${name}=`]
    }),
  ]
}

// The signature headers of other services.
const otherHeaders = [
  'x-hub-signature-256',
  'x-signature',
  'x-webhook-signature',
  'x-hub-signature',
  'gallabox-signature',
  'signature',
]

function headerCandidates(digest: Buffer): readonly Candidate[] {
  const [base64, hex] = [digest.toString('base64'), digest.toString('hex')]
  return otherHeaders.flatMap((header) =>
    [base64, hex, `sha256=${hex}`].map((signature): Candidate => {
      return ['header-other', { signature: null, headers: [[header, signature]] }]
    }),
  )
}

/** Encodes all digests as base64 first. Hex would be a second mistake, which is less common. */
function encodeCandidates(candidates: readonly DigestCandidate[]): readonly Candidate[] {
  return (['base64', 'hex'] as const).flatMap((encoding) =>
    candidates.map(([code, digest]): Candidate => [code, { signature: digest.toString(encoding) }]),
  )
}
