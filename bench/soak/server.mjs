// One adapter in a process of its own, which tells what it holds: node --expose-gc server.mjs <framework>.
// It must not know what is sent.
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

/** What is still held after the garbage is gone. */
async function takeStock() {
  // Twice, with a turn of the loop between: what finalizers release is garbage only then.
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

process.on('message', async () => process.send(await takeStock()))
process.send({ port: await startServer(process.argv[2]) })
