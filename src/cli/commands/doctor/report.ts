import { paint, type Terminal } from '../../shared/terminal.js'
import { wrapLines } from '../../shared/wrap-lines.js'
import type { CheckStatus, ReportEntry } from './check.js'

/** `unknown` if no check failed, and a check has no result because of the rate limit. */
export type Verdict = 'passed' | 'failed' | 'unknown'

export function findVerdict(entries: readonly ReportEntry[]): Verdict {
  if (entries.some(({ status }) => status === 'failed')) return 'failed'
  return entries.some(({ rateLimited }) => rateLimited) ? 'unknown' : 'passed'
}

export interface DoctorReport {
  /** The URL without credentials. */
  readonly target: string
  readonly entries: readonly ReportEntry[]
  /** The number of requests. */
  readonly requests: number
}

/** Returns the report as it is documented in docs/reference/commands/doctor.md. */
export function toJson({ target, entries, requests }: DoctorReport): string {
  const checks = entries.map(({ id, title, status, message, evidence, fix }) => ({
    check: id,
    status,
    message: message || title,
    ...(evidence && { evidence }),
    ...(fix && { fix }),
  }))
  return JSON.stringify({ target, verdict: findVerdict(entries), requests, checks }, null, 2)
}

const labels = { failed: 'FAILED', warning: 'warning', skipped: 'skipped', passed: 'passed' } as const
const colors = { failed: 'red', warning: 'yellow', skipped: 'yellow', passed: 'green' } as const
const verdictColors = { failed: 'red', unknown: 'yellow', passed: 'green' } as const

const width = 100
const indent = '  '

/** Prints problems with their cause, evidence and fix, then what else ran, then the verdict. */
export function printReport(terminal: Terminal, { entries, requests }: DoctorReport, { verbose = false } = {}): void {
  const withStatus = (status: CheckStatus) => entries.filter((entry) => entry.status === status)
  const problems = [...withStatus('failed'), ...withStatus('warning')].map((entry) => formatProblem(entry, terminal))
  const skipped = formatSkipped(withStatus('skipped'), terminal)
  const passed = withStatus('passed')
  const passedLines = verbose ? passed.map((entry) => formatHead(entry, terminal)) : []
  const verdict = findVerdict(entries)
  const counts = [
    ...(['failed', 'warning', 'skipped', 'passed'] as const).flatMap((status) => {
      const { length } = withStatus(status)
      return length > 0 ? [`${length} ${status}`] : []
    }),
    `${requests} ${requests === 1 ? 'request' : 'requests'}`,
  ]
  terminal.print(
    [
      ...problems,
      ...[[...skipped, ...passedLines].join('\n')].filter(Boolean),
      `${paint(terminal, verdictColors[verdict], `Verdict: ${verdict}`)} (${counts.join(', ')})`,
    ].join('\n\n'),
  )
}

function formatHead({ status, id, title }: ReportEntry, terminal: Terminal): string {
  return `${paint(terminal, colors[status], labels[status])} ${paint(terminal, 'bold', id)}: ${title}`
}

function formatProblem(entry: ReportEntry, terminal: Terminal): string {
  const { message, evidence, fix } = entry
  const lines = [message, evidence && `Evidence: ${evidence}.`, fix && `Fix: ${fix}`].filter(Boolean)
  return [formatHead(entry, terminal), ...lines.map(wrap)].join('\n')
}

/** Lists skipped checks by reason, so that one cause takes one paragraph. */
function formatSkipped(entries: readonly ReportEntry[], terminal: Terminal): readonly string[] {
  const byReason = new Map<string, ReportEntry[]>()
  for (const entry of entries) byReason.set(entry.message, [...(byReason.get(entry.message) ?? []), entry])
  return Array.from(byReason, ([reason, list]) => {
    const head = `${paint(terminal, 'yellow', 'skipped')} ${list.length}: ${reason}`
    const fix = list[0]?.fix
    return [head, wrap(list.map(({ id }) => id).join(', ')), ...(fix ? [wrap(`Fix: ${fix}`)] : [])].join('\n')
  })
}

/** Wraps a string into indented lines of at most 100 columns. */
function wrap(text: string): string {
  return wrapLines(text, width - indent.length)
    .map((line) => indent + line)
    .join('\n')
}
