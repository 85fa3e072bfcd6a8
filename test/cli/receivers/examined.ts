// Having a receiver examined, and what the report says of it.
import { runCli } from '../../support/cli.js'
import { secret } from './by-hand.js'

interface Entry {
  readonly id: string
  readonly title: string
  readonly result: 'passed' | 'failed' | 'noted' | 'unknown'
  readonly found: string
  readonly means: string
  readonly fix: string
}

export type Examination = Awaited<ReturnType<typeof examine>>

/** Runs doctor. Gives the entries of its report, and the ids of those that did not pass by their result. */
export async function examine(url: string, ...more: readonly string[]) {
  const env = { GALLABOX_WEBHOOK_SECRET: secret }
  const { code, out, err } = await runCli(['doctor', url, '--json', ...more], { env })
  const entries: readonly Entry[] = JSON.parse(out).checks
  const results: Record<string, string[]> = {}
  for (const { id, result } of entries) if (result !== 'passed') results[result] = [...(results[result] ?? []), id]
  return { code, out, err, entries, results }
}
