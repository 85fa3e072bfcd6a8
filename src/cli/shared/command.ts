// What every command is: the table in main.ts holds nothing else.
// It must not know any one command.
import type { ExitCode, Terminal } from './terminal.js'

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** The whole text of `--help`. Every option stands in it. */
  readonly help: string
  /** Runs with what was typed after the command's name. Throws a UsageError where it was called wrongly. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}
