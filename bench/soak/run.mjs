// One soak: all deliveries through one server, with its stock taken at intervals while nothing is under way.
// It must not judge.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { start } from '../support/processes.mjs'
import { Connection } from './client.mjs'
import { plan } from './plan.mjs'

const connections = 32

/** Sends some of the deliveries over all connections at once, and notes what was answered otherwise than it should. */
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

/** Returns the stock after each interval, and after the last client has gone. */
export async function soak(framework, { deliveries, intervals, onStock }) {
  const file = join(import.meta.dirname, 'server.mjs')
  const server = await start(file, { args: [framework], nodeArgs: ['--expose-gc'], core: 1 })
  const before = await server.ask('stock')
  const pool = Array.from({ length: connections }, () => new Connection(server.hello.port))
  const wrong = []
  const stocks = []
  const count = Math.ceil(deliveries / intervals)
  for (let interval = 0; interval < intervals; interval++) {
    await sendSome(pool, interval * count, count, wrong)
    for (const connection of pool) connection.close()
    // The last abandoned deliveries are noticed, and the last connections closed.
    await sleep(300)
    const stock = { ...(await server.ask('stock')), deliveries: (interval + 1) * count, wrong: wrong.length }
    stocks.push(stock)
    onStock(stock)
  }
  await server.stop()
  return { before, stocks, wrong }
}
