// What a command says of the deliveries that it sent: a line each, and the sum of them.
// It must not know how they were made.
import { oneLine, paint, type Terminal } from '../terminal.js'
import type { LogLine } from './types.js'

export interface ReportOptions {
  /** How many there will be, if that is known. */
  readonly total?: number | undefined
  readonly json?: boolean | undefined
  /** True where each should be refused, as a forgery. */
  readonly forged?: boolean | undefined
}

/** Prints lines as they come, and a summary at the end. */
export interface Report {
  readonly add: (line: LogLine) => void
  /** Prints the summary. Returns whether all went as it should. */
  readonly end: () => boolean
}

// Of more than these only the failures are worth a line each.
const mostLines = 50

export function createReport(terminal: Terminal, { total, json, forged = false }: ReportOptions): Report {
  const times: number[] = []
  let count = 0
  let wrong = 0
  let taken = false

  return {
    add(sent) {
      // A recorded name came from a network.
      const line = { ...sent, event: oneLine(sent.event) }
      const right = isRight(line, forged)
      count++
      if (!right) wrong++
      if (forged && isTaken(line)) taken = true
      for (const { status, ms } of line.attempts) if (status !== null) times.push(ms)
      if (json) terminal.print(JSON.stringify(line))
      else if (!right || (total ?? 0) <= mostLines) terminal.print(describe(line, forged, terminal))
      terminal.progress(`${count}${total === undefined ? '' : ` of ${total}`} sent, ${wrong} ${wrongWord(forged)}`)
    },
    end() {
      if (count > 0) terminal.note(`${count} sent, ${wrong} ${wrongWord(forged)}${spread(times)}`)
      else if (!terminal.signal.aborted) terminal.note('Nothing was sent.')
      if (taken) terminal.note('Whoever knows the address can send this too. Verify the signature of every delivery.')
      return count > 0 && wrong === 0
    },
  }
}

function wrongWord(forged: boolean): string {
  return forged ? 'not refused' : 'failed'
}

function isRight({ status, attempts }: LogLine, forged: boolean): boolean {
  const last = attempts.at(-1)?.status ?? 0
  return forged ? last >= 400 && last < 500 && !isElsewhere(last) : status === 'SUCCESS'
}

/** Tells whether the receiver counted a delivery as received. */
function isTaken({ attempts }: LogLine): boolean {
  const last = attempts.at(-1)?.status ?? 0
  return last >= 200 && last < 300
}

/** Tells whether an answer means that no webhook was asked: a wrong path must not pass for a refusal. */
function isElsewhere(status: number): boolean {
  return status === 404 || status === 405
}

function describe(line: LogLine, forged: boolean, terminal: Terminal): string {
  const { id, event, createdAt, status, attempts } = line
  const last = attempts.at(-1)
  const right = isRight(line, forged)
  const tries = attempts.length > 1 ? `${attempts.length} attempts` : ''
  const columns = [
    id,
    event.padEnd(34),
    createdAt.toISOString(),
    paint(terminal, right ? 'green' : 'red', status.padEnd(7)),
    `${last?.status ?? '–'}`.padStart(3),
    `${last?.ms ?? 0} ms`.padStart(8),
    tries,
  ]
  const hint = right
    ? ''
    : `\n  ${forged ? describeTaken(last?.status, last?.reason) : explain(last?.status, last?.reason)}`
  return `${columns.join('  ').trimEnd()}${hint}`
}

function describeTaken(status: number | null | undefined, reason = 'no answer'): string {
  if (!status) return `${reason}.`
  if (isElsewhere(status)) return `${explanations[status]} So nothing was checked.`
  if (status < 300) return 'A forged delivery was taken as genuine.'
  return 'A forged delivery should be refused with 401. This answer is another, so it is not known what was checked.'
}

const explanations: Readonly<Record<number, string>> = {
  401: 'The receiver refused it: its secret is another, or it checks wrongly. `gallabox-webhooks doctor` says which.',
  403: 'Something in front of the receiver refused it, such as a firewall or a CSRF check.',
  404: 'There is no such route. Is the path right?',
  405: 'The route takes another method: see --method.',
  408: 'The receiver waited for the body in vain: something else has read it, such as a body parser.',
  413: 'The body is larger than the receiver takes.',
  500: 'The receiver failed. Its own log says why; where this library receives, what `onOutcome` is told.',
}

function explain(status: number | null | undefined, reason = 'no answer'): string {
  if (!status) return `${reason}.`
  if (status < 300) return 'Only 200 is known to count as a success for Gallabox.'
  if (status < 400) return 'It is a redirect. Gallabox is not known to follow any: use the address it leads to.'
  return explanations[status] ?? (status < 500 ? 'The receiver refused it.' : 'The receiver could not take it now.')
}

/** The spread of the times until the answers. */
function spread(times: number[]): string {
  if (times.length < 2) return ''
  times.sort((a, b) => a - b)
  // The nearest rank: the least time that this share of the answers did not exceed.
  const at = (share: number) => times[Math.max(0, Math.ceil(share * times.length) - 1)] as number
  const marks = [
    ['min', 0],
    ['median', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
    ['max', 1],
  ] as const
  return `; ms until the answer: ${marks.map(([name, share]) => `${name} ${at(share)}`).join(', ')}`
}
