// Runs the commands that the pages show, against real servers on this machine. What differs in each run is replaced.
import { createHmac } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { webhookHandler } from '../../../src/adapters/node.js'
import { signatureHeader } from '../../../src/signature/verify-signature.js'
import { signBody } from '../../../src/testing/sign.js'
import { runCli } from '../../../test/support/cli.js'

/** A command as the page shows it, and what it printed. */
export interface RanExample {
  readonly command: string
  readonly output: string
}

/** The examples of each command, by a name that the page's text refers to. */
export type RanExamples = Readonly<Record<string, RanExample>>

const secret = 'a secret'
const credentials = { GALLABOX_API_KEY: 'key', GALLABOX_API_SECRET: 'secret' }
const path = '/webhooks/gallabox'

/** Runs every example. */
export async function runExamples(): Promise<RanExamples> {
  const folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  const receiver = await startServer(webhookHandler({ secret, onEvent: () => {}, onOutcome: () => {} }))
  const mistaken = await startServer(expectHex)
  const api = await startServer(listWebhooks)
  const replacements: readonly (readonly [found: string, shown: string])[] = [
    [receiver.url, 'http://localhost:3000'],
    [mistaken.url, 'http://localhost:3000'],
    [api.url, 'https://server.gallabox.com'],
    [`${folder}/`, ''],
  ]

  async function run(command: string, args: readonly string[], env: object = { GALLABOX_WEBHOOK_SECRET: secret }) {
    const lines: string[] = []
    const add = (text: string) => void lines.push(text)
    await runCli(args, { env: { ...env }, onPrint: add, onNote: add })
    return { command: `npx gallabox-webhooks ${command}`, output: normalize(lines, replacements) }
  }

  try {
    const url = receiver.url + path
    const recording = join(folder, 'deliveries.ndjson')
    const body = join(folder, 'body.json')
    writeFileSync(body, '{"id":"66a3d9214f2b8c0013cd56f8"}')
    writeFileSync(join(folder, 'package.json'), '{"dependencies":{"express":"5.0.0"}}')
    const prefixed = `sha256=${signBody('{"id":"66a3d9214f2b8c0013cd56f8"}', secret)}`
    const listened = await runListen(recording)
    const accountArgs = ['account', '--server', api.url, '--url', 'https://example.com/webhooks/gallabox']
    const accountCommand = 'account --url https://example.com/webhooks/gallabox'
    return {
      send: await run('send 3000/webhooks/gallabox', ['send', url]),
      tamper: await run('send 3000/webhooks/gallabox --tamper', ['send', url, '--tamper']),
      'send-json': await run('send 3000/webhooks/gallabox --json', ['send', url, '--json']),
      listen: { command: 'npx gallabox-webhooks listen', output: normalize(listened.text, replacements) },
      'listen-json': { command: 'npx gallabox-webhooks listen --json', output: normalize(listened.json, replacements) },
      replay: await run('replay deliveries.ndjson 3000/webhooks/gallabox', ['replay', recording, url]),
      verify: await run('verify --signature "$SIGNATURE" --file body.json', [
        ...['verify', '--signature', prefixed, '--file', body],
      ]),
      'verify-json': await run('verify --signature "$SIGNATURE" --file body.json --json', [
        ...['verify', '--signature', prefixed, '--file', body, '--json'],
      ]),
      doctor: await run('doctor 3000/webhooks/gallabox --only valid-delivery', [
        ...['doctor', mistaken.url + path, '--only', 'valid-delivery'],
      ]),
      'doctor-json': await run('doctor 3000/webhooks/gallabox --only valid-delivery --json', [
        ...['doctor', mistaken.url + path, '--only', 'valid-delivery', '--json'],
      ]),
      account: await run(accountCommand, accountArgs, credentials),
      'account-json': await run(`${accountCommand} --json`, [...accountArgs, '--json'], credentials),
      explain: await run('explain signature-missing', ['explain', 'signature-missing']),
      'explain-json': await run('explain stale --json', ['explain', 'stale', '--json']),
      init: await run('init', ['init', folder]),
    }
  } finally {
    for (const { server } of [receiver, mistaken, api]) server.close()
    rmSync(folder, { recursive: true })
  }
}

/** Runs listen twice, with a verified delivery and an unsigned one. Records the first. */
async function runListen(recording: string) {
  const json = await listenTo(['--json'])
  const text = await listenTo(['--record', recording])
  return { json: json.filter((line) => line.startsWith('{')).slice(0, 1), text: text.slice(1) }
}

async function listenTo(options: readonly string[]): Promise<readonly string[]> {
  const controller = new AbortController()
  const printing = new EventEmitter()
  const lines: string[] = []
  const add = (text: string) => {
    lines.push(text)
    printing.emit('line', text)
  }
  const end = runCli(['listen', '--port', '0', ...options], {
    env: { GALLABOX_WEBHOOK_SECRET: secret },
    signal: controller.signal,
    onPrint: add,
    onNote: add,
  })
  const [introduction] = await once(printing, 'line')
  const [url = ''] = /http:\/\/localhost:\d+/.exec(introduction) ?? []
  for (const forgery of [[], ['--unsigned']]) {
    const shown = once(printing, 'line')
    await runCli(['send', url, ...forgery], { env: { GALLABOX_WEBHOOK_SECRET: secret } })
    await shown
  }
  controller.abort()
  await end
  return lines
}

/** A receiver with a common mistake: it compares with the digest in hex. */
const expectHex: RequestListener = async (req, res) => {
  const hmac = createHmac('sha256', secret)
  for await (const chunk of req) hmac.update(chunk)
  res.writeHead(req.headers[signatureHeader] === hmac.digest('hex') ? 200 : 401).end()
}

/** Gallabox's REST API, with one webhook that has no secret. */
const listWebhooks: RequestListener = (_req, res) => {
  const webhook = {
    id: '64f0c1a2b3d4e5f60718293a',
    events: ['Message.Received'],
    requestUrl: 'https://example.com/webhooks/gallabox',
    requestMethod: 'POST',
    disabled: false,
    requestFailedCount: 0,
    updatedAt: '2026-08-14T09:31:12.345Z',
  }
  res.setHeader('Content-Type', 'application/json').end(JSON.stringify([webhook]))
}

async function startServer(listener: RequestListener): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(listener).listen(0, 'localhost')
  await once(server, 'listening')
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` }
}

const time = '2026-08-14T09:31:12.345Z'

/** Replaces what differs in each run: ports, keys, ids and times. */
function normalize(lines: readonly string[], replacements: readonly (readonly [string, string])[]): string {
  let text = lines.join('\n').trim()
  for (const [found, shown] of replacements) text = text.replaceAll(found, shown)
  return text
    .replace(/http:\/\/localhost:(?!3000)\d+/g, 'http://localhost:4567')
    .replace(/\b20(?!26-08-14T09:31:12.345Z)\d\d-\d\d-\d\dT[\d:.]+Z/g, time)
    .replace(/^\d\d:\d\d:\d\d/gm, '09:31:12')
    .replace(/ +\d+ ms\b/g, (found) => ' 12 ms'.padStart(found.length))
    .replace(/"ms":\d+/g, '"ms":12')
    .replace(/"id":"[0-9a-f]{24}"/g, '"id":"66ad9f3083deef1c0515a600"')
    .replace(/ +$/gm, '')
}
