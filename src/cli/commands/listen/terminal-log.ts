import { locatePage } from '../../shared/package.js'
import { oneLine, paint, type Terminal } from '../../shared/terminal.js'
import type { LogEntry } from './entry.js'
import type { EntryStatus, LogRow } from './page-server/protocol.js'
import { toRow } from './row.js'

export interface TerminalLogOptions {
  readonly showContacts: boolean
  readonly json: boolean
  /** Selects the rows to print. */
  readonly isWanted: (row: LogRow) => boolean
}

/** Creates a function that prints an entry of the log. */
export function createTerminalLog(
  terminal: Terminal,
  { showContacts, json, isWanted }: TerminalLogOptions,
): (entry: LogEntry) => void {
  return (entry) => {
    const row = toRow(entry, showContacts)
    if (!isWanted(row)) return
    if (json) return terminal.print(toJsonLine(row))
    const time = entry.createdAt.toTimeString().slice(0, 8)
    const remarks = listRemarks(row, terminal).map((remark) => `  ${remark}`)
    terminal.print([`${time}  ${formatColumns(row, terminal)}`, ...remarks].join('\n'))
  }
}

const styles = {
  verified: 'green',
  unrecognized: 'yellow',
  unchecked: 'yellow',
  rejected: 'red',
  failed: 'red',
  'accepted-unverified': 'red',
} as const satisfies Record<EntryStatus, string>

function formatColumns(row: LogRow, terminal: Terminal): string {
  const { event, status, label, responseStatus, resentFrom, contact, text } = row
  const isRejected = status === 'rejected' || status === 'accepted-unverified'
  const columns = [
    oneLine(event || '(no name)', 40).padEnd(30),
    paint(terminal, styles[status], isRejected ? label.toUpperCase() : label),
    paint(terminal, responseStatus === 200 ? 'green' : 'red', `${responseStatus}`),
    oneLine(contact, 40),
    oneLine(text),
    resentFrom ? '(sent again)' : '',
  ]
  return columns.filter(Boolean).join('  ')
}

function listRemarks({ status, reason, diagnosis }: LogRow, terminal: Terminal): readonly string[] {
  // The start says once that there is no secret.
  const { verified, hint, docs } = status === 'unchecked' ? { verified: true, hint: '', docs: '' } : diagnosis
  const hasProblem = !verified || hint !== ''
  const isAlarming = status === 'accepted-unverified'
  // An event name is untrusted.
  const line = oneLine(`${reason} ${hint}`, 500)
  return [
    line && (isAlarming ? paint(terminal, 'red', line) : line),
    hasProblem && docs ? `More: ${locatePage(docs)}` : '',
  ].filter(Boolean)
}

// JSON escapes only the control characters of ASCII. A terminal may interpret others too.
function toJsonLine(row: LogRow): string {
  return JSON.stringify(row).replace(
    /[\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
