// Sends bursts of requests to several servers in turn, round after round.
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { path, secret } from '../servers/listen.mjs'
import { event } from './bodies.mjs'
import { signBody } from './library.mjs'
import { quick } from './options.mjs'
import { start } from './processes.mjs'
import { rotate } from './statistics.mjs'

// One core for all. Waking a process on another core costs more the longer it has slept, so the slower server would pay
// twice.
const core = 0
const connections = 32
// Processes of the same code differ by up to 10 %, by what the engine optimizes. So each server is started several times.
const generations = quick ? 1 : 7
const roundsPerGeneration = quick ? 2 : 3
const msPerRound = quick ? 100 : 250
const warmUp = { bursts: quick ? 1 : 4, amount: quick ? 500 : 3000 }

/** Starts the client for all servers. */
export function startClient() {
  return start(join(import.meta.dirname, 'client.mjs'), { core })
}

function startServer(variant, framework) {
  return start(join(import.meta.dirname, '../servers/main.mjs'), { args: [variant, framework], core })
}

/** Returns the headers with each library's signature of the same bytes. */
function headersOf(variant, body) {
  const type = { 'content-type': 'application/json' }
  if (variant !== 'octokit') return { ...type, 'x-event-name': event, 'x-gallabox-signature': signBody(body, secret) }
  const digest = createHmac('sha256', secret).update(body).digest('hex')
  return { ...type, 'x-github-event': 'push', 'x-github-delivery': '1', 'x-hub-signature-256': `sha256=${digest}` }
}

/** Sends one burst. Returns the requests per millisecond, and per millisecond of the server's processor time. */
async function burst(client, server, variant, body, amount) {
  const url = `http://127.0.0.1:${server.hello.port}${path}`
  const headers = headersOf(variant, body)
  const before = await server.ask('usage')
  const { ms, good, bad } = await client.ask({ url, headers, body: body.toString('base64'), connections, amount })
  const after = await server.ask('usage')
  const handled = after.handled - before.handled
  if (bad > 0 || good !== amount || handled !== amount) {
    throw new Error(`${variant}: ${amount} sent, ${good} succeeded, ${handled} handled.`)
  }
  return { perMs: (amount - connections) / ms, perCpuMs: amount / (after.cpuMs - before.cpuMs) }
}

/** Runs the variants of one framework against each other, with each of the bodies. */
export async function compareServers(client, framework, variants, bodies) {
  const results = mapValues(bodies, () => Object.fromEntries(variants.map((variant) => [variant, []])))
  for (let generation = 0; generation < generations; generation++) {
    const servers = []
    for (const variant of rotate(variants, generation)) servers.push([variant, await startServer(variant, framework)])
    for (const [size, body] of Object.entries(bodies)) {
      const amounts = await warm(client, servers, body)
      for (let round = 0; round < roundsPerGeneration; round++) {
        for (const [variant, server] of rotate(servers, round)) {
          results[size][variant].push(await burst(client, server, variant, body, amounts[variant]))
        }
      }
    }
    await Promise.all(servers.map(([, server]) => server.stop()))
  }
  return results
}

/** Warms the servers up. Returns how many requests each can handle in a round. */
async function warm(client, servers, body) {
  const amounts = {}
  for (const [variant, server] of servers) {
    for (let i = 0; i < warmUp.bursts; i++) {
      const { perMs } = await burst(client, server, variant, body, warmUp.amount)
      amounts[variant] = Math.ceil((perMs * msPerRound) / 100) * 100
    }
  }
  return amounts
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
