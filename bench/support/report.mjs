// Telling the result: the machine, a table, the bars; on request into README.md too.
// It must not know how anything was measured.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { write } from './options.mjs'

const readme = join(import.meta.dirname, '../README.md')
const barsFile = join(import.meta.dirname, '../bars.json')

function describeRun() {
  const [cpu] = cpus()
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}`
}

/** A Markdown table whose columns line up. */
function formatTable([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/**
 * Prints a table under its title, and each bar with what was found. A bar that is missed is the exit code 1.
 *
 * @param {{ title: string, table: string[][], bars: { bar: string, found: string, met: boolean }[] }} result
 */
export function report({ title, table, bars }) {
  const text = `${formatTable(table)}\n\n${describeRun()}.`
  console.log(`\n## ${title}\n\n${text}\n`)
  for (const { bar, found, met } of bars) console.log(`${met ? 'met   ' : 'MISSED'} ${bar}: ${found}`)
  if (bars.some(({ met }) => !met)) process.exitCode = 1
  if (!write) return
  intoReadme(title, text)
  intoBars(title, bars)
}

/** Keeps the bars for the table that `npm run bars` prints. */
function intoBars(title, bars) {
  const all = existsSync(barsFile) ? JSON.parse(readFileSync(barsFile, 'utf8')) : {}
  writeFileSync(barsFile, `${JSON.stringify({ ...all, [title]: { run: describeRun(), bars } }, null, 2)}\n`)
}

// From the first line of a table to the line that tells the run.
const written = /^\|.*?^\d{4}-\d\d-\d\d, .*?\.$/ms

function intoReadme(title, text) {
  const [before, section] = readFileSync(readme, 'utf8').split(new RegExp(`(?<=^## ${title}$)`, 'm'))
  if (!section) throw new Error(`README.md has no section ${title}.`)
  const end = section.search(/^## /m)
  const [own, after] = end < 0 ? [section, ''] : [section.slice(0, end), section.slice(end)]
  const fresh = written.test(own) ? own.replace(written, () => text) : `${own.trimEnd()}\n\n${text}\n${after && '\n'}`
  writeFileSync(readme, before + fresh + after)
}
