import type { ExitCode, Terminal } from './terminal.js'

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** The output of `--help`. It lists every option. */
  readonly help: string
  /**
   * Runs the command.
   *
   * @param args - The arguments after the command's name.
   * @throws UsageError if an argument is invalid.
   */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}
