// Prints the result of a benchmark and, with --write, puts its table into README.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { write } from './options.mjs'

const readme = join(import.meta.dirname, '../README.md')

function describeRun() {
  const [cpu] = cpus()
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}`
}

/** Formats a Markdown table with aligned columns. */
function formatTable([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/**
 * Prints a table under its title, and each budget with what was measured. A missed budget sets the exit code to 1.
 *
 * @param {{ title: string, table: string[][], budgets: { budget: string, found: string, met: boolean }[] }} result
 */
export function report({ title, table, budgets }) {
  const text = `${formatTable(table)}\n\n${describeRun()}.`
  console.log(`\n## ${title}\n\n${text}\n`)
  for (const { budget, found, met } of budgets) console.log(`${met ? 'met   ' : 'MISSED'} ${budget}: ${found}`)
  if (budgets.some(({ met }) => !met)) process.exitCode = 1
  if (write) writeToReadme(title, text)
}

// From the first line of a table to the line that describes the run.
const written = /^\|.*?^\d{4}-\d\d-\d\d, .*?\.$/ms

function writeToReadme(title, text) {
  const [before, section] = readFileSync(readme, 'utf8').split(new RegExp(`(?<=^## ${title}$)`, 'm'))
  if (!section) throw new Error(`README.md has no section ${title}.`)
  const end = section.search(/^## /m)
  const [current, after] = end < 0 ? [section, ''] : [section.slice(0, end), section.slice(end)]
  const fresh = written.test(current)
    ? current.replace(written, () => text)
    : `${current.trimEnd()}\n\n${text}\n${after && '\n'}`
  writeFileSync(readme, before + fresh + after)
}
