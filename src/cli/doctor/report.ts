// What doctor prints: what is to be mended first, then what is worth knowing, then what is well.
// It must not know any check.
import { paint, type Terminal } from '../terminal.js'
import type { CheckResult, Verdict } from './check.js'

const order: readonly Verdict[] = ['failed', 'unknown', 'noted', 'passed']
const words = { failed: 'FAILED', unknown: 'cannot tell', noted: 'note', passed: 'passed' } as const
const colors = { failed: 'red', unknown: 'yellow', noted: 'yellow', passed: 'green' } as const

const width = 100
const idWidth = 25
const verdictWidth = 13
const indent = ' '.repeat(verdictWidth)

/** Prints the report of an examination. */
export function printReport(terminal: Terminal, results: readonly CheckResult[]): void {
  const sorted = order.flatMap((verdict) => results.filter(({ result }) => result === verdict))
  const texts = sorted.map((result) => describe(result, terminal))
  terminal.print(texts.join('\n'))
}

/** Says how it went, in a line. */
export function summarize(results: readonly CheckResult[], requests: number): string {
  const count = (verdict: Verdict) => results.filter(({ result }) => result === verdict).length
  const parts = order.flatMap((verdict) =>
    count(verdict) > 0 ? [`${count(verdict)} ${words[verdict].toLowerCase()}`] : [],
  )
  return `${parts.join(', ')}; ${requests} requests sent.`
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
