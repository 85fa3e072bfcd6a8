import type { Command } from '../../shared/command.js'
import { deliverAll } from '../../shared/delivery/deliver-all.js'
import { createReport } from '../../shared/delivery/report.js'
import { parseHeaders, parseInteger, parseOptions, parseUrl, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { createPlan } from './plan.js'

export const send: Command = {
  summary: 'send signed deliveries to a receiver, as Gallabox does',
  help: `Usage: gallabox-webhooks send <url> [event…] [options]

Sends signed samples to a receiver, and prints each delivery as Gallabox's
webhook log shows it. Default event: Message.Received. Accepts wire names and
the names of Gallabox's help page.

What to send:
  --all                  every event that has a sample
  --variant <name>       which sample of the event, such as image; an unknown
                         name lists them
  --data <file>          send this body, byte for byte; "-" is standard input
  --header "Name: value" add a header; repeatable
  --method <method>      default: POST
  --encoding hex         encode the signature as hex; default: base64
  --secret <secret>      the webhook's secret

How often:
  --count <n>            number of deliveries of each event; default: 1
  --same                 send the same bytes each time; default: new ids, and
                         times moved to now
  --concurrency <n>      number of deliveries at once; default: 1
  --retry                up to 5 attempts with growing delays, like Gallabox
  --timeout <ms>         timeout of an attempt; default: 10000

Forgeries, which a receiver must reject with 4xx. 404 and 405 do not count,
because no webhook handled the request:
  --tamper               change the body after signing it
  --unsigned             send no signature

A forgery with a valid signature, because Gallabox does not sign the name:
  --as <event>           send the body with another event name

  --json                 print each delivery as a line of JSON

Exit codes: 0 all accepted (forgeries: all rejected), 1 some were not,
2 usage error, 130 interrupted.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      all: { type: 'boolean' },
      variant: { type: 'string' },
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
    const [urlArgument, ...events] = positionals
    const url = parseUrl('<url>', urlArgument)
    if (values.tamper && values.unsigned)
      throw new UsageError('--tamper and --unsigned cannot be combined. Remove one.')
    const { tamper, unsigned, data, all, variant, same, as } = values
    const [secret] = unsigned ? [undefined] : requireSecrets(values.secret, terminal)
    const plan = await createPlan(terminal, {
      events,
      all,
      variant,
      data,
      count: parseInteger('count', values.count, 1),
      same,
      secret,
      encoding: parseEncoding(values.encoding),
      headers: parseHeaders('header', values.header),
      method: parseMethod(values.method),
      tamper,
      as,
    })

    const forged = Boolean(tamper || unsigned)
    const report = createReport(terminal, { total: plan.total, json: values.json, forged })
    await deliverAll(plan.createDeliveries(), {
      url,
      concurrency: parseInteger('concurrency', values.concurrency, 1, { max: 1000 }),
      maxAttempts: values.retry ? 5 : 1,
      timeoutMs: parseInteger('timeout', values.timeout, 10_000),
      signal: terminal.signal,
      onSent: report.add,
    })
    const hasSucceeded = report.end()
    if (as !== undefined)
      terminal.note('Gallabox does not sign the name. A receiver can detect a wrong name only from the payload.')
    if (terminal.signal.aborted) return exitCode.interrupted
    return hasSucceeded ? exitCode.ok : exitCode.failed
  },
}

function parseEncoding(value = 'base64'): 'base64' | 'hex' {
  if (value === 'base64' || value === 'hex') return value
  throw new UsageError('--encoding must be base64 or hex.')
}

function parseMethod(value = 'POST'): string {
  if (/^[A-Za-z]+$/.test(value)) return value.toUpperCase()
  throw new UsageError('--method must be an HTTP method, such as PUT.')
}
