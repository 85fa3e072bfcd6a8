import { setTimeout as sleep } from 'node:timers/promises'
import { type CheckResult, type ReceiverCheck, type ReportEntry, skippedResult, stoppedWorking } from './check.js'
import { acceptanceChecks } from './checks/acceptance.js'
import { clientChecks } from './checks/clients.js'
import { disclosureChecks, secretDisclosureChecks } from './checks/disclosure.js'
import { isReceiver, unsignedDelivery, validDelivery } from './checks/first-request.js'
import { anyoneCanForge } from './checks/forged-signatures.js'
import { rejectionChecks, verificationChecks } from './checks/rejection.js'
import { robustnessChecks } from './checks/robustness.js'
import { classifyResponse } from './classify-response.js'
import { messageBody } from './sample-bodies.js'
import type { Target } from './target.js'

/**
 * All checks in the order in which they run. Whether anything is verified decides which others are useful. Accepted
 * deliveries precede forgeries, after which some receivers block a sender. Checks that search the responses come last,
 * when most responses exist.
 */
export const checks: readonly ReceiverCheck[] = [
  validDelivery,
  ...verificationChecks,
  ...acceptanceChecks,
  ...rejectionChecks,
  ...robustnessChecks,
  ...clientChecks,
  ...secretDisclosureChecks,
  ...disclosureChecks,
]

/** All checks, and the first one at a public address. Those whose failure allows forgeries come first. */
export const checksByUrgency: readonly ReceiverCheck[] = [
  unsignedDelivery,
  validDelivery,
  ...secretDisclosureChecks,
  ...verificationChecks,
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
 * Runs the checks and returns their results, the most urgent first. If the receiver rejects valid deliveries, and the
 * signature that it accepts is unknown, the checks that need one are skipped. Rejects only if the run is stopped.
 */
export async function runChecks(target: Target, options: RunChecksOptions = {}): Promise<readonly ReportEntry[]> {
  const { only, onCheck } = options
  const first = target.forgeriesOnly ? unsignedDelivery : validDelivery
  const others = listChecks(target.forgeriesOnly).filter((check) => check !== first)
  const selected = [first, ...(only ? others.filter(({ id }) => only.includes(id)) : others)]
  const entries: ReportEntry[] = []
  for (const [index, check] of selected.entries()) {
    onCheck?.(check, index, selected.length)
    const result = whySkipped(check, target, entries) ?? (await check.run(target))
    const hasStopped = result.status === 'failed' && check !== first && !(await isWorking(target))
    const message =
      hasStopped && result.message !== stoppedWorking ? `${result.message} ${stoppedWorking}` : result.message
    entries.push({ id: check.id, title: check.title, ...result, message })
    if (hasStopped || (check === first && decidesAll(result, target))) break
  }
  if (target.forgeriesOnly && !only && entries.length > 1) entries.push(...listLeftOut())
  const sorted = checksByUrgency.flatMap(({ id }) => entries.filter((entry) => entry.id === id))
  return (await requiresCredentials(target, sorted)) ? sorted.map(nameHolder) : sorted
}

/** Returns whether no other check can have a useful result: there is no receiver, or it limits the request rate. */
function decidesAll({ status, rateLimited }: CheckResult, target: Target): boolean {
  if (rateLimited) return true
  return status === 'failed' && (target.forgeriesOnly || !isReceiver(target.responses[0]))
}

/** Returns a result for a check that would say nothing, or undefined. */
function whySkipped(check: ReceiverCheck, target: Target, entries: readonly ReportEntry[]): CheckResult | undefined {
  const failed = entries.find(({ id, status }) => status === 'failed' && check.requires?.includes(id))
  if (failed) return skippedResult(`depends on ${failed.id}, which failed`)
  const [first] = target.responses
  if (!first || target.acceptsValid || target.forgeriesOnly) return undefined
  const isUseful = classifyResponse(first) === 'crashed' ? check.id === 'unsigned' : check.sendsOnlyForgeries
  return isUseful ? undefined : skippedResult('depends on valid-delivery, which failed')
}

/** Checks whether forgeries are accepted only together with what is sent with every request, such as a token. */
async function requiresCredentials(target: Target, entries: readonly ReportEntry[]): Promise<boolean> {
  if (!target.hasCredentials || !entries.some(({ message }) => message.includes(anyoneCanForge))) return false
  const request = { body: messageBody(target.marker), signature: null, withoutCredentials: true } as const
  return classifyResponse(await target.send(request)) !== 'accepted'
}

function nameHolder(entry: ReportEntry): ReportEntry {
  const message = entry.message.replace(anyoneCanForge, 'Anyone who has the header or the full URL can forge events.')
  return { ...entry, message }
}

/** Lists the checks that run, or only those that send nothing that a correct receiver accepts. */
export function listChecks(forgeriesOnly: boolean): readonly ReceiverCheck[] {
  return forgeriesOnly ? [unsignedDelivery, ...checks.filter(({ sendsOnlyForgeries }) => sendsOnlyForgeries)] : checks
}

/** Lists the checks that do not run at a public address. */
function listLeftOut(): readonly ReportEntry[] {
  const leftOut: CheckResult = {
    ...skippedResult('Not checked: a public address gets only forgeries, so whether it accepts deliveries is unknown.'),
    fix: 'Use a test server, or add --with-verified.',
  }
  return checks
    .filter(({ sendsOnlyForgeries }) => !sendsOnlyForgeries)
    .map(({ id, title }) => ({ id, title, ...leftOut }))
}

/** Returns true if the receiver still works. Tries again after one second, because it may restart. */
async function isWorking(target: Target): Promise<boolean> {
  const signature = target.acceptsValid ? undefined : null
  for (const delayMs of [0, 1000]) {
    await sleep(delayMs, undefined, { signal: target.signal })
    const responseClass = classifyResponse(await target.send({ body: messageBody(target.marker), signature }))
    if (responseClass === 'accepted' || responseClass === 'rate-limited') return true
    if (!target.acceptsValid && responseClass !== 'no-response') return true
  }
  return false
}
