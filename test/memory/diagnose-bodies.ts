// Diagnoses each hostile body and prints what it costs. diagnose.test.ts bundles and starts it.
import { diagnose } from 'gallabox-webhooks'
import { hostileBodies, hostileHeaders } from '../support/hostile-bodies.js'

export interface DiagnoseReport {
  readonly times: readonly { readonly title: string; readonly ms: number }[]
  /** How far the peak of the memory grew over all bodies. */
  readonly grownBytes: number
}

const secret = Array.from({ length: 5 }, (_, i) => `whsec_memory${i}`)
const peakBytes = () => process.resourceUsage().maxRSS * 1024

function collectGarbage(): void {
  ;(globalThis as { gc?: () => void }).gc?.()
}

async function measureMs(rawBody: Uint8Array): Promise<number> {
  const startedAt = performance.now()
  await diagnose({ headers: hostileHeaders, rawBody }, { secret })
  return performance.now() - startedAt
}

// Built first, so that only the work of diagnose counts.
const bodies = hostileBodies.map(({ title, build }) => ({ title, rawBody: build() }))
await measureMs(Buffer.from('{}'))
collectGarbage()
const base = Math.max(process.memoryUsage.rss(), peakBytes())

const times: { title: string; ms: number }[] = []
for (const { title, rawBody } of bodies) {
  collectGarbage()
  // The shortest of three, because other processes disturb the others.
  times.push({ title, ms: Math.min(await measureMs(rawBody), await measureMs(rawBody), await measureMs(rawBody)) })
}
console.log(JSON.stringify({ times, grownBytes: peakBytes() - base } satisfies DiagnoseReport))
