// What doctor prints: what is to be mended first, then what is worth knowing, then what is well.
// It must not know any check.
import { paint, type Terminal } from '../../shared/terminal.js'
import type { CheckResult, Verdict } from './check.js'

const order: readonly Verdict[] = ['failed', 'noted', 'unknown', 'passed']
const words = { failed: 'FAILED', unknown: 'cannot tell', noted: 'note', passed: 'passed' } as const
const summaryWords = { failed: 'failed', unknown: 'not to be told', noted: 'worth knowing', passed: 'passed' } as const
const colors = { failed: 'red', unknown: 'yellow', noted: 'yellow', passed: 'green' } as const

const width = 100
const idWidth = 25
const verdictWidth = 13
const indent = ' '.repeat(verdictWidth)

/** How much there was. */
export interface Totals {
  /** Those that were to run. */
  readonly checks: number
  readonly requests: number
}

/** Prints the report of an examination. */
export function printReport(terminal: Terminal, results: readonly CheckResult[]): void {
  const sorted = order.flatMap((verdict) => results.filter(({ result }) => result === verdict))
  const texts = sorted.map((result) => describe(result, terminal))
  terminal.print(texts.join('\n'))
}

/** Says how it went, in a line. */
export function summarize(results: readonly CheckResult[], { checks, requests }: Totals): string {
  const counts = order.flatMap((verdict) => {
    const count = results.filter(({ result }) => result === verdict).length
    return count > 0 ? [`${count} ${summaryWords[verdict]}`] : []
  })
  const rest = checks - results.length
  if (rest > 0) counts.push(`${rest} not tried`)
  return `${counts.join(', ')}; ${requests} ${requests === 1 ? 'request' : 'requests'} sent.`
}

function describe({ result, id, title, found, means, fix }: CheckResult, terminal: Terminal): string {
  const head = `${paint(terminal, colors[result], words[result].padEnd(verdictWidth))}${id.padEnd(idWidth)}`
  const line = `${head} ${title}`
  if (result === 'passed') return line
  if (means === '' && fix === '') return `${head} ${found}`
  const details = [`${found}. ${means}`.trim(), fix && `→ ${fix}`].filter(Boolean)
  return [line, ...details.map((text) => wrap(capitalize(text)))].join('\n')
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Breaks a text into lines of at most 100 columns, indented. */
function wrap(text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (indent.length + last.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((line) => indent + line).join('\n')
}
