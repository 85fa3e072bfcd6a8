// What the terminal says of each delivery: one line, and why it was refused.
// It must not know the page.
import { oneLine, paint, type Terminal } from '../../shared/terminal.js'
import type { Entry, Row } from './entry.js'
import { toRow } from './row.js'

export interface LineOptions {
  readonly showContacts: boolean
  readonly json: boolean
}

/** Creates what prints each entry of the log. */
export function createLines(terminal: Terminal, { showContacts, json }: LineOptions): (entry: Entry) => void {
  return (entry) => {
    const row = toRow(entry, showContacts)
    if (json) return terminal.print(toJsonLine(row))
    const { event, verdict, answered, forwarded, copyOf, deceived, who, text } = row
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
      deceived ? paint(terminal, 'red', 'Your server took it all the same: it does not verify as it should.') : '',
      forwarded?.status === null ? `Passed on in vain: ${forwarded.reason}.` : '',
    ]
    terminal.print(
      [columns.filter(Boolean).join('  '), ...remarks.filter(Boolean).map((text) => `  ${text}`)].join('\n'),
    )
  }
}

// JSON escapes the control characters of ASCII alone; a terminal may obey the others too.
function toJsonLine(row: Row): string {
  return JSON.stringify(row).replace(
    /[\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
