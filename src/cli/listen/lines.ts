// What the terminal says of each delivery: one line, and why it was refused.
// It must not know the page.
import { oneLine, paint, type Terminal } from '../terminal.js'
import type { Entry } from './entry.js'
import { toRow } from './row.js'

export interface LineOptions {
  readonly showContacts: boolean
  readonly json: boolean
}

/** Creates what prints each entry of the log. */
export function createLines(terminal: Terminal, { showContacts, json }: LineOptions): (entry: Entry) => void {
  return (entry) => {
    const row = toRow(entry, showContacts)
    if (json) return terminal.print(JSON.stringify(row))
    const { event, verdict, answered, forwarded, copyOf, who, text } = row
    const columns = [
      entry.createdAt.toTimeString().slice(0, 8),
      oneLine(event || '(no name)', 40).padEnd(30),
      paint(terminal, verdict.genuine ? 'green' : 'red', verdict.genuine ? 'genuine' : 'REFUSED'),
      paint(terminal, answered === 200 ? 'green' : 'red', `${answered}`),
      oneLine(who, 40),
      oneLine(text),
      copyOf ? '(sent again)' : '',
    ]
    const { message, fix } = verdict
    const remarks = [
      verdict.code === 'genuine' ? '' : `${message} ${fix}`,
      verdict.docs && verdict.code !== 'genuine' ? `More: ${verdict.docs}` : '',
      forwarded?.status === null ? `Passed on in vain: ${forwarded.reason}.` : '',
    ]
    terminal.print(
      [columns.filter(Boolean).join('  '), ...remarks.filter(Boolean).map((text) => `  ${text}`)].join('\n'),
    )
  }
}
