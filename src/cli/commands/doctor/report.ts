import { paint, type Terminal } from '../../shared/terminal.js'
import type { CheckStatus, ReportEntry } from './check.js'

const statusOrder: readonly CheckStatus[] = ['failed', 'noted', 'skipped', 'passed']
const labels = { failed: 'FAILED', skipped: 'skipped', noted: 'note', passed: 'passed' } as const
const colors = { failed: 'red', skipped: 'yellow', noted: 'yellow', passed: 'green' } as const

const width = 100
const idWidth = 25
const labelWidth = 9
const indent = ' '.repeat(labelWidth)

export interface ReportTotals {
  /** The number of checks that were selected. */
  readonly checks: number
  readonly requests: number
}

/** Prints the results: failures first, then notes, skipped checks and passed checks. */
export function printReport(terminal: Terminal, entries: readonly ReportEntry[]): void {
  const sorted = statusOrder.flatMap((status) => entries.filter(({ result }) => result === status))
  terminal.print(sorted.map((entry) => formatEntry(entry, terminal)).join('\n'))
}

/** Returns one line with the number of results per status. */
export function summarize(entries: readonly ReportEntry[], { checks, requests }: ReportTotals): string {
  const counts = statusOrder.flatMap((status) => {
    const count = entries.filter(({ result }) => result === status).length
    return count > 0 ? [`${count} ${status}`] : []
  })
  const notRun = checks - entries.length
  if (notRun > 0) counts.push(`${notRun} not run`)
  return `${counts.join(', ')}; ${requests} ${requests === 1 ? 'request' : 'requests'} sent.`
}

function formatEntry({ result, id, title, observed, meaning, hint }: ReportEntry, terminal: Terminal): string {
  const head = `${paint(terminal, colors[result], labels[result].padEnd(labelWidth))}${id.padEnd(idWidth)}`
  const line = `${head} ${title}`
  if (result === 'passed') return line
  if (meaning === '' && hint === '') return `${head} ${observed}`
  const details = [`${observed}. ${meaning}`.trim(), hint && `→ ${hint}`].filter(Boolean)
  return [line, ...details.map((text) => wrap(capitalize(text)))].join('\n')
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Wraps a string into indented lines of at most 100 columns. */
function wrap(text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (indent.length + last.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((line) => indent + line).join('\n')
}
