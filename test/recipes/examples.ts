// Runs the programs of examples/recipes with the built package.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type SignedDelivery, samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { root, useChildren } from '../support/children.js'

export const secret = 'whsec_Jg8mZ2vQ ₹'

const folder = join(root, 'examples/recipes')
const children = useChildren()

/** Returns a signed text message with some members replaced. A secret of null means no signature. */
export function message(changes: object = {}, signingSecret: string | null = secret): SignedDelivery {
  return signDelivery(
    'Message.Received',
    { ...samplePayload('Message.Received'), ...changes },
    { secret: signingSecret },
  )
}

/** Starts a server on a free port. `lines` returns what it has printed. */
export async function startExample(file: string, env: NodeJS.ProcessEnv = {}) {
  const port = await findFreePort()
  const { child, lines } = spawnExample(file, { PORT: `${port}`, ...env })
  const origin = `http://127.0.0.1:${port}`
  for (let attempt = 0; !(await accepts(origin)); attempt++) {
    if (attempt === 200 || child.exitCode !== null) throw new Error(`${file} does not listen: ${lines().join('\n')}`)
    await sleep(50)
  }
  async function send(path: string, { headers, body }: Pick<SignedDelivery, 'headers' | 'body'>) {
    const response = await fetch(origin + path, { method: 'POST', headers, body })
    return { status: response.status, body: await response.text() }
  }
  return {
    lines,
    send,
    /** Sends deliveries one after the other, and returns their statuses. */
    async sendAll(path: string, ...deliveries: readonly Pick<SignedDelivery, 'headers' | 'body'>[]) {
      const statuses: number[] = []
      for (const delivery of deliveries) statuses.push((await send(path, delivery)).status)
      return statuses
    },
  }
}

/** Runs a program to its end and returns what it has printed. */
export async function runExample(file: string, env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const { child, lines } = spawnExample(file, env)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${file} exits with ${code}: ${lines().join('\n')}`)
  return lines()
}

function spawnExample(file: string, env: NodeJS.ProcessEnv) {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [join(folder, file)], {
    env: { PATH: process.env.PATH, GALLABOX_WEBHOOK_SECRET: secret, ...env },
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return { child, lines: () => output.split('\n').filter((line) => line !== '') }
}

async function accepts(origin: string): Promise<boolean> {
  return fetch(origin).then(
    () => true,
    () => false,
  )
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
