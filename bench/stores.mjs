// Compares claim and complete of each store with the same commands sent by hand: npm run bench, or alone.
import { randomUUID } from 'node:crypto'
import { quick } from './support/options.mjs'
import { recordCalls, replayCalls } from './support/record-commands.mjs'
import { report } from './support/report.mjs'
import { format, paired, ratio, rotate } from './support/statistics.mjs'
import { stores } from './support/stores.mjs'

const rounds = quick ? 3 : 41
const msPerTask = quick ? 10 : 100
const limit = 1.15
const hourMs = 3_600_000

/** Claims and completes a delivery, as the receiver does. */
async function handleDelivery(store, key) {
  const claim = await store.claim(key, { leaseMs: hourMs })
  if (claim.state !== 'claimed') throw new Error(`The claim of a new key is ${claim.state}.`)
  if (!(await store.complete(key, claim.token, { ttlMs: hourMs }))) throw new Error('complete failed.')
  return claim.token
}

/** Records what the store sends for one delivery, and returns a function that sends it without the store. */
async function byHand({ client, methods, createStore }) {
  const calls = []
  const key = randomUUID()
  const token = await handleDelivery(createStore(recordCalls(client, methods, calls)), key)
  const replay = replayCalls(client, calls, [key, token])
  return { commands: calls.length, run: () => replay([randomUUID(), randomUUID()]) }
}

async function measure(open) {
  const opened = await open()
  const { commands, run } = await byHand(opened)
  const store = opened.createStore(opened.client)
  const tasks = Object.entries({ store: () => handleDelivery(store, randomUUID()), byHand: run })
  const times = { store: [], byHand: [] }
  const count = await calibrate(run)
  // The first rounds warm up.
  for (let round = -3; round < rounds; round++) {
    for (const [name, task] of rotate(tasks, round + 3)) {
      const startedAt = performance.now()
      for (let i = 0; i < count; i++) await task()
      if (round >= 0) times[name].push((performance.now() - startedAt) / count)
    }
  }
  await opened.close()
  return { commands, ratios: paired(times.store, times.byHand, ratio) }
}

/** Returns how often a task runs in a round. */
async function calibrate(task) {
  const startedAt = performance.now()
  let count = 0
  while (performance.now() - startedAt < msPerTask) {
    await task()
    count++
  }
  return count
}

const results = []
for (const [name, open] of Object.entries(stores)) results.push([name, await measure(open)])

report({
  title: 'Stores',
  table: [
    ['claim and complete', 'commands', 'time, relative to the same commands by hand'],
    ...results.map(([name, { commands, ratios }]) => [name, String(commands), format(ratios)]),
  ],
  budgets: results.map(
    ([
      name,
      {
        ratios: { median },
      },
    ]) => ({
      budget: `${name}: at most ${limit}`,
      found: median.toFixed(3),
      met: median <= limit,
    }),
  ),
})
