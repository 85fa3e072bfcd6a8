import { isLocalHost } from '../../shared/address.js'
import type { Command } from '../../shared/command.js'
import { parseHeaders, parseInteger, parseOptions, parseUrl, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode, type Terminal } from '../../shared/terminal.js'
import { printReport, summarize } from './report.js'
import { checks, listChecks, runChecks } from './run-checks.js'
import { createTarget } from './target.js'

export const doctor: Command = {
  summary: 'check that a receiver, in any language, is correct and secure',
  help: `Usage: gallabox-webhooks doctor <url> [options]

Checks a receiver in any language. Sends about 120 requests: valid deliveries
with sample data, and forgeries, which must be rejected. If the receiver
rejects valid deliveries, doctor explains the likely cause and ends.

The receiver handles the valid deliveries as real ones, so use a test server.
At a public address, doctor sends only forgeries, unless --with-verified is
passed, or the user says yes at the terminal. Loopback and
private addresses are not public. The address of the host decides, not its
name.

  --with-verified        send valid deliveries to a public address too
  --secret <secret>      the webhook's secret; the first one if repeated
  --header "Name: value" add a header to every request; repeatable
  --timeout <ms>         timeout of a request; default: 10000
  --only <id>            run the first check and this one; repeatable
  --list                 list the checks and send nothing
  --json                 print the report as JSON

Exit codes: 0 no check failed, 1 a check failed or was rate-limited (429),
2 usage error, 130 interrupted.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      'with-verified': { type: 'boolean' },
      secret: { type: 'string', multiple: true },
      header: { type: 'string', multiple: true },
      timeout: { type: 'string' },
      only: { type: 'string', multiple: true },
      list: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    if (values.list) {
      const list = checks.map(({ id, title }) => ({ id, title }))
      const lines = list.map(({ id, title }) => `${id.padEnd(25)} ${title}`)
      terminal.print(values.json ? JSON.stringify(list) : lines.join('\n'))
      return exitCode.ok
    }
    const [firstArgument, ...others] = positionals
    const url = parseUrl('<url>', firstArgument)
    if (others.length > 0) throw new UsageError('Too many arguments. Pass one URL.')
    const unknownId = values.only?.find((only) => !checks.some(({ id }) => id === only))
    if (unknownId !== undefined)
      throw new UsageError(`--only: unknown check ${JSON.stringify(unknownId)}. List the checks with --list.`)
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
      timeoutMs: parseInteger('timeout', values.timeout, 10_000),
      signal: terminal.signal,
    })
    const entries = await runChecks(target, {
      only: values.only,
      onCheck: ({ title }, index, total) => terminal.progress(`${index + 1} of ${total}: ${title}`),
    })
    // A rate-limited check has no result, so the run has not passed.
    const hasPassed = !entries.some(({ result, rateLimited }) => result === 'failed' || rateLimited)
    const requests = target.responses.length
    if (values.json) {
      const report = { url: removeCredentials(url), passed: hasPassed, forgeriesOnly, requests, checks: entries }
      terminal.print(JSON.stringify(report, null, 2))
    } else {
      printReport(terminal, entries)
      const total = values.only ? entries.length : selectable.length
      terminal.note(summarize(entries, { checks: total, requests }))
      if (forgeriesOnly && !values.only) terminal.note(describeLeftOut(url, checks.length - selectable.length))
    }
    return hasPassed ? exitCode.ok : exitCode.failed
  },
}

/** Returns true for a local address. For a public one, asks the user. */
async function maySendVerified(url: URL, terminal: Terminal, json: boolean | undefined): Promise<boolean> {
  if (await isLocalHost(url)) return true
  const question = `${url.host} is public. Send valid deliveries too? Its handler runs for each of about 65 messages.`
  return !json && terminal.confirm(question)
}

function describeLeftOut({ host }: URL, count: number): string {
  return `${host} is public, so only forgeries were sent. ${count} checks need valid deliveries: whether it accepts what Gallabox sends is unknown. To run them, use a test server, or add --with-verified.`
}

/** Returns the URL without user, password and query, which may contain secrets. */
function removeCredentials({ origin, pathname }: URL): string {
  return origin + pathname
}
