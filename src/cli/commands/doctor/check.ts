import type { Target } from './target.js'

/** Only `failed` fails the run. A check without a result is `skipped`. */
export type CheckStatus = 'passed' | 'failed' | 'warning' | 'skipped'

export interface CheckResult {
  readonly status: CheckStatus
  /** What the result means: the cause of a problem, or why the check was skipped. Empty for a check that passed. */
  readonly message: string
  /** What was observed. Empty if nothing was. */
  readonly evidence: string
  /** What to change. Empty if nothing has to change. */
  readonly fix: string
  /** True if the receiver responded with 429, so the result is unknown. */
  readonly rateLimited?: true | undefined
}

/** One property of a correct receiver. */
export interface ReceiverCheck {
  readonly id: string
  /** The property, as a sentence without its subject. */
  readonly title: string
  /** Why a failure matters. */
  readonly cause: string
  /** What to change after a failure. */
  readonly fix: string
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
export interface CheckExplanation {
  readonly cause: string
  readonly fix: string
}

export function passedResult(evidence: string): CheckResult {
  return { status: 'passed', message: '', evidence, fix: '' }
}

export function failedResult(evidence: string, { cause, fix }: CheckExplanation): CheckResult {
  return { status: 'failed', message: cause, evidence, fix }
}

export function warningResult(evidence: string, { cause, fix }: CheckExplanation): CheckResult {
  return { status: 'warning', message: cause, evidence, fix }
}

export function skippedResult(reason: string): CheckResult {
  return { status: 'skipped', message: reason, evidence: '', fix: '' }
}

export const rateLimitedResult: CheckResult = {
  status: 'skipped',
  message: 'Rate-limited: the result is unknown.',
  evidence: 'responded with 429',
  fix: 'Disable the rate limit while doctor runs, or allow a longer wait with --wait.',
  rateLimited: true,
}

/** Why a failure matters after which the receiver accepts no valid delivery. */
export const stoppedWorking = 'The receiver stopped working after that. One request is enough to stop it.'

/** Explains an accepted delivery whose status is not 200. */
export const otherSuccess: CheckExplanation = {
  cause: 'Gallabox documents 200. Whether another 2xx counts as success is unknown.',
  fix: 'Respond with 200.',
}
