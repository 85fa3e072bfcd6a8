// The command listen: a receiver on this machine that verifies, shows, records and passes on.
import { randomHex } from '../../../platform/random-hex.js'
import type { Command } from '../../shared/command.js'
import { integerOf, parseOptions, requireSecrets, UsageError, urlOf } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { createIntake } from './intake.js'
import { createLines } from './lines.js'
import { createLog } from './log.js'
import { createPage, pagePath } from './page.js'
import { createRecorder } from './recorder.js'
import { startServer } from './server.js'

export const listen: Command = {
  summary: 'receive deliveries on this machine, and see why they are refused',
  help: `Usage: gallabox-webhooks listen [options]

Receives deliveries on every path of http://localhost:4567, verifies them, and
says of each what it is and, where it is refused, why. The log page, with the
payloads, a search and a button to send one again, is at an address that is
printed at the start. It holds a key: whoever has it can read along.

It listens to this machine alone. Let Gallabox reach it through a tunnel; the
log page is not reachable through one.

  --port <n>            default: 4567; 0 takes any free one
  --forward-to <url>    pass bytes and headers on untouched, whatever the
                        verdict, and answer with what comes back
  --record <file>       append genuine deliveries, for replay; the file holds
                        signatures, so it is for your eyes alone
  --show-contacts       do not mask names and phones
  --timeout <ms>        how long --forward-to may take; default: 30000
  --secret <text>       the webhook's secret; repeat it for several
  --json                a line of JSON for each delivery

Ctrl-C ends it. Exit codes: 0 ended, 2 called wrongly.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      port: { type: 'string' },
      'forward-to': { type: 'string' },
      record: { type: 'string' },
      'show-contacts': { type: 'boolean' },
      timeout: { type: 'string' },
      secret: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    })
    if (positionals.length > 0) throw new UsageError('listen takes options alone, such as --port 4567.')
    const { 'forward-to': forwardTo, 'show-contacts': showContacts = false, record, json = false } = values
    const port = integerOf('port', values.port, 4567, { min: 0, max: 65_535 })
    const target = forwardTo === undefined ? undefined : urlOf('--forward-to', forwardTo)
    if (target && leadsHere(target, port)) throw new UsageError('--forward-to is where listen itself would listen.')
    const log = createLog()
    const intake = createIntake({
      secret: requireSecrets(values.secret, terminal),
      log,
      record: record === undefined ? undefined : await createRecorder(record, terminal.note),
      forwardTo: target,
      timeoutMs: integerOf('timeout', values.timeout, 30_000),
      signal: terminal.signal,
    })
    log.subscribe(createLines(terminal, { showContacts, json }))
    const key = randomHex(16)
    const page = createPage({ log, key, resend: (entry) => intake({ ...entry, copyOf: entry.id }) })
    const server = await startServer({ port, intake, page, onFault: terminal.note })

    const address = `http://localhost:${server.port}`
    terminal.note(`Listening on ${address}\nThe log:     ${address}${pagePath}?key=${key}\nCtrl-C ends it.\n`)
    await aborted(terminal.signal)
    await server.close()
    return exitCode.ok
  },
}

// Each delivery would go round until nobody waits for it any more.
function leadsHere({ protocol, hostname, port }: URL, own: number): boolean {
  const isHere = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname)
  return isHere && Number(port || (protocol === 'https:' ? 443 : 80)) === own
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
