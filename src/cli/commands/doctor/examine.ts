// The examination: the probe, then all other checks, one after the other.
// It must not know what any check does, or how the results are printed.
import { setTimeout as sleep } from 'node:timers/promises'
import { accepts } from './accepts.js'
import { messageBody } from './bodies.js'
import { type Check, type CheckResult, unknown } from './check.js'
import { discloses, secrets } from './discloses.js'
import type { Patient } from './patient.js'
import { probe } from './probe.js'
import { refuses } from './refuses.js'
import { fateOf, notAlive } from './trials.js'
import { withstands } from './withstands.js'

/** All checks, as they are run. Replies are searched at the end, when there are most. */
export const checks: readonly Check[] = [probe, ...refuses, ...accepts, ...withstands, ...secrets, ...discloses]

// What lets strangers in is to be mended first.
const byUrgency: readonly Check[] = [probe, ...secrets, ...refuses, ...accepts, ...withstands, ...discloses]

export interface ExamineOptions {
  /** The ids of the checks to run; the probe always runs. Default: all. */
  readonly only?: readonly string[] | undefined
  /** Hears of each check before it runs. */
  readonly onCheck?: (check: Check, index: number, total: number) => void
}

/**
 * Runs the checks, and gives what they found by its urgency. Ends early where genuine deliveries are not taken.
 * Rejects only when the run is stopped.
 */
export async function examine(patient: Patient, options: ExamineOptions = {}): Promise<readonly CheckResult[]> {
  const { only, onCheck } = options
  const chosen = only ? checks.filter(({ id }) => id === probe.id || only.includes(id)) : checks
  const results: CheckResult[] = []
  for (const [index, check] of chosen.entries()) {
    onCheck?.(check, index, chosen.length)
    const { id, title, after = [] } = check
    const hurdle = results.find((earlier) => earlier.result === 'failed' && after.includes(earlier.id))
    const finding = hurdle ? unknown(`not tried, since ${hurdle.id} failed`) : await check.run(patient)
    const hasDied = finding.result === 'failed' && check !== probe && !(await isAlive(patient))
    const means = hasDied && finding.means !== notAlive ? `${finding.means} ${notAlive}` : finding.means
    results.push({ id, title, ...finding, means })
    if (hasDied || (check === probe && finding.result === 'failed')) break
  }
  return byUrgency.flatMap(({ id }) => results.filter((result) => result.id === id))
}

/** Tells whether genuine deliveries are still taken. What was killed gets a second to start again. */
async function isAlive(patient: Patient): Promise<boolean> {
  for (const delayMs of [0, 1000]) {
    await sleep(delayMs, undefined, { signal: patient.signal })
    const fate = fateOf(await patient.send({ body: messageBody(patient.marker) }))
    if (fate === 'taken' || fate === 'limited') return true
  }
  return false
}
