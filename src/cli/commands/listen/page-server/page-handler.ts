// The routes of the log page: files, the stream of rows, details, search, sending a delivery again, and clearing.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { decodeUtf8 } from '../../../../platform/bytes.js'
import type { LogEntry } from '../entry.js'
import type { EntryLog } from '../log.js'
import { readPageFiles } from '../page-files.js'
import { createCookie, isCorrectKey, isFromThisMachine, readCookie } from './access.js'
import { createCurlCommand } from './curl.js'
import { describeEntry } from './details.js'
import type { RunState } from './protocol.js'
import { respond, respondJson, securityHeaders } from './response.js'
import { streamRows } from './stream.js'

export const pagePath = '/_log'

/** The header of the token, which another site's page cannot send. */
const tokenHeader = 'x-log-token'

export interface PageOptions {
  readonly log: EntryLog
  /** The value of `?key=` that opens the page. */
  readonly key: string
  /** Returns the state, which contains the token. */
  readonly state: () => RunState
  /** The URL of the command that the page copies. */
  readonly curlUrl: () => string
  /** Sends a delivery again. Undefined if there is no server to send it to. */
  readonly resend: ((entry: LogEntry) => Promise<{ readonly status: number }>) | undefined
}

type Route = (req: IncomingMessage, res: ServerResponse, url: URL, id: string) => unknown

/** Returns true if a request is for the log page, not a delivery. */
export function isPageRequest({ url }: IncomingMessage): boolean {
  const [path = ''] = (url as string).split('?')
  return path === pagePath || path.startsWith(`${pagePath}/`)
}

/** Creates the function that handles the requests of the log page. */
export function createPageHandler({ log, key, state, curlUrl, resend }: PageOptions) {
  const files = readPageFiles()
  const routes: Readonly<Record<string, Route>> = {
    'GET /events': (_req, res, url) => streamRows(log, state(), res, hasShowContacts(url)),
    'GET /search': (_req, res, url) => respondJson(res, searchLog(log, url.searchParams.get('q') ?? '')),
    'GET /deliveries/:id': withEntry((entry, res, url) => respondJson(res, describeEntry(entry, hasShowContacts(url)))),
    'GET /deliveries/:id/curl': withEntry((entry, res) => respond(res, 200, createCurlCommand(entry, curlUrl()))),
    'POST /deliveries/:id': withEntry(async (entry, res) => {
      if (!resend) return respond(res, 409, 'There is no server to send it to. Start listen with --forward-to <url>.')
      const { status } = await resend(entry)
      respondJson(res, { status })
    }),
    'POST /clear': (_req, res) => {
      log.clear()
      respondJson(res, {})
    },
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
    // Only the page can read the token, so a request that another page forges does not contain it.
    if (req.method === 'POST' && !(await isCorrectKey(req.headers[tokenHeader]?.toString(), state().token)))
      return respond(res, 403, 'The token is missing. Reload the page.')
    const path = url.pathname.slice(pagePath.length).replace(/\/$/, '')
    const file = req.method === 'GET' ? files.get(path) : undefined
    if (file) return respond(res, 200, file.content, file.type)
    const [, id = ''] = /^\/deliveries\/([^/]+)/.exec(path) ?? []
    const name = `${req.method} ${id ? path.replace(id, ':id') : path}`
    const route = Object.hasOwn(routes, name) ? routes[name] : undefined
    if (!route) return respond(res, 404, 'Not found.')
    await route(req, res, url, id)
  }
}

function hasShowContacts(url: URL): boolean {
  return url.searchParams.has('show-contacts')
}

/** Returns the ids of the entries that contain a string. */
function searchLog(log: EntryLog, query: string): readonly string[] {
  const lowerCase = query.toLowerCase()
  const matches = log.entries().filter((entry) => getSearchText(entry).toLowerCase().includes(lowerCase))
  return matches.map(({ id }) => id)
}

function getSearchText({ event, diagnosis, body }: LogEntry): string {
  return [event, diagnosis.code, diagnosis.message, decodeUtf8(body) ?? ''].join('\n')
}
