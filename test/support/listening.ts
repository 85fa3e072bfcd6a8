// Runs the command listen in this process, with a client of its log page. Each run ends with its test.
import { request } from 'node:http'
import { afterEach } from 'vitest'
import { type CliOptions, type CliResult, runCli } from './cli.js'
import { secret } from './receiving.js'

export const env = { GALLABOX_WEBHOOK_SECRET: secret }

/** What the page's stream says first. */
interface PageState {
  readonly url: string
  readonly forwardTo: string | null
  readonly hasSecret: boolean
  readonly token: string
}

/** The cookie that opens the log page of each URL. */
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
        const [, localUrl] = /Listening on (\S+)/.exec(text) ?? []
        if (!localUrl) return
        const url = localUrl.replace('localhost', '127.0.0.1')
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

/** Sends a request with the page's cookie. */
export function requestPage(
  url: string,
  path: string,
  { method = 'GET', ...otherHeaders }: Record<string, string> = {},
) {
  const headers = { cookie: cookies.get(url), ...otherHeaders }
  return new Promise<{ status: number; headers: NodeJS.Dict<unknown>; body: string }>((resolve, reject) => {
    const pageRequest = request(`${url}${path}`, { method, headers }, async (res) => {
      let body = ''
      for await (const chunk of res) body += chunk
      resolve({ status: res.statusCode as number, headers: res.headers, body })
    })
    pageRequest.on('error', reject).end()
  })
}

/** Sends a POST request of the page, with its token and origin. */
export async function postToPage(url: string, path: string, headers: Record<string, string> = {}) {
  const origin = `http://localhost:${new URL(url).port}`
  const { token } = await readState(url)
  return requestPage(url, path, { method: 'POST', origin, 'x-log-token': token, ...headers })
}

/** The event that reports dropped entries. */
interface DroppedReport {
  readonly count: number
  readonly ids: readonly string[]
}

/** Reads the event stream of the page. Returns its rows, and adds its reports of dropped entries to the list. */
export async function watch(url: string, query = '', dropped: DroppedReport[] = []) {
  const rows: { id: string; event: string; contact: string; text: string; [member: string]: unknown }[] = []
  await readStream(url, query, (name, data) => {
    if (name === 'dropped') dropped.push(data as DroppedReport)
    else if (name === 'rows') rows.splice(0, rows.length, ...(data as typeof rows))
    else if (name === 'row') rows.push(data as (typeof rows)[number])
  })
  return rows
}

/** Returns the state that the page gets first. */
export function readState(url: string): Promise<PageState> {
  return new Promise((resolve, reject) => {
    readStream(url, '', (name, data) => name === 'state' && resolve(data as PageState)).catch(reject)
  })
}

async function readStream(url: string, query: string, onEvent: (name: string, data: unknown) => void): Promise<void> {
  const streamRequest = request(`${url}/_log/events${query}`, { headers: { cookie: cookies.get(url) } }, (res) => {
    let text = ''
    res.on('data', (chunk) => {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() as string
      for (const [name, data] of blocks.map((block) => block.slice('event: '.length).split('\ndata: ')))
        onEvent(name as string, JSON.parse(data as string))
    })
  })
  streamRequest.on('error', () => {}).end()
  ending.push(async () => void streamRequest.destroy() as never)
  await new Promise((resolve) => streamRequest.on('response', resolve))
}
