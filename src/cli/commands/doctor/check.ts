// What a check is, and what it can find.
// It must not know any one check, or how an endpoint is reached.
import type { Patient } from './patient.js'

/** Passed, failed, worth knowing, or not to be told from here. Only `failed` fails the run. */
export type Verdict = 'passed' | 'failed' | 'noted' | 'unknown'

/** What a check found. */
export interface Finding {
  readonly result: Verdict
  /** What happened. */
  readonly found: string
  /** What that means; empty where all is well. */
  readonly means: string
  /** What to change; empty where there is nothing. */
  readonly fix: string
  /** True where the receiver would not be asked: what it does is not known. */
  readonly unasked?: true | undefined
}

/** One property of a correct receiver. */
export interface Check {
  readonly id: string
  /** The property, as a sentence without its subject. */
  readonly title: string
  /** Checks without which this one tells nothing: where one of them failed, it is not tried. */
  readonly after?: readonly string[] | undefined
  run(patient: Patient): Promise<Finding>
}

/** A check and what it found: an entry of the report. */
export interface CheckResult extends Finding {
  readonly id: string
  readonly title: string
}

export function passed(found: string): Finding {
  return { result: 'passed', found, means: '', fix: '' }
}

export function failed(found: string, means: string, fix: string): Finding {
  return { result: 'failed', found, means, fix }
}

export function noted(found: string, means: string, fix = ''): Finding {
  return { result: 'noted', found, means, fix }
}

export function unknown(why: string, means = ''): Finding {
  return { result: 'unknown', found: why, means, fix: '' }
}
