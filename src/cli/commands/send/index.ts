import { defineCommand } from '../../shared/command.js'
import { deliverAll } from '../../shared/delivery/deliver-all.js'
import { createReport, maxListed } from '../../shared/delivery/report.js'
import { parseHeaders, parseInteger, parseMethod, parseUrl, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { sendOptions } from './options.js'
import { createPlan } from './plan.js'
import { parseChanges } from './set-members.js'

export const send = defineCommand({
  name: 'send',
  summary: 'send signed deliveries to a receiver, as Gallabox does',
  operands: '<url> [event…]',
  about: `Sends signed samples to a receiver, and prints each delivery as Gallabox's
webhook log shows it. Above ${maxListed} deliveries, prints a summary instead.
Default event: Message.Received. Accepts wire names and the names of Gallabox's
help page.`,
  options: sendOptions,
  notes: `Exit codes: 0 all accepted (forgeries: all rejected), 1 some were not,
2 usage error, 130 interrupted.`,

  async run({ values, positionals }, terminal) {
    const [urlArgument, ...events] = positionals
    const url = parseUrl('<url>', urlArgument)
    if (values.tamper && values.unsigned)
      throw new UsageError('--tamper and --unsigned cannot be combined. Remove one.')
    const { tamper, unsigned, data, all, story, variant, same, as } = values
    const [secret] = unsigned ? [undefined] : requireSecrets(values.secret, terminal)
    const concurrency = parseInteger('concurrency', values.concurrency, 1, { max: 1000 })
    if (story && concurrency > 1) throw new UsageError('--story sends in order. Remove --concurrency.')
    const plan = await createPlan(terminal, {
      events,
      all,
      story,
      variant,
      set: parseChanges(values.set),
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

    const { total } = plan
    const maxAttempts = values.retry ? 5 : 1
    const timeoutMs = parseInteger('timeout', values.timeout, 10_000)
    const report = createReport(terminal, {
      total,
      events: plan.events,
      json: values.json,
      forged: Boolean(tamper || unsigned),
      showAttempts: maxAttempts > 1,
    })
    await deliverAll(plan.createDeliveries(), {
      url,
      concurrency,
      maxAttempts,
      timeoutMs,
      signal: terminal.signal,
      onSent: report.add,
      onRetry: report.retry,
    })
    const hasSucceeded = report.end()
    if (as !== undefined)
      terminal.note('Gallabox does not sign the name. A receiver can detect a wrong name only from the payload.')
    if (terminal.signal.aborted) return exitCode.interrupted
    return hasSucceeded ? exitCode.ok : exitCode.failed
  },
})

function parseEncoding(value = 'base64'): 'base64' | 'hex' {
  if (value === 'base64' || value === 'hex') return value
  throw new UsageError('--encoding must be base64 or hex.')
}
