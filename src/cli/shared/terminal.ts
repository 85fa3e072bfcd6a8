// What a command sees of the world: its output, its environment, its input, and the signal to stop.
// It must not know any one command.
import { addAbortSignal } from 'node:stream'

/** The world of one run. Tests give their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts when the user presses Ctrl-C, or the process is told to end. */
  readonly signal: AbortSignal
  /** True where standard output may be coloured. */
  readonly color: boolean
  /** True where a line of standard error may be overwritten, as progress is. */
  readonly live: boolean
  /** Writes to standard output: what was asked for, and nothing else, so that a program may read it. */
  print(text: string): void
  /** Writes to standard error: progress, hints and mistakes. */
  note(text: string): void
  /** Overwrites the last line of standard error, if there is somebody to see it. */
  progress(text: string): void
  /** Reads standard input to its end. Rejects where the user stops that. */
  readInput(): Promise<Uint8Array>
}

/** What a run ends with: all is well; the answer is no; the command was called wrongly; the user stopped it. */
export const exitCode = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  process.stdout.on('error', onWriteError)
  process.stderr.on('error', onWriteError)
  const live = process.stderr.isTTY === true
  return {
    env: process.env,
    signal: stopping.signal,
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    live,
    print(text) {
      if (live) process.stderr.write(clearLine)
      process.stdout.write(`${text}\n`)
    },
    note: (text) => void process.stderr.write(`${live ? clearLine : ''}${text}\n`),
    progress: (text) => void (live && process.stderr.write(`${clearLine}${text}`)),
    async readInput() {
      const chunks: Uint8Array[] = []
      for await (const chunk of addAbortSignal(stopping.signal, process.stdin)) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
  }
}

let isFaultSaid = false

function onWriteError({ code }: NodeJS.ErrnoException): void {
  // Whoever reads may stop reading, as `head` does: that is no mistake. Of another fault, each further line would tell again.
  if (code === 'EPIPE' || isFaultSaid) return
  isFaultSaid = true
  process.stderr.write(`The output cannot be written: ${code}.\n`)
  // A disk that is full is no answer, neither yes nor no.
  process.once('exit', () => {
    process.exitCode = exitCode.usage
  })
}

const clearLine = '\r\u001B[2K'
const styles = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const

/** Colours a text where that can be seen. */
export function paint(terminal: Pick<Terminal, 'color'>, style: keyof typeof styles, text: string): string {
  return terminal.color ? `\u001B[${styles[style]}m${text}\u001B[0m` : text
}

// What a stranger sends must not move the cursor, set the title or end the line of a terminal.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about.
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/g

/** Makes one printable line of a stranger's text, shortened if it is long. */
export function oneLine(text: string, maxLength = 80): string {
  const line = text.replace(control, ' ').trim()
  const characters = Array.from(line)
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : line
}
