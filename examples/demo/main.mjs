// The demo: four servers on this machine receive all that Gallabox sends, and some that strangers send.
// Exit code 0 only if every cell of the table is as it must be.
import { createSender, sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe } from './describe.mjs'
import { startReceivers } from './receivers.mjs'
import { strangers } from './strangers.mjs'
import { printHeading, printRow, printSummary } from './table.mjs'

const secret = 'demo secret ₹ 🔑'
const receivers = await startReceivers(secret)
const names = receivers.map(({ name }) => name)
let wrong = 0

/**
 * Lets the reference sender deliver an event once.
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
 * Sends one thing to every server and prints a row of what came of it.
 *
 * @param {string} title
 * @param {number} status What every server must answer.
 * @param {string | undefined} seen What every handler must have seen; undefined if none may have seen anything.
 * @param {(url: string) => Promise<number | null>} send
 */
async function row(title, status, seen, send) {
  const cells = []
  for (const { url, takeSeen } of receivers) {
    const answer = await send(url)
    const saw = takeSeen()
    const expected = seen === undefined ? [] : [seen]
    cells.push({ answer, right: answer === status && JSON.stringify(saw) === JSON.stringify(expected) })
  }
  wrong += cells.filter(({ right }) => !right).length
  printRow(title, cells, seen ?? '–')
}

console.log('\n  Four receivers, all at once on this machine; the reference sender delivers as Gallabox does.')
console.log('  A cell is what the server answered. The last column is what every handler saw.')

printHeading('What Gallabox sends', names)
for (const type of sampledEventTypes) {
  const data = samplePayload(type)
  const event = /** @type {import('gallabox-webhooks').GallaboxEvent} */ ({ type, data })
  await row(type, 200, describe(event), (url) => deliver(url, type, data))
}

printHeading('What it may send tomorrow', names)
const news = 'Ticket.Opened'
await row(news, 200, `unrecognized "${news}": unknown-name`, (url) => deliver(url, news, { id: 1 }))

printHeading('What strangers send', names)
for (const { title, status, seen, send } of strangers(secret)) await row(title, status, seen, send)

await Promise.all(receivers.map(({ close }) => close()))
printSummary(wrong)
process.exitCode = wrong === 0 ? 0 : 1
