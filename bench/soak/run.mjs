import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { start } from '../support/processes.mjs'
import { Connection } from './client.mjs'
import { plan } from './plan.mjs'

const connections = 32

/** Sends some of the deliveries over all connections at once, and collects the unexpected statuses. */
async function sendSome(pool, first, count, wrong) {
  let next = first
  await Promise.all(
    pool.map(async (connection) => {
      while (next < first + count) {
        const delivery = plan[next++ % plan.length]
        if (delivery.status === undefined) {
          await connection.abandon(delivery)
          continue
        }
        const found = await connection.send(delivery)
        if (found === delivery.status || (found === undefined && delivery.mayBeReset)) continue
        wrong.push(`${found} instead of ${delivery.status}`)
      }
    }),
  )
}

/** Sends all deliveries to one server. Returns its resource usage before, and after each interval while it is idle. */
export async function soak(framework, { deliveries, intervals, onSnapshot }) {
  const file = join(import.meta.dirname, 'server.mjs')
  const server = await start(file, { args: [framework], nodeArgs: ['--expose-gc'], core: 1 })
  const before = await server.ask('usage')
  const pool = Array.from({ length: connections }, () => new Connection(server.hello.port))
  const wrong = []
  const snapshots = []
  const count = Math.ceil(deliveries / intervals)
  for (let interval = 0; interval < intervals; interval++) {
    await sendSome(pool, interval * count, count, wrong)
    for (const connection of pool) connection.close()
    // The server notices the last abandoned deliveries and closes the last connections.
    await sleep(300)
    const snapshot = { ...(await server.ask('usage')), deliveries: (interval + 1) * count, wrong: wrong.length }
    snapshots.push(snapshot)
    onSnapshot(snapshot)
  }
  await server.stop()
  return { before, snapshots, wrong }
}
