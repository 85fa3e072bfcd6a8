// The routes of the log page: files, the stream of rows, payloads, search, and sending a delivery again.
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { decodeUtf8 } from '../../../platform/bytes.js'
import { type LogEntry, toRow } from './entry.js'
import { formatPayload } from './format-payload.js'
import type { EntryLog } from './log.js'
import { createCookie, isCorrectKey, isFromThisMachine, readCookie } from './page-access.js'

export const pagePath = '/_log'

export interface PageOptions {
  readonly log: EntryLog
  /** The value of `?key=` that opens the page. */
  readonly key: string
  /** Sends a delivery again. */
  readonly resend: (entry: LogEntry) => Promise<{ readonly status: number }>
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

/** Returns true if a request is for the log page, not a delivery. */
export function isPageRequest({ url }: IncomingMessage): boolean {
  const [path = ''] = (url as string).split('?')
  return path === pagePath || path.startsWith(`${pagePath}/`)
}

/** Creates the function that handles the requests of the log page. */
export function createPageHandler({ log, key, resend }: PageOptions) {
  // Read at startup, so that an incomplete installation fails immediately.
  const fileRoutes = Object.entries(files).map(([path, [name, type]]) => {
    const content = readFileSync(new URL(`./log-page/${name}`, import.meta.url))
    return [`GET ${path}`, ((_req, res) => respond(res, 200, content, type)) satisfies Route] as const
  })
  const routes: Readonly<Record<string, Route>> = {
    ...Object.fromEntries(fileRoutes),
    'GET /events': (_req, res, url) => streamRows(log, res, hasShowContacts(url)),
    'GET /search': (_req, res, url) => respondJson(res, searchLog(log, url.searchParams.get('q') ?? '')),
    'GET /deliveries': withEntry((entry, res, url) => respondJson(res, describeEntry(entry, hasShowContacts(url)))),
    'POST /deliveries': withEntry(async (entry, res) => {
      const { status } = await resend(entry)
      respondJson(res, { status })
    }),
  }

  function withEntry(handle: (entry: LogEntry, res: ServerResponse, url: URL) => unknown): Route {
    return (_req, res, url, id) => {
      const entry = log.get(id)
      return entry ? handle(entry, res, url) : respond(res, 404, 'This delivery is no longer in the log.')
    }
  }

  return async function handlePageRequest(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!isFromThisMachine(req)) return respond(res, 403, 'Only this machine can open the log.')
    const url = new URL(req.url as string, 'http://localhost')
    if (await isCorrectKey(url.searchParams.get('key'), key)) {
      const cookie = createCookie(req, key, pagePath)
      res.writeHead(303, { ...securityHeaders, location: pagePath, 'set-cookie': cookie }).end()
      return
    }
    if (!(await isCorrectKey(readCookie(req), key)))
      return respond(res, 403, 'The key is missing. Open the URL that the command printed.')
    const [path = '', id = ''] = url.pathname
      .slice(pagePath.length)
      .replace(/\/$/, '')
      .split(/(?<=^\/deliveries)\//)
    const route = Object.hasOwn(routes, `${req.method} ${path}`) ? routes[`${req.method} ${path}`] : undefined
    if (!route) return respond(res, 404, 'Not found.')
    await route(req, res, url, id)
  }
}

function hasShowContacts(url: URL): boolean {
  return url.searchParams.has('show-contacts')
}

// The limit for a page that stops reading. Its browser then reconnects.
const maxPendingBytes = 16 * 1024 * 1024

function streamRows(log: EntryLog, res: ServerResponse, showContacts: boolean): void {
  res.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream' })
  const send = (name: string, data: unknown) => {
    res.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    if (res.writableLength > maxPendingBytes) res.destroy()
  }
  const sendDropped = (dropped: readonly LogEntry[]) =>
    send('dropped', { count: log.dropped(), ids: dropped.map(({ id }) => id) })
  const rows = log.entries().map((entry) => toRow(entry, showContacts))
  send('rows', rows)
  if (log.dropped() > 0) sendDropped([])
  const unsubscribe = log.subscribe((entry, dropped) => {
    send('row', toRow(entry, showContacts))
    if (dropped.length > 0) sendDropped(dropped)
  })
  res.on('close', unsubscribe)
}

/** Returns the ids of the entries that contain a string. */
function searchLog(log: EntryLog, query: string): readonly string[] {
  const lowerCase = query.toLowerCase()
  const matches = log.entries().filter((entry) => getSearchText(entry).toLowerCase().includes(lowerCase))
  return matches.map(({ id }) => id)
}

function getSearchText({ id, event, diagnosis, body }: LogEntry): string {
  return [id, event, diagnosis.code, diagnosis.message, decodeUtf8(body) ?? ''].join('\n')
}

function describeEntry(entry: LogEntry, showContacts: boolean) {
  const { method, body } = entry
  const text = decodeUtf8(body)
  const headers = entry.headers.map(([name, value]) => [name, isPublicHeader(name) ? value : '•••'])
  return { method, headers, payload: text === undefined ? '(not UTF-8)' : formatPayload(text, showContacts) }
}

// A signature is a credential, and a custom header can be one.
function isPublicHeader(name: string): boolean {
  return /^(x-event-name|content-type|content-length|user-agent|host|accept|connection|date)$/i.test(name)
}

function respond(
  res: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=utf-8',
): void {
  res.writeHead(status, { ...securityHeaders, 'content-type': type }).end(body)
}

function respondJson(res: ServerResponse, value: unknown): void {
  respond(res, 200, JSON.stringify(value), 'application/json')
}
