// The command listen as it runs in this process, and a page that looks on. Each run ends when its test does.
import { request } from 'node:http'
import { afterEach } from 'vitest'
import { type CliOptions, type CliResult, runCli } from './cli.js'
import { secret } from './receiving.js'

export const env = { GALLABOX_WEBHOOK_SECRET: secret }

/** What a browser would send to the page of each address. */
const cookies = new Map<string, string>()

const ending: (() => Promise<CliResult>)[] = []
afterEach(() => Promise.all(ending.splice(0).map((end) => end())))

/** Starts the command on a free port. */
export async function startListening(args: readonly string[] = [], options: CliOptions = {}) {
  const stopping = new AbortController()
  const printed: string[] = []
  const noted: string[] = []
  let done: Promise<CliResult> | undefined
  const url = await new Promise<string>((resolve, reject) => {
    done = runCli(['listen', '--port', '0', ...args], {
      env,
      signal: stopping.signal,
      onPrint: (text) => printed.push(text),
      onNote(text) {
        noted.push(text)
        const [, address] = /Listening on (\S+)/.exec(text) ?? []
        if (!address) return
        const url = address.replace('localhost', '127.0.0.1')
        const [, key] = /_log\?key=(\S+)/.exec(text) ?? []
        cookies.set(url, `gallabox-webhooks-${new URL(url).port}=${key}`)
        resolve(url)
      },
      ...options,
    })
    done.then(({ err }) => reject(new Error(err)))
  })
  const end = () => {
    stopping.abort()
    return done as Promise<CliResult>
  }
  ending.push(end)
  return { url, printed, noted, end }
}

/** Asks the page, with any headers besides the cookie that opens it. */
export function ask(url: string, path: string, { method = 'GET', ...more }: Record<string, string> = {}) {
  const headers = { cookie: cookies.get(url), ...more }
  return new Promise<{ status: number; headers: NodeJS.Dict<unknown>; body: string }>((resolve, reject) => {
    const asking = request(`${url}${path}`, { method, headers }, async (res) => {
      let body = ''
      for await (const chunk of res) body += chunk
      resolve({ status: res.statusCode as number, headers: res.headers, body })
    })
    asking.on('error', reject).end()
  })
}

/** What the page is told of what has left the log. */
interface Dropped {
  readonly count: number
  readonly ids: readonly string[]
}

/** Reads the events that the page gets: the rows in them, and what was dropped. */
export async function watch(url: string, query = '', dropped: Dropped[] = []) {
  const rows: { id: string; event: string; who: string; text: string; [more: string]: unknown }[] = []
  const asking = request(`${url}/_log/events${query}`, { headers: { cookie: cookies.get(url) } }, (res) => {
    let text = ''
    res.on('data', (chunk) => {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() as string
      for (const [name, data] of blocks.map((block) => block.slice('event: '.length).split('\ndata: '))) {
        const read = JSON.parse(data as string)
        if (name === 'dropped') dropped.push(read)
        else rows.push(...[read].flat())
      }
    })
  })
  asking.on('error', () => {}).end()
  ending.push(async () => void asking.destroy() as never)
  await new Promise((resolve) => asking.on('response', resolve))
  return rows
}
