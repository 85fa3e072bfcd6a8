// The receivers of docs/guides/other-languages.md, each started and sent: every test vector with its secret, and doctor.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { secret } from '../cli/receivers/by-hand.js'
import { runDoctor } from '../cli/receivers/run-doctor.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const examples = join(import.meta.dirname, '../../examples/other-languages')
const page = readFileSync(join(import.meta.dirname, '../../docs/guides/other-languages.md'), 'utf8')
const folder = temporaryFolder()

interface Receiver {
  readonly file: string
  /** The command that fails where the language is not installed. */
  readonly probe: readonly string[]
  /** Compiles the file, if the language needs it. */
  readonly build?: readonly string[]
  readonly command: readonly string[]
}

// Debian installs FastAPI for its own Python only.
const hasFastApi = (python: string) => spawnSync(python, ['-c', 'import fastapi, uvicorn']).status === 0
const python = hasFastApi('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

const receivers: readonly Receiver[] = [
  { file: 'receiver.py', probe: ['python3', '--version'], command: ['python3', 'receiver.py'] },
  {
    file: 'receiver_fastapi.py',
    probe: [python, '-c', 'import fastapi, uvicorn'],
    command: [python, '-m', 'uvicorn', 'receiver_fastapi:app', '--port', '3000', '--log-level', 'error'],
  },
  {
    file: 'receiver.php',
    probe: ['php', '--version'],
    command: ['php', '-d', 'enable_post_data_reading=0', '-S', '127.0.0.1:3000', 'receiver.php'],
  },
  {
    file: 'receiver.go',
    probe: ['go', 'version'],
    build: ['go', 'build', '-o', 'receiver', 'receiver.go'],
    command: ['./receiver'],
  },
]

interface Vector {
  readonly title: string
  readonly secret: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly method?: string
  readonly code?: string
}

// Only what these receivers can tell: signatures in base64, with one secret, and headers that fetch() can send.
const vectors = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../vectors/delivery.json'), 'utf8')) as Vector[]
).filter(
  ({ secret, method = 'POST', headers, code = 'body-not-json' }) =>
    secret === 'whsec_Jg8mZ2vQ ₹' &&
    method === 'POST' &&
    headers['x-gallabox-signature']?.length === 44 &&
    !('content-length' in headers) &&
    Object.values(headers).every((value) => /^[\t\x20-\x7E\x80-\xFF]*$/.test(value)) &&
    /^(body-not-|signature-mismatch)/.test(code),
)

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

/** Starts a receiver on a free port. Returns its URL. */
async function start({ file, build, command }: Receiver, secretOfReceiver: string): Promise<string> {
  const port = await findFreePort()
  const onPort = (text: string) => text.replace('3000', String(port))
  writeFileSync(join(folder, file), onPort(readFileSync(join(examples, file), 'utf8')))
  const env = {
    ...process.env,
    GALLABOX_WEBHOOK_SECRET: secretOfReceiver,
    PYTHONDONTWRITEBYTECODE: '1',
    GOCACHE: join(folder, 'go'),
    GOFLAGS: '-mod=mod',
  }
  if (build)
    expect(spawnSync(build[0] as string, build.slice(1), { cwd: folder, env, encoding: 'utf8' }).stderr).toBe('')
  const [program = '', ...args] = command.map(onPort)
  running.push(spawn(program, args, { cwd: folder, env, stdio: 'ignore' }))
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await accepts(port)) return `http://127.0.0.1:${port}/webhooks/gallabox`
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${program} does not listen.`)
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

describe.each(receivers)('$file', (receiver) => {
  const source = readFileSync(join(examples, receiver.file), 'utf8')
  const [program = '', ...args] = receiver.probe
  const isInstalled = spawnSync(program, args).status === 0
  if (!isInstalled) console.warn(`NOT CHECKED: ${receiver.file} was not started, because ${args.join(' ')} failed.`)

  test('is on the page, in at most 25 lines without the blank ones', () => {
    expect(page).toContain(`\n${source}\`\`\`\n`)
    expect(source.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(25)
  })

  test.skipIf(!isInstalled)('accepts exactly the vectors whose signature is valid', async () => {
    const url = await start(receiver, 'whsec_Jg8mZ2vQ ₹')
    expect(vectors.length).toBeGreaterThan(100)
    for (const { title, headers, body, code } of vectors) {
      const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body, 'base64') })
      await response.arrayBuffer()
      const expected = code === 'signature-mismatch' ? [401] : [200, 400]
      expect(expected, title).toContain(response.status)
    }
  })

  test.skipIf(!isInstalled)('rejects the empty key where the secret is missing', async () => {
    const url = await start(receiver, '').catch(() => undefined)
    if (!url) return
    const signature = createHmac('sha256', '').update('{}').digest('base64')
    const response = await fetch(url, { method: 'POST', headers: { 'x-gallabox-signature': signature }, body: '{}' })
    expect([401, 500]).toContain(response.status)
  })

  test.skipIf(!isInstalled)('passes doctor', async () => {
    const { code, results } = await runDoctor(await start(receiver, secret))
    expect({ code, failed: results.failed }).toEqual({ code: 0, failed: undefined })
  })
})
