// Finds out why a receiver rejects valid deliveries. Each known mistake produces a different signature. The signature
// that the receiver accepts identifies the mistake.
import { type CauseCode, causes } from './causes.js'
import { type CheckExplanation, rateLimitedResult } from './check.js'
import { classifyResponse } from './classify-response.js'
import { algorithmCandidates, bodyCandidates, secretCandidates } from './digest-candidates.js'
import { hmac } from './hashes.js'
import {
  digestCandidate,
  encodeHex,
  encodingCandidates,
  headerCandidates,
  type RequestCandidate,
  sharedSecretCandidates,
} from './request-candidates.js'
import { encodeBase64, type SignatureScheme } from './signature-scheme.js'
import type { Target, TargetRequest, TargetResponse } from './target.js'

export interface RefusalCause extends CheckExplanation {
  /** How the receiver expects signatures, if that explains all of it. */
  readonly scheme?: SignatureScheme | undefined
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
      ...digests.map((candidate) => digestCandidate(candidate, encodeBase64)),
      ...digests.map((candidate) => digestCandidate(candidate, encodeHex, ['signature-hex'])),
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
      candidates.map((candidate) => digestCandidate(candidate, target.scheme.encode)),
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
  candidates: readonly RequestCandidate[],
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
