import { paint, type Terminal } from '../../shared/terminal.js'
import { wrapLines } from '../../shared/wrap-lines.js'
import { type Expectations, isChecked } from './check-account.js'
import type { AccountFinding } from './findings.js'
import { formatList } from './format-list.js'
import type { AccountWebhook } from './read-webhooks.js'
import { formatServer } from './server.js'

export interface AccountReport {
  readonly server: URL
  readonly webhooks: readonly AccountWebhook[]
  readonly findings: readonly AccountFinding[]
  readonly expected: Expectations
}

// More would hide the findings. --json has no limit.
const maxListed = 50
const width = 100
const labels = { error: 'ERROR', warning: 'WARNING' } as const
const colors = { error: 'red', warning: 'yellow' } as const
const labelWidth = 9

/** Prints the webhooks, the findings and one line that sums them up. */
export function printReport(terminal: Terminal, report: AccountReport): void {
  const { webhooks, findings, expected } = report
  const listed = [
    ...webhooks.filter((webhook) => isChecked(webhook, expected)),
    ...webhooks.filter((webhook) => !isChecked(webhook, expected)),
  ]
  const blocks = [
    `Webhooks of the account at ${formatServer(report.server)}: ${webhooks.length}`,
    ...limit(listed.map((webhook) => () => formatWebhook(webhook, report, terminal))),
    ...limit(findings.map((finding) => () => formatFinding(finding, terminal))),
    summarize(report, terminal),
  ]
  terminal.print(blocks.join('\n\n'))
  if (expected.url === undefined && expected.events.length === 0)
    terminal.note('To check what your receiver expects, pass its --url and the --events that it handles.')
}

/** Prints why there is no list. */
export function printFailure(terminal: Terminal, finding: AccountFinding): void {
  terminal.note(formatFinding(finding, { color: false }))
}

/** Creates the report that --json prints. */
export function toJson({ server, webhooks, findings, expected }: AccountReport): string {
  const report = {
    server: formatServer(server),
    verdict: findings.length === 0 ? 'passed' : 'failed',
    webhooks: webhooks.map((webhook) => {
      const { position, id, url, method, events, signed, disabled, failures, updatedAt, unreadable } = webhook
      const checked = isChecked(webhook, expected)
      return { position, id, url, method, events, signed, disabled, failures, updatedAt, checked, unreadable }
    }),
    findings: findings.map(({ code, severity, webhook, message, fix }) => {
      return { code, severity, webhook: webhook?.id, message, fix }
    }),
  }
  return JSON.stringify(report, null, 2)
}

function limit(blocks: readonly (() => string)[]): readonly string[] {
  const shown = blocks.slice(0, maxListed).map((format) => format())
  const more = blocks.length - shown.length
  return more > 0 ? [...shown, `… and ${more} more. --json lists all of them.`] : shown
}

function formatWebhook(webhook: AccountWebhook, { expected }: AccountReport, terminal: Terminal): string {
  const { position, id, url, target, method, events, updatedAt } = webhook
  const number = `${position}`.padEnd(3)
  const isOther = !isChecked(webhook, expected)
  const note = isOther ? ` (not checked: ${target ? 'another URL' : 'URL unknown'})` : ''
  const title = `${method ?? 'Method unknown:'} ${url ?? 'URL unknown'}${note}`
  const details = [
    ...describeState(webhook, terminal),
    updatedAt === null ? 'updated: unknown' : `updated ${updatedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `id ${id}`,
  ]
  const names = events === null ? 'events: unknown' : formatEvents(webhook, events)
  const indent = ' '.repeat(number.length)
  return [
    number + paint(terminal, isOther ? 'dim' : 'bold', title),
    indent + details.join(', '),
    wrap(names, indent),
  ].join('\n')
}

function formatEvents({ hasAllEvents }: AccountWebhook, events: readonly string[]): string {
  const names = events.length === 0 ? 'no events' : formatList(events, { maxItems: 40 })
  return hasAllEvents ? names : `${names} (incomplete)`
}

function describeState({ signed, disabled, failures }: AccountWebhook, terminal: Terminal): readonly string[] {
  const states = { true: 'signed', false: paint(terminal, 'red', 'not signed'), null: 'signed: unknown' }
  const modes = { true: paint(terminal, 'red', 'disabled'), false: 'enabled', null: 'enabled: unknown' }
  const count = failures === 1 ? '1 failure' : `${failures} failures`
  return [
    states[`${signed}`],
    modes[`${disabled}`],
    failures === null ? 'failures: unknown' : failures === 0 ? 'no failures' : paint(terminal, 'yellow', count),
  ]
}

function formatFinding(
  { code, severity, webhook, message, fix }: AccountFinding,
  terminal: Pick<Terminal, 'color'>,
): string {
  const label = paint(terminal, colors[severity], labels[severity].padEnd(labelWidth))
  const subject = webhook ? `  webhook ${webhook.position}` : ''
  const indent = ' '.repeat(labelWidth)
  return [`${label}${code}${subject}`, wrap(message, indent), wrap(`→ ${fix}`, indent)].join('\n')
}

function summarize({ webhooks, findings, expected }: AccountReport, terminal: Terminal): string {
  const checked = webhooks.filter((webhook) => isChecked(webhook, expected)).length
  const scope =
    checked === webhooks.length
      ? `${checked} checked.`
      : `${checked} checked, ${webhooks.length - checked} not checked.`
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  if (findings.length === 0) return `${paint(terminal, 'green', 'No problem found.')} Webhooks: ${scope}`
  const count = (n: number, noun: string) => (n === 0 ? [] : [`${n} ${noun}${n > 1 ? 's' : ''}`])
  return `${[...count(errors, 'error'), ...count(warnings, 'warning')].join(', ')}. Webhooks: ${scope}`
}

/** Wraps a string into indented lines of at most 100 columns. */
function wrap(text: string, indent: string): string {
  return wrapLines(text, width - indent.length)
    .map((line) => indent + line)
    .join('\n')
}
