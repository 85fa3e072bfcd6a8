import { setTimeout as sleep } from 'node:timers/promises'
import { type ReceiverCheck, type ReportEntry, skippedResult, stoppedWorking } from './check.js'
import { acceptanceChecks } from './checks/acceptance.js'
import { clientChecks } from './checks/clients.js'
import { disclosureChecks, secretDisclosureChecks } from './checks/disclosure.js'
import { anyoneCanForge } from './checks/forged-signatures.js'
import { rejectionChecks } from './checks/rejection.js'
import { robustnessChecks } from './checks/robustness.js'
import { unsignedDelivery, validDelivery } from './checks/valid-delivery.js'
import { classifyResponse } from './classify-response.js'
import { messageBody } from './sample-bodies.js'
import type { Target } from './target.js'

/** All checks in the order in which they run. Those that search the responses come last, when most responses exist. */
export const checks: readonly ReceiverCheck[] = [
  validDelivery,
  ...rejectionChecks,
  ...acceptanceChecks,
  ...robustnessChecks,
  ...clientChecks,
  ...secretDisclosureChecks,
  ...disclosureChecks,
]

// Checks whose failure allows forgeries come first.
const checksByUrgency: readonly ReceiverCheck[] = [
  validDelivery,
  ...secretDisclosureChecks,
  ...rejectionChecks,
  ...acceptanceChecks,
  ...robustnessChecks,
  ...clientChecks,
  ...disclosureChecks,
]

export interface RunChecksOptions {
  /** The ids of the checks to run. The first check always runs. Default: all. */
  readonly only?: readonly string[] | undefined
  /** Called before each check. */
  readonly onCheck?: (check: ReceiverCheck, index: number, total: number) => void
}

/**
 * Runs the checks and returns their results, the most urgent first. Ends early if the receiver does not accept a valid
 * delivery. Rejects only if the run is stopped.
 */
export async function runChecks(target: Target, options: RunChecksOptions = {}): Promise<readonly ReportEntry[]> {
  const { only, onCheck } = options
  const first = target.forgeriesOnly ? unsignedDelivery : validDelivery
  const others = listChecks(target.forgeriesOnly).filter((check) => check !== first)
  const selected = [first, ...(only ? others.filter(({ id }) => only.includes(id)) : others)]
  const entries: ReportEntry[] = []
  for (const [index, check] of selected.entries()) {
    onCheck?.(check, index, selected.length)
    const { id, title, requires = [] } = check
    const failedRequirement = entries.find((entry) => entry.result === 'failed' && requires.includes(entry.id))
    const result = failedRequirement
      ? skippedResult(`depends on ${failedRequirement.id}, which failed`)
      : await check.run(target)
    const hasFailed = result.result === 'failed'
    const hasStopped = hasFailed && check !== first && !(await isWorking(target))
    const meaning =
      hasStopped && result.meaning !== stoppedWorking ? `${result.meaning} ${stoppedWorking}` : result.meaning
    entries.push({ id, title, ...result, meaning })
    if (hasStopped || (hasFailed && check === first)) break
  }
  const sorted = [unsignedDelivery, ...checksByUrgency].flatMap(({ id }) => entries.filter((entry) => entry.id === id))
  return (await requiresCredentials(target, sorted)) ? sorted.map(nameHolder) : sorted
}

/** Checks whether forgeries are accepted only together with what is sent with every request, such as a token. */
async function requiresCredentials(target: Target, entries: readonly ReportEntry[]): Promise<boolean> {
  if (!target.hasCredentials || !entries.some(({ meaning }) => meaning.includes(anyoneCanForge))) return false
  const request = { body: messageBody(target.marker), signature: null, withoutCredentials: true } as const
  return classifyResponse(await target.send(request)) === 'rejected'
}

function nameHolder(entry: ReportEntry): ReportEntry {
  const meaning = entry.meaning.replace(anyoneCanForge, 'Anyone who has the header or the full URL can forge events.')
  return { ...entry, meaning }
}

/** Lists the checks that run, or only those that send nothing that a correct receiver accepts. */
export function listChecks(forgeriesOnly: boolean): readonly ReceiverCheck[] {
  return forgeriesOnly ? [unsignedDelivery, ...checks.filter(({ sendsOnlyForgeries }) => sendsOnlyForgeries)] : checks
}

/** Returns true if the receiver still works. Tries again after one second, because it may restart. */
async function isWorking(target: Target): Promise<boolean> {
  for (const delayMs of [0, 1000]) {
    await sleep(delayMs, undefined, { signal: target.signal })
    const signature = target.forgeriesOnly ? null : undefined
    const responseClass = classifyResponse(await target.send({ body: messageBody(target.marker), signature }))
    if (responseClass === 'accepted' || responseClass === 'rate-limited') return true
    if (target.forgeriesOnly && responseClass !== 'no-response') return true
  }
  return false
}
