import { runCli } from '../../support/cli.js'
import { secret } from './by-hand.js'

interface DoctorEntry {
  readonly check: string
  readonly status: 'passed' | 'failed' | 'warning' | 'skipped'
  readonly message: string
  readonly evidence?: string
  readonly fix?: string
}

export type DoctorRun = Awaited<ReturnType<typeof runDoctor>>

/** Runs doctor. Returns its report, and the ids of the checks that have not passed by their status. */
export async function runDoctor(url: string, ...args: readonly string[]) {
  const env = { GALLABOX_WEBHOOK_SECRET: secret }
  const { code, out, err } = await runCli(['doctor', url, '--json', ...args], { env })
  const { verdict, checks } = JSON.parse(out) as { verdict: string; checks: readonly DoctorEntry[] }
  const results: Record<string, string[]> = {}
  for (const { check, status } of checks) {
    if (status !== 'passed') results[status] = [...(results[status] ?? []), check]
  }
  return { code, out, err, verdict, checks, results }
}
