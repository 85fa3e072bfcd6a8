import { oneLine, paint, type Terminal } from '../../shared/terminal.js'
import { type LogEntry, type LogRow, toRow } from './entry.js'

export interface TerminalLogOptions {
  readonly showContacts: boolean
  readonly json: boolean
}

/** Creates a function that prints an entry of the log. */
export function createTerminalLog(
  terminal: Terminal,
  { showContacts, json }: TerminalLogOptions,
): (entry: LogEntry) => void {
  return (entry) => {
    const row = toRow(entry, showContacts)
    if (json) return terminal.print(toJsonLine(row))
    const time = entry.createdAt.toTimeString().slice(0, 8)
    const remarks = listRemarks(row, terminal).map((remark) => `  ${remark}`)
    terminal.print([`${time}  ${formatColumns(row, terminal)}`, ...remarks].join('\n'))
  }
}

function formatColumns(row: LogRow, terminal: Terminal): string {
  const { event, diagnosis, responseStatus, resentFrom, contact, text } = row
  const columns = [
    oneLine(event || '(no name)', 40).padEnd(30),
    diagnosis.verified ? paint(terminal, 'green', 'verified') : paint(terminal, 'red', 'UNVERIFIED'),
    paint(terminal, responseStatus === 200 ? 'green' : 'red', `${responseStatus}`),
    oneLine(contact, 40),
    oneLine(text),
    resentFrom ? '(sent again)' : '',
  ]
  return columns.filter(Boolean).join('  ')
}

function listRemarks({ diagnosis, forwarded, acceptedUnverified }: LogRow, terminal: Terminal): readonly string[] {
  const { verified, message, hint, docs } = diagnosis
  const hasProblem = !verified || hint !== ''
  const remarks = [
    hasProblem ? `${message} ${hint}`.trim() : '',
    hasProblem && docs ? `More: ${docs}` : '',
    acceptedUnverified ? paint(terminal, 'red', 'Your server accepted it. Check its verification.') : '',
    forwarded?.status === null ? `Could not forward: ${forwarded.reason}.` : '',
  ]
  return remarks.filter(Boolean)
}

// JSON escapes only the control characters of ASCII. A terminal may interpret others too.
function toJsonLine(row: LogRow): string {
  return JSON.stringify(row).replace(
    /[\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
