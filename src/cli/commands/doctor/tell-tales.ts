// Tell-tales: what a receiver takes instead of the right signature names the mistake that it makes.
// It must not know which check asks. Each mistake is made on purpose, until the receiver makes the same one.
import { hmac } from './digests.js'
import { algorithmGuesses, bodyGuesses, type Guess, secretGuesses } from './guesses.js'
import { type MistakeCode, mistakes } from './mistakes.js'
import type { Attempt, Patient } from './patient.js'

/** A mistake of the receiver: what it does, and what to change. */
export interface Mistake {
  readonly code: MistakeCode
  readonly means: string
  readonly fix: string
}

type TellTale = readonly [code: MistakeCode, signature: string, header?: string]

/**
 * Finds out why a receiver refuses every genuine delivery. Undefined where no known mistake explains it, and where any
 * signature at all is taken, so that what is taken tells nothing.
 */
export async function explain(patient: Patient, refused: Attempt): Promise<Mistake | undefined> {
  if (await isTaken(patient, { ...refused, signature: forgery() })) return undefined
  // A receiver that lets unsigned deliveries pass would seem to read every other header.
  const ignoresMissing = await isTaken(patient, { ...refused, signature: null })
  const body = Buffer.from(refused.body as string)
  const { key } = patient
  return findTaken(patient, refused, [
    ...spellings(hmac(body, key)),
    ...(ignoresMissing ? [] : elsewhere(hmac(body, key))),
    ...spell([...bodyGuesses(body, key), ...secretGuesses(body, key), ...algorithmGuesses(body, key)]),
  ])
}

/** As `explain`, for a receiver that takes other bodies: only what it does to this one can be wrong. */
export async function explainBody(
  patient: Patient,
  refused: Attempt,
  status: number | null,
): Promise<Mistake | undefined> {
  const guesses = bodyGuesses(Buffer.from(refused.body as string), patient.key)
  const mistake = await findTaken(
    patient,
    refused,
    guesses.map(([code, digest]) => [code, digest.toString('base64')]),
  )
  if (mistake) return mistake
  // Who answers a forgery otherwise has found the signature right.
  const forged = await patient.send({ ...refused, signature: forgery() })
  return forged.status === status || forged.status === 429 ? undefined : nameMistake('content-refused')
}

function forgery(): string {
  return hmac('another', 'another').toString('base64')
}

function nameMistake(code: MistakeCode): Mistake {
  const [means, fix] = mistakes[code]
  return { code, means, fix }
}

async function findTaken(
  patient: Patient,
  refused: Attempt,
  tellTales: readonly TellTale[],
): Promise<Mistake | undefined> {
  const tried = new Set<string>()
  for (const [code, signature, header = ''] of tellTales) {
    const once = `${header}:${signature}`
    if (tried.has(once)) continue
    tried.add(once)
    const given = header ? { signature: null, headers: [[header, signature]] as const } : { signature }
    if (await isTaken(patient, { ...refused, ...given })) return nameMistake(code)
  }
  return undefined
}

async function isTaken(patient: Patient, attempt: Attempt): Promise<boolean> {
  const { status } = await patient.send(attempt)
  return status !== null && status < 300
}

function spellings(digest: Buffer): readonly TellTale[] {
  const [base64, hex, url] = [digest.toString('base64'), digest.toString('hex'), digest.toString('base64url')]
  return [
    ['signature-hex', hex],
    ['signature-hex', hex.toUpperCase()],
    ['signature-prefixed', `sha256=${base64}`],
    ['signature-prefixed', `sha256=${hex}`],
    ['signature-base64url', url],
    ['signature-base64url', `${url}=`],
    ['signature-encoded-twice', Buffer.from(hex).toString('base64')],
  ]
}

// Where other services put a signature, and how.
const otherHeaders = [
  'x-hub-signature-256',
  'x-signature',
  'x-webhook-signature',
  'x-hub-signature',
  'gallabox-signature',
  'signature',
]

function elsewhere(digest: Buffer): readonly TellTale[] {
  const [base64, hex] = [digest.toString('base64'), digest.toString('hex')]
  return otherHeaders.flatMap((header) =>
    [base64, hex, `sha256=${hex}`].map((spelled) => ['header-other', spelled, header] as const),
  )
}

/** Spells all in base64 first: two mistakes at once are rarer. */
function spell(guesses: readonly Guess[]): readonly TellTale[] {
  return (['base64', 'hex'] as const).flatMap((encoding) =>
    guesses.map(([code, digest]) => [code, digest.toString(encoding)] as const),
  )
}
