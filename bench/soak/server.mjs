// One adapter in its own process, which reports its resource usage: node --expose-gc server.mjs <framework>.
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer } from './frameworks.mjs'

const unhandled = []
for (const event of ['unhandledRejection', 'uncaughtException']) {
  process.on(event, (error) => unhandled.push(`${event}: ${error}`))
}

function openDescriptors() {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return undefined
  }
}

/** Measures what is in use after garbage collection. */
async function measureUsage() {
  // Twice, with a pause between: what finalizers release is collected only the second time.
  for (let i = 0; i < 2; i++) {
    globalThis.gc()
    await sleep(20)
  }
  globalThis.gc()
  const { heapUsed, rss, external } = process.memoryUsage()
  return {
    heapMb: heapUsed / 1e6,
    externalMb: external / 1e6,
    rssMb: rss / 1e6,
    descriptors: openDescriptors(),
    handles: process.getActiveResourcesInfo().length,
    unhandled,
  }
}

process.on('message', async () => process.send(await measureUsage()))
process.send({ port: await startServer(process.argv[2]) })
