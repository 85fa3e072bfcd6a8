import { randomHex } from '../../../platform/random-hex.js'
import type { Command } from '../../shared/command.js'
import { parseInteger, parseOptions, parseUrl, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode, type Terminal } from '../../shared/terminal.js'
import { createIntroduction, withoutCredentials } from './introduction.js'
import { createLog } from './log.js'
import { createPageHandler, pagePath } from './page.js'
import { createPrintFilter } from './print-filter.js'
import { createRequestHandler } from './receive.js'
import { createRecorder } from './recorder.js'
import { startServer } from './server.js'
import { createTerminalLog } from './terminal-log.js'

export const listen: Command = {
  summary: 'receive deliveries on this machine, and explain why they are rejected',
  help: `Usage: gallabox-webhooks listen [options]

Receives deliveries on every path of http://localhost:4567, verifies them and
prints one line for each, with the reason if it is rejected. Also serves a log
page with payloads, a search and a button to send a delivery again. Its URL is
printed at the start and contains a key: keep it private.

Only this machine can connect. Use a tunnel to receive from Gallabox. The log
page is not reachable through a tunnel. Without a secret, every delivery is
accepted and shown as not verified.

  --port <n>            default: 4567; 0 selects a free port
  --forward-to <url>    forward unchanged bytes and headers, verified or not,
                        and send back the response
  --record <file>       append verified deliveries to a file, for replay; it
                        contains signatures: keep it private
  --show-contacts       do not redact names, phone numbers and messages
  --timeout <ms>        timeout of --forward-to; default: 30000
  --secret <secret>     the webhook's secret; repeatable

What to print. The log page shows, and --record and --forward-to take, all:
  --event <name>        only this event; repeatable
  --status <status>     only verified, rejected or failed; repeatable. Failed:
                        your server is unreachable or its response is wrong,
                        for example it accepts an unverified delivery
  --json                print each delivery as a line of JSON

Ctrl-C ends it. Exit codes: 0 ended, 2 usage error.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      port: { type: 'string' },
      'forward-to': { type: 'string' },
      record: { type: 'string' },
      'show-contacts': { type: 'boolean' },
      timeout: { type: 'string' },
      secret: { type: 'string', multiple: true },
      event: { type: 'string', multiple: true },
      status: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    })
    if (positionals.length > 0) throw new UsageError('listen takes only options, such as --port 4567.')
    const { 'forward-to': forwardTo, 'show-contacts': showContacts = false, record, json = false } = values
    const port = parseInteger('port', values.port, 4567, { min: 0, max: 65_535 })
    const forwardUrl = forwardTo === undefined ? undefined : parseUrl('--forward-to', forwardTo)
    if (forwardUrl && isOwnUrl(forwardUrl, port))
      throw new UsageError('--forward-to is the URL of listen itself. Pass the URL of your server.')
    const secret = findSecrets(values.secret, terminal)
    const hasSecret = secret.length > 0
    if (record !== undefined && !hasSecret)
      throw new UsageError('--record needs the secret, because it records only verified deliveries.')
    const isWanted = createPrintFilter({ events: values.event, statuses: values.status, hasSecret })
    const log = createLog()
    const handleDelivery = createRequestHandler({
      secret,
      log,
      record: record === undefined ? undefined : await createRecorder(record, terminal.note),
      forwardTo: forwardUrl,
      timeoutMs: parseInteger('timeout', values.timeout, 30_000),
      signal: terminal.signal,
    })
    log.subscribe(createTerminalLog(terminal, { showContacts, json, isWanted }))
    const key = randomHex(16)
    const state = {
      url: '',
      forwardTo: forwardUrl ? withoutCredentials(forwardUrl) : null,
      hasSecret,
      token: randomHex(16),
    }
    const handlePageRequest = createPageHandler({
      log,
      key,
      // The port is not available before the server has started.
      state: () => state,
      curlUrl: () => (forwardUrl ? withoutUser(forwardUrl) : state.url),
      resend: forwardUrl && (({ id, ...entry }) => handleDelivery({ ...entry, resentFrom: id })),
    })
    const server = await startServer({ port, handleDelivery, handlePageRequest, onProblem: terminal.note })

    state.url = `http://localhost:${server.port}`
    terminal.note(createIntroduction({ ...state, pageUrl: `${state.url}${pagePath}?key=${key}` }))
    await waitForAbort(terminal.signal)
    await server.close()
    return exitCode.ok
  },
}

/** Returns the secrets like `requireSecrets`, or an empty list if there are none. */
function findSecrets(values: readonly string[] | undefined, terminal: Terminal): readonly string[] {
  const hasSecret = values !== undefined || terminal.env.GALLABOX_WEBHOOK_SECRET !== undefined
  return hasSecret ? requireSecrets(values, terminal) : []
}

function withoutUser(url: URL): string {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  return copy.href
}

// Forwarding to itself would loop until every request times out.
function isOwnUrl({ protocol, hostname, port }: URL, ownPort: number): boolean {
  const isLocal = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname)
  return isLocal && Number(port || (protocol === 'https:' ? 443 : 80)) === ownPort
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
