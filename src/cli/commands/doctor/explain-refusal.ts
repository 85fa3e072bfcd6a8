// Finds out why a receiver rejects valid deliveries. Each known mistake produces a different signature. The signature
// that the receiver accepts identifies the mistake.
import { signatureHeader } from '../../../signature/verify-signature.js'
import { isHeaderValue } from '../../shared/options.js'
import { algorithmCandidates, bodyCandidates, type DigestCandidate, secretCandidates } from './candidates.js'
import { type CauseCode, causes } from './causes.js'
import { type CheckExplanation, rateLimitedResult } from './check.js'
import { classifyResponse } from './classify-response.js'
import { hmac } from './hashes.js'
import { createScheme, encodeBase64, type SignatureScheme } from './signature-scheme.js'
import type { Target, TargetRequest, TargetResponse } from './target.js'

export interface RefusalCause extends CheckExplanation {
  /** How the receiver expects signatures, if that explains all of it. */
  readonly scheme?: SignatureScheme | undefined
}

/** A request that only a receiver with these mistakes accepts. */
interface Candidate {
  readonly codes: readonly CauseCode[]
  readonly changes: Pick<TargetRequest, 'signature' | 'headers' | 'query'>
  /** What the receiver reads, if the cause does not say so. */
  readonly place?: string
  readonly scheme?: SignatureScheme
}

/** The receiver responded with 429, so the cause is unknown. */
class RateLimited extends Error {}

/**
 * Explains why a receiver rejects every valid delivery. Returns undefined if no known cause explains it. Also
 * returns undefined if the receiver accepts any signature, because the accepted one then identifies nothing.
 */
export async function explainRefusal(target: Target, rejected: TargetRequest): Promise<RefusalCause | undefined> {
  const { secret } = target
  const body = Buffer.from(rejected.body as string)
  return explain(async () => {
    if (await acceptsRequest(target, { ...rejected, signature: createForgedSignature() })) return undefined
    // A receiver that accepts unsigned deliveries accepts a signature in any header.
    const acceptsUnsigned = await acceptsRequest(target, { ...rejected, signature: null })
    const digests = [
      ...bodyCandidates(body, secret),
      ...secretCandidates(body, secret),
      ...algorithmCandidates(body, secret),
    ]
    return findAccepted(target, rejected, [
      ...encodingCandidates(body, secret),
      ...(acceptsUnsigned ? [] : [...sharedSecretCandidates(secret), ...headerCandidates(body, secret)]),
      // Hex would be a second mistake, which is less common.
      ...digests.map((candidate) => createCandidate(candidate, encodeBase64)),
      ...digests.map((candidate) => createCandidate(candidate, encodeHex, ['signature-hex'])),
    ])
  })
}

/** Explains why a receiver rejects one body and accepts others. Only changes to the body can be the cause. */
export async function explainBodyRefusal(
  target: Target,
  rejected: TargetRequest,
  response: TargetResponse,
): Promise<RefusalCause | undefined> {
  return explain(async () => {
    const candidates = bodyCandidates(Buffer.from(rejected.body as string), target.secret)
    const cause = await findAccepted(
      target,
      rejected,
      candidates.map((candidate) => createCandidate(candidate, target.scheme.encode)),
    )
    if (cause) return cause
    // A different response to a forged signature shows that the correct one was accepted.
    const forged = await send(target, { ...rejected, signature: createForgedSignature() })
    return forged.status === response.status ? undefined : describeCauses(['content-rejected'])
  })
}

const unknownCause: CheckExplanation = {
  cause: 'It rejects valid deliveries. The mistake could not be found, because it limits the request rate.',
  fix: rateLimitedResult.fix,
}

/** Finds a cause, unless the receiver limits the request rate: a 429 proves nothing. */
async function explain(find: () => Promise<RefusalCause | undefined>): Promise<RefusalCause | undefined> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof RateLimited) return unknownCause
    throw error
  }
}

async function findAccepted(
  target: Target,
  rejected: TargetRequest,
  candidates: readonly Candidate[],
): Promise<RefusalCause | undefined> {
  const sent = new Set<string>()
  for (const { codes, changes, place, scheme } of candidates) {
    const id = JSON.stringify(changes)
    if (sent.has(id)) continue
    sent.add(id)
    if (await acceptsRequest(target, { ...rejected, ...changes })) return { ...describeCauses(codes, place), scheme }
  }
  return undefined
}

function describeCauses(codes: readonly CauseCode[], place?: string): CheckExplanation {
  const causesFound = codes.map((code) => causes[code])
  return {
    cause: [...(place ? [`It reads ${place}.`] : []), ...causesFound.map(([cause]) => cause)].join(' '),
    fix: causesFound.map(([, fix]) => fix).join(' '),
  }
}

async function acceptsRequest(target: Target, request: TargetRequest): Promise<boolean> {
  return classifyResponse(await send(target, request)) === 'accepted'
}

async function send(target: Target, request: TargetRequest): Promise<TargetResponse> {
  const response = await target.send(request)
  if (classifyResponse(response) === 'rate-limited') throw new RateLimited()
  return response
}

function createForgedSignature(): string {
  return encodeBase64(hmac('another', 'another'))
}

type Encode = SignatureScheme['encode']

const encodeHex: Encode = (digest) => digest.toString('hex')

const encodings: readonly (readonly [CauseCode, Encode])[] = [
  ['signature-hex', encodeHex],
  ['signature-hex', (digest) => encodeHex(digest).toUpperCase()],
  ['signature-prefixed', (digest) => `sha256=${encodeBase64(digest)}`],
  ['signature-prefixed', (digest) => `sha256=${encodeHex(digest)}`],
  ['signature-base64url', (digest) => digest.toString('base64url')],
  ['signature-base64url', (digest) => `${digest.toString('base64url')}=`],
  ['signature-encoded-twice', (digest) => Buffer.from(encodeHex(digest)).toString('base64')],
]

function encodingCandidates(body: Buffer, secret: string): readonly Candidate[] {
  return encodings.map(([code, encode]) => ({
    codes: [code],
    changes: { signature: encode(hmac(body, secret)) },
    scheme: { ...createScheme(secret), encode },
  }))
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
  const inHeader = (header: string, value: string): Candidate => ({
    codes: ['secret-in-header'],
    changes: { signature: null, headers: [[header, value]] },
    place: header,
  })
  return [
    { codes: ['secret-in-header'], changes: { signature: secret }, place: signatureHeader },
    ...secretHeaders.map((header) => inHeader(header, secret)),
    inHeader('authorization', `Bearer ${secret}`),
    ...secretParameters.map((name): Candidate => {
      return { codes: ['secret-in-url'], changes: { signature: null, query: { [name]: secret } }, place: `?${name}=` }
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
const otherEncodings: readonly (readonly [encode: Encode, codes: readonly CauseCode[]])[] = [
  [encodeBase64, ['header-other']],
  [encodeHex, ['header-other', 'signature-hex']],
  [(digest) => `sha256=${encodeHex(digest)}`, ['header-other', 'signature-prefixed']],
]

function headerCandidates(body: Buffer, secret: string): readonly Candidate[] {
  return otherHeaders.flatMap((header) =>
    otherEncodings.map(([encode, codes]): Candidate => {
      const changes = { signature: null, headers: [[header, encode(hmac(body, secret))]] as const }
      return { codes, changes, place: header, scheme: { ...createScheme(secret), header, encode } }
    }),
  )
}

function createCandidate(
  { code, digest, hashing }: DigestCandidate,
  encode: Encode,
  more: readonly CauseCode[] = [],
): Candidate {
  const changes = { signature: encode(digest) }
  const codes = [code, ...more]
  return hashing ? { codes, changes, scheme: { header: signatureHeader, ...hashing, encode } } : { codes, changes }
}
