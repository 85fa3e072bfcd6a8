// The command doctor: is an endpoint, in whatever language it is written, a correct receiver of Gallabox webhooks?
import type { Command } from '../../shared/command.js'
import { headersOf, integerOf, parseOptions, requireSecrets, UsageError, urlOf } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { checks, examine } from './examine.js'
import { createPatient } from './patient.js'
import { printReport, summarize } from './report.js'

export const doctor: Command = {
  summary: 'examine a receiver in any language: what it takes, and what it must refuse',
  help: `Usage: gallabox-webhooks doctor <url> [options]

Examines a receiver, in whatever language it is written. Sends about 120
requests: genuine deliveries of made-up customers, and forgeries, which must
be refused. What is genuine is taken for real: examine a server for tests.
Where genuine deliveries are refused, names the mistake and ends.

  --secret <text>        the webhook's secret; of several, the first
  --header "Name: value" a header for every request; repeatable
  --timeout <ms>         how long an answer may take; default: 10000
  --only <id>            run this check, after the first; repeatable
  --list                 list the checks, and send nothing
  --json                 print the report as JSON

Exit codes: 0 no check failed, 1 some failed or could not be asked (429),
2 called wrongly, 130 stopped.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      secret: { type: 'string', multiple: true },
      header: { type: 'string', multiple: true },
      timeout: { type: 'string' },
      only: { type: 'string', multiple: true },
      list: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    if (values.list) {
      const entries = checks.map(({ id, title }) => ({ id, title }))
      const lines = entries.map(({ id, title }) => `${id.padEnd(25)} ${title}`)
      terminal.print(values.json ? JSON.stringify(entries) : lines.join('\n'))
      return exitCode.ok
    }
    const [typedUrl, ...more] = positionals
    const url = urlOf('The first argument', typedUrl)
    if (more.length > 0) throw new UsageError('One receiver is examined at a time.')
    const unknownId = values.only?.find((only) => !checks.some(({ id }) => id === only))
    if (unknownId !== undefined) throw new UsageError(`There is no check ${JSON.stringify(unknownId)}: see --list.`)

    const patient = createPatient({
      url,
      key: requireSecrets(values.secret, terminal)[0] as string,
      headers: Object.entries(headersOf('header', values.header)),
      timeoutMs: integerOf('timeout', values.timeout, 10_000),
      signal: terminal.signal,
    })
    const results = await examine(patient, {
      only: values.only,
      onCheck: ({ title }, index, total) => terminal.progress(`${index + 1} of ${total}: ${title}`),
    })
    // What could not be asked is not known to be well.
    const isHealthy = !results.some(({ result, unasked }) => result === 'failed' || unasked)
    const requests = patient.replies.length
    if (values.json) {
      terminal.print(JSON.stringify({ url: addressOf(url), passed: isHealthy, requests, checks: results }, null, 2))
    } else {
      printReport(terminal, results)
      const total = values.only ? results.length : checks.length
      terminal.note(summarize(results, { checks: total, requests }))
    }
    return isHealthy ? exitCode.ok : exitCode.failed
  },
}

/** The address without what may be secret in it. */
function addressOf({ origin, pathname }: URL): string {
  return origin + pathname
}
