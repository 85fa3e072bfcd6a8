import { randomHex } from '../../../platform/random-hex.js'
import { defineCommand } from '../../shared/command.js'
import { parseInteger, parseUrl, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode, type Terminal } from '../../shared/terminal.js'
import { createIntroduction, withoutCredentials } from './introduction.js'
import { createLog } from './log.js'
import { createPageHandler, pagePath } from './page-server/page-handler.js'
import { createPrintFilter } from './print-filter.js'
import { createRequestHandler } from './receive.js'
import { createRecorder } from './recorder.js'
import { startServer } from './server.js'
import { createTerminalLog } from './terminal-log.js'

export const listen = defineCommand({
  name: 'listen',
  summary: 'receive deliveries on this machine, and explain why they are rejected',
  operands: '',
  about: `Receives deliveries on every path of http://localhost:4567, verifies them and
prints one line for each, with the reason if it is rejected. Also serves a log
page with payloads, a search and a button to send a delivery again. Its URL is
printed at the start and contains a key: keep it private.

Only this machine can connect. Use a tunnel to receive from Gallabox. The log
page is not reachable through a tunnel. Without a secret, every delivery is
accepted and shown as not verified.`,
  options: {
    port: { type: 'string', value: '<n>', help: 'the port; 0 selects a free one; default: 4567' },
    'forward-to': {
      type: 'string',
      value: '<url>',
      help: 'forward unchanged bytes and headers, verified or not, and send back the response',
    },
    record: {
      type: 'string',
      value: '<file>',
      help: 'append verified deliveries to a file, for replay; it contains signatures: keep it private',
    },
    'show-contacts': { type: 'boolean', help: 'do not redact names, phone numbers and messages' },
    timeout: { type: 'string', value: '<ms>', help: 'timeout of --forward-to; default: 30000' },
    secret: { type: 'string', multiple: true, value: '<secret>', help: "the webhook's secret; repeatable" },
    event: {
      type: 'string',
      multiple: true,
      value: '<event>',
      help: 'only this event; repeatable',
      heading: 'What to print. The log page, --record and --forward-to get all deliveries:',
    },
    status: {
      type: 'string',
      multiple: true,
      value: 'verified|rejected|failed',
      help: 'only this status; repeatable. Failed: your server is unreachable or its response is wrong, for example it accepts an unverified delivery',
    },
    json: { type: 'boolean', help: 'print each delivery as a line of JSON' },
  },
  notes: 'Ctrl-C ends it. Exit codes: 0 ended, 2 usage error.',

  async run({ values, positionals }, terminal) {
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
})

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
