import { didYouMean } from '../../../platform/nearest-name.js'
import { isLocalHost } from '../../shared/address.js'
import { defineCommand } from '../../shared/command.js'
import { parseHeaders, parseInteger, parseMethod, parseUrl, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode, type Terminal } from '../../shared/terminal.js'
import { findVerdict, printReport, toJson } from './report.js'
import { checks, listChecks, runChecks } from './run-checks.js'
import { createTarget } from './target.js'

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'check that a receiver, in any language, is correct and secure',
  operands: '<url>',
  about: `Checks a receiver in any language. Sends about 130 requests: valid deliveries
with sample data, and forgeries, which must be rejected. If the receiver
rejects valid deliveries, doctor explains the likely cause, and continues with
the signature that the receiver accepts.

The receiver handles the valid deliveries as real ones, so use a test server.
At a public address, doctor sends only forgeries, unless you pass
--with-verified or say yes at the terminal. Loopback and private addresses are
not public. The address of the host decides, not its name.`,
  options: {
    'with-verified': { type: 'boolean', help: 'send valid deliveries to a public address too' },
    secret: {
      type: 'string',
      multiple: true,
      value: '<secret>',
      help: "the webhook's secret; the first one if repeated",
    },
    header: {
      type: 'string',
      multiple: true,
      value: '"Name: value"',
      help: 'add a header to every request; repeatable',
    },
    method: { type: 'string', value: '<method>', help: 'the method of the webhook settings; default: POST' },
    timeout: { type: 'string', value: '<ms>', help: 'timeout of a request; default: 10000' },
    wait: { type: 'string', value: '<s>', help: 'total time to wait after 429 responses; default: 120' },
    only: { type: 'string', multiple: true, value: '<check>', help: 'run the first check and this one; repeatable' },
    verbose: { type: 'boolean', help: 'list the checks that passed too' },
    list: { type: 'boolean', help: 'list the checks and send nothing' },
    json: { type: 'boolean', help: 'print the report as JSON' },
  },
  notes: `Exit codes: 0 no check failed, 1 a check failed or its result is unknown
because of the rate limit, 2 usage error, 130 interrupted.`,

  async run({ values, positionals }, terminal) {
    if (values.list) {
      const list = checks.map(({ id, title }) => ({ id, title }))
      const lines = list.map(({ id, title }) => `${id.padEnd(25)} ${title}`)
      terminal.print(values.json ? JSON.stringify(list) : lines.join('\n'))
      return exitCode.ok
    }
    const [firstArgument, ...others] = positionals
    const url = parseUrl('<url>', firstArgument)
    if (others.length > 0) throw new UsageError('Too many arguments. Pass one URL.')
    const ids = checks.map(({ id }) => id)
    const unknownId = values.only?.find((only) => !ids.includes(only))
    if (unknownId !== undefined) {
      const suggestion = didYouMean(unknownId, ids) || ' List the checks with --list.'
      throw new UsageError(`--only: unknown check ${JSON.stringify(unknownId)}.${suggestion}`)
    }
    const secret = requireSecrets(values.secret, terminal)[0] as string
    const forgeriesOnly = !(values['with-verified'] || (await maySendVerified(url, terminal, values.json)))
    const selectable = listChecks(forgeriesOnly)
    const leftOut = values.only?.find((only) => !selectable.some(({ id }) => id === only))
    if (leftOut !== undefined)
      throw new UsageError(`--only: ${leftOut} sends valid deliveries to a public address. Add --with-verified.`)

    const target = createTarget({
      url,
      secret,
      forgeriesOnly,
      headers: Object.entries(parseHeaders('header', values.header)),
      method: parseMethod(values.method),
      timeoutMs: parseInteger('timeout', values.timeout, 10_000),
      maxWaitMs: 1000 * parseInteger('wait', values.wait, 120, { min: 0, max: 86_400 }),
      signal: terminal.signal,
      onWait: (ms) => terminal.progress(`waiting ${Math.ceil(ms / 1000)} s, because the receiver responded with 429`),
    })
    const entries = await runChecks(target, {
      only: values.only,
      onCheck: ({ title }, index, total) => terminal.progress(`${index + 1} of ${total}: ${title}`),
    })
    const report = { target: removeCredentials(url), entries, requests: target.responses.length }
    if (values.json) terminal.print(toJson(report))
    else printReport(terminal, report, values)
    return findVerdict(entries) === 'passed' ? exitCode.ok : exitCode.failed
  },
})

/** Returns true for a local address. For a public one, asks the user. */
async function maySendVerified(url: URL, terminal: Terminal, json: boolean | undefined): Promise<boolean> {
  if (await isLocalHost(url)) return true
  const question = `${url.host} is public. Send valid deliveries too? Its handler runs for each of about 68 messages.`
  return !json && /^y(es)?$/i.test((await terminal.ask(`${question} [y/N]`))?.trim() ?? '')
}

/** Returns the URL without user, password and query, which may contain secrets. */
function removeCredentials({ origin, pathname }: URL): string {
  return origin + pathname
}
