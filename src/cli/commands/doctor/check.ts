import type { Target } from './target.js'

/** Only `failed` fails the run. A check that has no result is `skipped`. */
export type CheckStatus = 'passed' | 'failed' | 'noted' | 'skipped'

export interface CheckResult {
  readonly result: CheckStatus
  /** What happened. */
  readonly observed: string
  /** Why it matters. Empty if there is no problem. */
  readonly meaning: string
  /** What to change. Empty if nothing has to change. */
  readonly hint: string
  /** True if the receiver responded with 429, so the check could not run. */
  readonly rateLimited?: true | undefined
}

/** One property of a correct receiver. */
export interface ReceiverCheck {
  readonly id: string
  /** The property, as a sentence without its subject. */
  readonly title: string
  /** Ids of checks that must pass first. If one of them failed, this check is skipped. */
  readonly requires?: readonly string[] | undefined
  /** True if a correct receiver rejects everything that the check sends. Only such checks run at a public address. */
  readonly sendsOnlyForgeries?: true | undefined
  run(target: Target): Promise<CheckResult>
}

/** A check with its result, as the report shows it. */
export interface ReportEntry extends CheckResult {
  readonly id: string
  readonly title: string
}

/** Why a result matters, and what to change. */
export type CheckExplanation = readonly [meaning: string, hint: string]

export function passedResult(observed: string): CheckResult {
  return { result: 'passed', observed, meaning: '', hint: '' }
}

export function failedResult(observed: string, meaning: string, hint: string): CheckResult {
  return { result: 'failed', observed, meaning, hint }
}

export function notedResult(observed: string, meaning: string, hint = ''): CheckResult {
  return { result: 'noted', observed, meaning, hint }
}

export function skippedResult(reason: string, meaning = ''): CheckResult {
  return { result: 'skipped', observed: reason, meaning, hint: '' }
}

export const rateLimitedResult: CheckResult = {
  ...skippedResult('responded with 429', 'The receiver limits the request rate. Disable the limit while doctor runs.'),
  rateLimited: true,
}

/** Why a failure matters after which the receiver accepts no valid delivery. */
export const stoppedWorking = 'The receiver stopped working after that. One request is enough to stop it.'
