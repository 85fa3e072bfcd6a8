// The log page's own addresses: its files, the rows as they come, a payload, a search, and sending again.
// It must not know deliveries that are not in the log. Who may ask is decided here, before anything else: who has the key,
// and asks from this machine.
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { decodeUtf8 } from '../../../platform/bytes.js'
import { equalsInConstantTime } from '../../../signature/hmac.js'
import type { Entry } from './entry.js'
import type { DeliveryLog } from './log.js'
import { maskPayload } from './mask.js'
import { toRow } from './row.js'

export const pagePath = '/_log'

export interface PageOptions {
  readonly log: DeliveryLog
  /** What the page's address must have as `?key=` once. */
  readonly key: string
  /** Sends a delivery once more. */
  readonly resend: (entry: Entry) => Promise<{ readonly status: number }>
}

type Route = (req: IncomingMessage, res: ServerResponse, url: URL, id: string) => unknown

const files = {
  '': ['index.html', 'text/html; charset=utf-8'],
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
  '/client.js': ['client.js', 'text/javascript; charset=utf-8'],
} as const

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Tells whether a request is for the page rather than a delivery. */
export function isForPage({ url }: IncomingMessage): boolean {
  const [path = ''] = (url as string).split('?')
  return path === pagePath || path.startsWith(`${pagePath}/`)
}

/** Creates what answers the page's requests. */
export function createPage({ log, key, resend }: PageOptions) {
  // Read at start, so that a broken installation is noticed then.
  const contents = Object.entries(files).map(([path, [name, type]]) => {
    const content = readFileSync(new URL(`./log-page/${name}`, import.meta.url))
    return [`GET ${path}`, ((_req, res) => reply(res, 200, content, type)) satisfies Route] as const
  })
  const routes: Readonly<Record<string, Route>> = {
    ...Object.fromEntries(contents),
    'GET /events': (_req, res, url) => streamRows(log, res, isUnmasked(url)),
    'GET /search': (_req, res, url) => replyJson(res, search(log, url.searchParams.get('q') ?? '')),
    'GET /deliveries': withEntry((entry, res, url) => replyJson(res, describe(entry, isUnmasked(url)))),
    'POST /deliveries': withEntry(async (entry, res) => {
      const { status } = await resend(entry)
      replyJson(res, { status })
    }),
  }

  function withEntry(answer: (entry: Entry, res: ServerResponse, url: URL) => unknown): Route {
    return (_req, res, url, id) => {
      const entry = log.get(id)
      return entry ? answer(entry, res, url) : reply(res, 404, 'It is not in the log any more.')
    }
  }

  async function isKey(given: string | null | undefined): Promise<boolean> {
    return typeof given === 'string' && (await equalsInConstantTime(given, key))
  }

  return async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!isFromHere(req)) return reply(res, 403, 'The log is for this machine alone.')
    const url = new URL(req.url as string, 'http://localhost')
    if (await isKey(url.searchParams.get('key'))) {
      // Strict: no page of another site can make a browser send it.
      const cookie = `${cookieName(req)}=${key}; Path=${pagePath}; HttpOnly; SameSite=Strict`
      res.writeHead(303, { ...securityHeaders, location: pagePath, 'set-cookie': cookie }).end()
      return
    }
    if (!(await isKey(cookieOf(req))))
      return reply(res, 403, 'Open the address that the command has printed: it holds a key.')
    const [path = '', id = ''] = url.pathname
      .slice(pagePath.length)
      .replace(/\/$/, '')
      .split(/(?<=^\/deliveries)\//)
    const route = Object.hasOwn(routes, `${req.method} ${path}`) ? routes[`${req.method} ${path}`] : undefined
    if (!route) return reply(res, 404, 'There is nothing here.')
    await route(req, res, url, id)
  }
}

// Cookies are of a host, whatever the port: each of several listeners has its own.
function cookieName({ socket }: IncomingMessage): string {
  return `gallabox-webhooks-${socket.localPort}`
}

function cookieOf(req: IncomingMessage): string | undefined {
  const start = `${cookieName(req)}=`
  const cookies = (req.headers.cookie ?? '').split('; ')
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length)
}

// A page of another site can send requests here, and a name of its own can lead here; a tunnel forwards strangers.
function isFromHere({ method, headers, socket }: IncomingMessage): boolean {
  const here = namesOfHere(socket.localPort as number)
  if (!here.includes(headers.host as string)) return false
  if (Object.keys(headers).some((name) => /^(x-forwarded-|forwarded$|via$|x-real-ip$|cf-)/.test(name))) return false
  const { origin } = headers
  return origin === undefined ? method === 'GET' : here.includes(origin.replace(/^http:\/\//, ''))
}

// Port 80 goes without saying.
function namesOfHere(port: number): readonly string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === 80 ? name : `${name}:${port}`))
}

function isUnmasked(url: URL): boolean {
  return url.searchParams.has('unmasked')
}

// What a page that does not read may leave waiting here. It connects anew by itself.
const maxWaitingBytes = 16 * 1024 * 1024

function streamRows(log: DeliveryLog, res: ServerResponse, unmasked: boolean): void {
  res.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream' })
  const send = (name: string, data: unknown) => {
    res.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    if (res.writableLength > maxWaitingBytes) res.destroy()
  }
  send(
    'all',
    log.entries().map((entry) => toRow(entry, unmasked)),
  )
  const sendDropped = (dropped: readonly Entry[]) =>
    send('dropped', { count: log.dropped(), ids: dropped.map(({ id }) => id) })
  if (log.dropped() > 0) sendDropped([])
  const unsubscribe = log.subscribe((entry, dropped) => {
    send('one', toRow(entry, unmasked))
    if (dropped.length > 0) sendDropped(dropped)
  })
  res.on('close', unsubscribe)
}

function search(log: DeliveryLog, query: string): readonly string[] {
  const wanted = query.toLowerCase()
  const found = log.entries().filter((entry) => textOf(entry).toLowerCase().includes(wanted))
  return found.map(({ id }) => id)
}

function textOf({ id, event, verdict, body }: Entry): string {
  return [id, event, verdict.code, verdict.message, decodeUtf8(body) ?? ''].join('\n')
}

function describe(entry: Entry, unmasked: boolean) {
  const { headers, method, body } = entry
  const text = decodeUtf8(body)
  const shown = headers.map(([name, value]) => [name, isSecret(name) ? '•••' : value])
  return { method, headers: shown, payload: text === undefined ? '(no text)' : showPayload(text, unmasked) }
}

// A signature is a pass, and static headers are half of one.
function isSecret(name: string): boolean {
  return !/^(x-event-name|content-type|content-length|user-agent|host|accept|connection|date)$/i.test(name)
}

function showPayload(text: string, unmasked: boolean): string {
  try {
    const payload: unknown = JSON.parse(text)
    return JSON.stringify(unmasked ? payload : maskPayload(payload), null, 2)
  } catch {
    // No JSON, or too deep to be walked through: there is nothing to tell a name by.
    return unmasked ? text : 'It is no JSON that could be masked. It is shown with names and phones.'
  }
}

function reply(
  res: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=utf-8',
): void {
  res.writeHead(status, { ...securityHeaders, 'content-type': type }).end(body)
}

function replyJson(res: ServerResponse, value: unknown): void {
  reply(res, 200, JSON.stringify(value), 'application/json')
}
