// The examination: the probe, then all other checks, one after the other.
// It must not know what any check does, or how the results are printed.
import { accepts } from './accepts.js'
import type { Check, CheckResult } from './check.js'
import { discloses } from './discloses.js'
import type { Patient } from './patient.js'
import { probe } from './probe.js'
import { refuses } from './refuses.js'
import { withstands } from './withstands.js'

/** All checks. What lets strangers in comes first. Replies are searched at the end, when there are most. */
export const checks: readonly Check[] = [probe, ...refuses, ...accepts, ...withstands, ...discloses]

export interface ExamineOptions {
  /** The ids of the checks to run; the probe always runs. Default: all. */
  readonly only?: readonly string[] | undefined
  /** Hears of each check before it runs. */
  readonly onCheck?: (check: Check, index: number, total: number) => void
}

/** Runs the checks. Ends with the probe where that failed. Rejects only when the run is stopped. */
export async function examine(patient: Patient, options: ExamineOptions = {}): Promise<readonly CheckResult[]> {
  const { only, onCheck } = options
  const chosen = only ? checks.filter(({ id }) => id === probe.id || only.includes(id)) : checks
  const results: CheckResult[] = []
  for (const [index, check] of chosen.entries()) {
    onCheck?.(check, index, chosen.length)
    const { id, title } = check
    const result = { id, title, ...(await check.run(patient)) }
    results.push(result)
    if (check === probe && result.result === 'failed') break
  }
  return results
}
