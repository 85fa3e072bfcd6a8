// The demo: four local servers receive every event that Gallabox sends, and some attacks.
// The exit code is 0 only if every cell of the table is as expected.
import { createSender, sampledEventTypes, samplePayload, sampleVariants } from 'gallabox-webhooks/testing'
import { attacks } from './attacks.mjs'
import { startReceivers } from './receivers.mjs'
import { summarize } from './summarize.mjs'
import { printHeading, printRow, printSummary } from './table.mjs'

const secret = 'demo secret ₹ 🔑'
const receivers = await startReceivers(secret)
const names = receivers.map(({ name }) => name)
let failures = 0

/**
 * Sends an event once with the reference sender. Returns the status of the response.
 *
 * @template {string} Type
 * @param {string} url
 * @param {Type} type
 * @param {import('gallabox-webhooks/testing').PayloadOf<Type>} data
 */
async function deliver(url, type, data) {
  const { attempts } = await createSender({ url, secret, maxAttempts: 1 }).send(type, data)
  return attempts[0]?.status ?? null
}

/**
 * Sends one delivery to every server and prints a row with the results.
 *
 * @param {string} title
 * @param {number} status The status that every server must respond with.
 * @param {string | undefined} event The event that every handler must get. Undefined: no handler may run.
 * @param {(url: string) => Promise<number | null>} send
 */
async function printResults(title, status, event, send) {
  const cells = []
  for (const { url, takeEvents } of receivers) {
    const actual = await send(url)
    const expected = event === undefined ? [] : [event]
    const passed = actual === status && JSON.stringify(takeEvents()) === JSON.stringify(expected)
    cells.push({ status: actual, passed })
  }
  failures += cells.filter(({ passed }) => !passed).length
  printRow(title, cells, event ?? '–')
}

console.log('\n  Four local receivers. The reference sender delivers as Gallabox does.')
console.log('  Each cell is the status of a response. The last column is the event that every handler got.')

printHeading('What Gallabox sends', names)
for (const type of sampledEventTypes) {
  for (const variant of sampleVariants(type)) {
    const data = samplePayload(type, variant)
    const event = /** @type {import('gallabox-webhooks').GallaboxEvent} */ ({ type, data })
    const title = variant === 'default' ? type : `${type}, ${variant}`
    await printResults(title, 200, summarize(event), (url) => deliver(url, type, data))
  }
}

printHeading('What it may send in the future', names)
const newEvent = 'Ticket.Opened'
await printResults(newEvent, 200, `unrecognized "${newEvent}": unknown-name`, (url) =>
  deliver(url, newEvent, { id: 1 }),
)

printHeading('What attackers send', names)
for (const { title, status, event, send } of attacks(secret)) await printResults(title, status, event, send)

await Promise.all(receivers.map(({ close }) => close()))
printSummary(failures)
process.exitCode = failures === 0 ? 0 : 1
