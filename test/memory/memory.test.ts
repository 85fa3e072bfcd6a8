// Measures the peak memory that an attacker can make a receiver use, in a separate server process.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { signBody } from 'gallabox-webhooks/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectWithin } from '../support/budgets.js'

const here = dirname(fileURLToPath(import.meta.url))
const mib = 1024 * 1024
const secret = 'whsec_memory'

let folder: string
let server: ChildProcess
let port: number

function nextMessage<T>(): Promise<T> {
  return new Promise((resolve) => server.once('message', (message) => resolve(message as T)))
}

async function ask(question: 'reset' | 'report'): Promise<{ grownBytes: number; codes: string[] }> {
  const report = nextMessage<{ grownBytes: number; codes: string[] }>()
  server.send(question)
  return report
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  const outfile = join(folder, 'server.mjs')
  await build({
    entryPoints: [join(here, 'server.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { 'gallabox-webhooks/node': join(here, '../../src/adapters/node.ts') },
  })
  server = fork(outfile, { execArgv: ['--expose-gc'] })
  port = (await nextMessage<{ port: number }>()).port
  // The first requests allocate memory that is allocated only once.
  for (let i = 0; i < 200; i++) await deliver({}, [Buffer.alloc(4096, 32)])
})

afterAll(() => {
  server.kill()
  rmSync(folder, { recursive: true })
})

/** Sends a chunked body as fast as the server reads it, until the end or until the server closes the connection. */
async function deliver(headers: Record<string, string>, parts: Iterable<Buffer>): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let response = ''
  socket.on('data', (data) => {
    response += data.toString('latin1')
  })
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const lines = Object.entries({ ...headers, 'transfer-encoding': 'chunked' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${lines.join('')}\r\n`)
  for (const part of parts) {
    if (socket.destroyed) break
    if (!socket.write(part)) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))])
  }
  if (!socket.destroyed) socket.write('0\r\n\r\n')
  await closed
  return response
}

/** Yields a body in chunked encoding, in packets of about 64 KiB. */
function* chunks(totalBytes: number, chunkBytes: number): Generator<Buffer> {
  const chunk = Buffer.concat([
    Buffer.from(`${chunkBytes.toString(16)}\r\n`),
    Buffer.alloc(chunkBytes, 32),
    Buffer.from('\r\n'),
  ])
  const group = Math.max(1, Math.floor(65_536 / chunkBytes))
  const packet = Buffer.concat(Array<Buffer>(group).fill(chunk))
  for (let sent = 0; sent < totalBytes; sent += group * chunkBytes) yield packet
}

test.for<[string, Record<string, string>, string]>([
  ['without a signature', {}, 'signature-missing'],
  ['with a bad signature', { 'x-gallabox-signature': signBody('another body', secret) }, 'body-too-large'],
])('64 MiB %s costs less than 8 MB', async ([title, headers, code], { task }) => {
  await ask('reset')
  await deliver(headers, chunks(64 * mib, 65_536))
  const { grownBytes, codes } = await ask('report')
  expect(codes).toEqual([code])
  expectWithin(task, { subject: `memory for 64 MiB ${title}`, measured: grownBytes / 1e6, limit: 8, unit: 'MB' })
})

test('1 MiB in one-byte chunks over eight connections costs less than 16 MB a connection', async ({ task }) => {
  const headers = { 'x-gallabox-signature': signBody('another body', secret) }
  await ask('reset')
  const responses = await Promise.all(Array.from({ length: 8 }, () => deliver(headers, chunks(mib, 1))))
  const { grownBytes, codes } = await ask('report')
  expect(codes).toEqual(Array(8).fill('signature-mismatch'))
  for (const response of responses) expect(response).toMatch(/^HTTP\/1\.1 401 /)
  const measured = grownBytes / 8 / 1e6
  expectWithin(task, {
    subject: 'memory for 1 MiB in one-byte chunks, per connection',
    measured,
    limit: 16,
    unit: 'MB',
  })
})
