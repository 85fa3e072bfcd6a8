import { runCli } from '../../support/cli.js'
import { secret } from './by-hand.js'

interface DoctorEntry {
  readonly id: string
  readonly title: string
  readonly result: 'passed' | 'failed' | 'noted' | 'skipped'
  readonly observed: string
  readonly meaning: string
  readonly hint: string
}

export type DoctorRun = Awaited<ReturnType<typeof runDoctor>>

/** Runs doctor. Returns the entries of its report, and the ids of those that have not passed by their result. */
export async function runDoctor(url: string, ...args: readonly string[]) {
  const env = { GALLABOX_WEBHOOK_SECRET: secret }
  const { code, out, err } = await runCli(['doctor', url, '--json', ...args], { env })
  const entries: readonly DoctorEntry[] = JSON.parse(out).checks
  const results: Record<string, string[]> = {}
  for (const { id, result } of entries) if (result !== 'passed') results[result] = [...(results[result] ?? []), id]
  return { code, out, err, entries, results }
}
