import type { EventType } from '../../../events/event-map.js'
import { defineCommand } from '../../shared/command.js'
import { parseEventName } from '../../shared/event-name.js'
import { parseInteger, parseUrl, UsageError } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { checkAccount } from './check-account.js'
import { createHideCredentials, readCredentials } from './credentials.js'
import { fetchWebhooks } from './fetch-webhooks.js'
import { printFailure, printReport, toJson } from './report.js'
import { formatServer, parseServer } from './server.js'

export const account = defineCommand({
  name: 'account',
  summary: "check the settings of the account's webhooks in Gallabox",
  operands: '',
  about: `Lists the webhooks of the Gallabox account, and finds what is wrong with them,
such as a missing secret, plain http or failed requests. It also finds an event
that is sent twice to one URL. With --url and --events, it finds what your
receiver expects and does not get.

Only reads: it sends one GET request to Gallabox's REST API, and none to your
receiver. It expects the shapes that Gallabox publishes, and says what it
cannot read. It cannot compare secrets, because the API encrypts them.

The credentials are GALLABOX_API_KEY and GALLABOX_API_SECRET in the
environment, or in the file of --dotenv. There is no option for them, because
the history of the shell and the list of processes would show them. They are
never printed, and never sent to the target of a redirect.`,
  options: {
    url: {
      type: 'string',
      value: '<url>',
      help: 'URL of your receiver; checks only the webhooks that send to it. The query counts only if you pass one',
    },
    events: {
      type: 'string',
      multiple: true,
      value: '<names>',
      help: 'events that it handles, separated by commas; repeatable',
    },
    server: {
      type: 'string',
      value: '<url>',
      help: 'base address of the API, which must be https, or a loopback or private address; default: https://server.gallabox.com',
    },
    timeout: { type: 'string', value: '<ms>', help: 'timeout of the request; default: 10000' },
    json: { type: 'boolean', help: 'print the report as JSON' },
  },
  notes: `Exit codes: 0 no problem found, 1 problems found or no list received, 2 usage
error, 130 interrupted.`,

  async run({ values, positionals }, terminal) {
    if (positionals.length > 0)
      throw new UsageError('Too many arguments. Pass the URL of the receiver with --url, and events with --events.')
    const timeoutMs = parseInteger('timeout', values.timeout, 10_000)
    const url = values.url === undefined ? undefined : parseUrl('--url', values.url)
    const expected = { url, events: parseEvents(values.events) }
    const credentials = readCredentials(terminal)
    const server = await parseServer(values.server)

    terminal.progress(`Reading the webhooks from ${formatServer(server)}`)
    const hide = createHideCredentials(credentials)
    const { webhooks, finding } = await fetchWebhooks(terminal, { server, credentials, hide, timeoutMs })
    if (terminal.signal.aborted) return exitCode.interrupted
    const isFailed = finding !== undefined && finding.code !== 'list-incomplete'
    const checks = isFailed ? [] : await checkAccount(webhooks, expected)
    const findings = finding ? [...checks, finding] : checks
    if (values.json) terminal.print(toJson({ server, webhooks, findings, expected }))
    else if (isFailed) printFailure(terminal, finding)
    else printReport(terminal, { server, webhooks, findings, expected })
    return findings.length === 0 ? exitCode.ok : exitCode.failed
  },
})

/** Parses lists of names. Returns wire names. */
function parseEvents(lists: readonly string[] = []): readonly EventType[] {
  const names = lists.flatMap((list) => list.split(',').map((name) => name.trim()))
  return [
    ...new Set(
      names.map((name) => {
        if (name === '') throw new UsageError('--events must be event names, separated by commas.')
        return parseEventName('events', name)
      }),
    ),
  ]
}
