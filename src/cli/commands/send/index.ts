// The command send: signed samples, or a body of your own, to a receiver; and forgeries that it must refuse.

import type { Command } from '../../shared/command.js'
import { deliverAll } from '../../shared/delivery/deliver-all.js'
import { createReport } from '../../shared/delivery/report.js'
import { headersOf, integerOf, parseOptions, requireSecrets, UsageError, urlOf } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { createPlan } from './plan.js'

export const send: Command = {
  summary: 'send signed deliveries to a receiver, as Gallabox does',
  help: `Usage: gallabox-webhooks send <url> [event…] [options]

Sends signed samples to a receiver and prints what Gallabox's webhook log
would say. Without an event: Message.Received. Names may be those of the wire
or of Gallabox's help page.

What is sent:
  --all                  every event that has a sample
  --data <file>          this body, byte for byte; "-" is standard input
  --header "Name: value" a header of the webhook's settings; repeatable
  --method <method>      default: POST
  --encoding hex         spell the signature in hex; Gallabox uses base64
  --secret <text>        the webhook's secret

How much of it:
  --count <n>            how many deliveries of each event; default: 1
  --same                 the same bytes each time; else each delivery has ids
                         of its own and happens now
  --concurrency <n>      how many at once; default: 1
  --retry                up to 5 attempts with growing delays, as Gallabox
  --timeout <ms>         how long one attempt may take; default: 10000

What must be refused (exit code 0 if every answer is 4xx, but 404 and 405,
which say that no webhook was asked):
  --tamper               a body that was changed after it was signed
  --unsigned             no signature

What cannot be refused by its signature, since the name is not signed:
  --as <event>           the body under another event's name

  --json                 a line of JSON for each delivery

Exit codes: 0 all were taken (or refused, if forged), 1 some were not,
2 called wrongly, 130 stopped.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      all: { type: 'boolean' },
      data: { type: 'string' },
      header: { type: 'string', multiple: true },
      method: { type: 'string' },
      encoding: { type: 'string' },
      secret: { type: 'string', multiple: true },
      count: { type: 'string' },
      same: { type: 'boolean' },
      concurrency: { type: 'string' },
      retry: { type: 'boolean' },
      timeout: { type: 'string' },
      tamper: { type: 'boolean' },
      unsigned: { type: 'boolean' },
      as: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [typedUrl, ...events] = positionals
    const url = urlOf('The first argument', typedUrl)
    if (values.tamper && values.unsigned) throw new UsageError('--tamper and --unsigned exclude each other.')
    const { tamper, unsigned, data, all, same, as } = values
    const [secret] = unsigned ? [undefined] : requireSecrets(values.secret, terminal)
    const plan = await createPlan(terminal, {
      events,
      all,
      data,
      count: integerOf('count', values.count, 1),
      same,
      secret,
      encoding: encodingOf(values.encoding),
      headers: headersOf('header', values.header),
      method: methodOf(values.method),
      tamper,
      as,
    })

    const forged = Boolean(tamper || unsigned)
    const report = createReport(terminal, { total: plan.total, json: values.json, forged })
    await deliverAll(plan.deliveries(), {
      url,
      concurrency: integerOf('concurrency', values.concurrency, 1, { max: 1000 }),
      maxAttempts: values.retry ? 5 : 1,
      timeoutMs: integerOf('timeout', values.timeout, 10_000),
      signal: terminal.signal,
      onLine: report.add,
    })
    const right = report.end()
    if (as !== undefined)
      terminal.note('The name is not signed: a receiver can see it is wrong by the shape of the body alone.')
    if (terminal.signal.aborted) return exitCode.interrupted
    return right ? exitCode.ok : exitCode.failed
  },
}

function encodingOf(typed = 'base64'): 'base64' | 'hex' {
  if (typed === 'base64' || typed === 'hex') return typed
  throw new UsageError('--encoding must be base64 or hex.')
}

function methodOf(typed = 'POST'): string {
  if (/^[A-Za-z]+$/.test(typed)) return typed.toUpperCase()
  throw new UsageError('--method must be the name of an HTTP method, such as PUT.')
}
