import { explanations, type OutcomeCode, outcomes } from '../../../receiver/outcome.js'

export interface OutcomeDescription {
  readonly status: number
  readonly cause: string
  readonly fix: string
}

export const outcomeCodes = Object.keys(outcomes) as OutcomeCode[]

export function isOutcomeCode(code: string): code is OutcomeCode {
  return Object.hasOwn(outcomes, code)
}

export function describeOutcome(code: OutcomeCode): OutcomeDescription {
  return { status: outcomes[code].status, ...explanations[code] }
}
