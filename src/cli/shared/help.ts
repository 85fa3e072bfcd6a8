import type { OptionDescriptor, OptionTable } from './option-table.js'
import { wrapLines } from './wrap-lines.js'

const maxWidth = 80

interface HelpContent {
  readonly name: string
  readonly operands: string
  readonly about: string
  readonly options: OptionTable
  readonly notes: string
}

/** Formats the output of `--help`. */
export function formatHelp({ name, operands, about, options, notes }: HelpContent): string {
  const table = formatOptions(options)
  const usage = ['Usage: gallabox-webhooks', name, operands, table && '[options]'].filter(Boolean).join(' ')
  return [usage, about, table, notes].filter(Boolean).join('\n\n')
}

/** Formats a table of options in two columns. */
export function formatOptions(options: OptionTable): string {
  const rows = Object.entries(options).map(([name, option]) => ({ label: formatLabel(name, option), ...option }))
  const column = Math.max(...rows.map(({ label }) => label.length)) + 4
  const lines = rows.flatMap(({ label, help, heading }, index) => {
    const [first, ...more] = wrapLines(help, maxWidth - column)
    const row = [`  ${label}`.padEnd(column) + first, ...more.map((line) => ' '.repeat(column) + line)]
    return heading === undefined ? row : [index > 0 ? '' : undefined, heading || undefined, ...row]
  })
  return lines.filter((line) => line !== undefined).join('\n')
}

function formatLabel(name: string, { short, value }: OptionDescriptor): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
