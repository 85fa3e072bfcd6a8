// Runs the command in this process, with a terminal that records its output.
import { main } from '../../src/cli/main.js'
import type { ExitCode, Terminal } from '../../src/cli/shared/terminal.js'

export interface CliOptions {
  readonly env?: Record<string, string | undefined>
  /** The content of standard input. */
  readonly input?: string | Uint8Array
  /** Aborting it is like Ctrl-C. */
  readonly signal?: AbortSignal
  readonly color?: boolean
  readonly live?: boolean
  /** True if the user types standard input. */
  readonly inputIsTyped?: boolean
  /** Returns what the user enters at a question. Default: no user is at the terminal. */
  readonly ask?: (question: string) => string
  /** Called for each line of standard output. */
  readonly onPrint?: (text: string) => void
  /** Called for each line of standard error. */
  readonly onNote?: (text: string) => void
}

export interface CliResult {
  readonly code: ExitCode
  /** Standard output. */
  readonly out: string
  /** Standard error without progress lines. */
  readonly err: string
  readonly progress: readonly string[]
}

export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { env = {}, input = '', signal = new AbortController().signal, color = false, live = false } = options
  const [out, err, progress]: string[][] = [[], [], []]
  const terminal: Terminal = {
    env,
    signal,
    color,
    live,
    inputIsTyped: options.inputIsTyped ?? false,
    print(text) {
      out?.push(text)
      options.onPrint?.(text)
    },
    note(text) {
      err?.push(text)
      options.onNote?.(text)
    },
    progress: (text) => void progress?.push(text),
    readInput: async () => Buffer.from(input as string),
    ask: async (question) => options.ask?.(question),
  }
  const code = await main(args, terminal)
  return { code, out: out?.join('\n') ?? '', err: err?.join('\n') ?? '', progress: progress ?? [] }
}
