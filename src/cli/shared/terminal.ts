import { createInterface } from 'node:readline/promises'
import { addAbortSignal } from 'node:stream'

/** The output, input, environment and abort signal of one run. Tests pass a fake. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
  /** True if standard output shows colors. */
  readonly color: boolean
  /** True if a line of standard error can be overwritten. */
  readonly live: boolean
  /** True if the user types standard input, so that reading it waits for the user. */
  readonly inputIsTyped: boolean
  /** Writes to standard output. Programs may parse it, so it contains results only. */
  print(text: string): void
  /** Writes to standard error: summaries, hints and errors. */
  note(text: string): void
  /** Overwrites the last line of standard error if it is live. */
  progress(text: string): void
  /** Reads standard input to its end. Rejects on Ctrl-C. */
  readInput(): Promise<Uint8Array>
  /** Asks a question, and returns the line that the user enters. Undefined, without a question, if no user is there. */
  ask(question: string): Promise<string | undefined>
}

/** `ok`: success. `failed`: the result is negative. `usage`: usage error. `interrupted`: stopped by the user. */
export const exitCode = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** Returns the terminal of this process. */
export function processTerminal(): Terminal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  process.stdout.on('error', onWriteError)
  process.stderr.on('error', onWriteError)
  const live = process.stderr.isTTY === true
  return {
    env: process.env,
    signal: controller.signal,
    color: showsColors(process.env, process.stdout.isTTY === true),
    live,
    inputIsTyped: process.stdin.isTTY === true,
    print(text) {
      if (live) process.stderr.write(clearLine)
      process.stdout.write(`${text}\n`)
    },
    note: (text) => void process.stderr.write(`${live ? clearLine : ''}${text}\n`),
    progress: (text) => void (live && process.stderr.write(`${clearLine}${text}`)),
    async readInput() {
      const chunks: Uint8Array[] = []
      for await (const chunk of addAbortSignal(controller.signal, process.stdin)) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
    async ask(question) {
      if (!live || process.stdin.isTTY !== true) return undefined
      const prompt = createInterface({ input: process.stdin, output: process.stderr })
      try {
        return await prompt.question(`${question} `, { signal: controller.signal })
      } finally {
        prompt.close()
      }
    },
  }
}

/** NO_COLOR wins over FORCE_COLOR, and both over what standard output is. */
export function showsColors({ NO_COLOR, FORCE_COLOR }: Terminal['env'], isTerminal: boolean): boolean {
  if (NO_COLOR) return false
  return FORCE_COLOR ? FORCE_COLOR !== '0' && FORCE_COLOR !== 'false' : isTerminal
}

let hasReportedWriteError = false

function onWriteError({ code }: NodeJS.ErrnoException): void {
  // A reader such as `head` may close the pipe early. Any other error is reported once, not for every line.
  if (code === 'EPIPE' || hasReportedWriteError) return
  hasReportedWriteError = true
  process.stderr.write(`Cannot write the output: ${code}.\n`)
  // The output is incomplete, for example because the disk is full, so 0 and 1 would both be wrong.
  process.once('exit', () => {
    process.exitCode = exitCode.usage
  })
}

const clearLine = '\r\u001B[2K'
const styles = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const

/** Styles a string if the terminal shows colors. */
export function paint(terminal: Pick<Terminal, 'color'>, style: keyof typeof styles, text: string): string {
  return terminal.color ? `\u001B[${styles[style]}m${text}\u001B[0m` : text
}

// Untrusted text must not move the cursor, set the title or start a new line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
const controlCharacters = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]+/g

/** Converts untrusted text to one printable line, shortened to a maximum length. */
export function oneLine(text: string, maxLength = 80): string {
  const line = text.replace(controlCharacters, ' ').trim()
  const characters = Array.from(line)
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : line
}
