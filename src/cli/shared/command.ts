import { formatHelp } from './help.js'
import type { OptionTable } from './option-table.js'
import { type ParsedOptions, parseOptions } from './options.js'
import type { ExitCode, Terminal } from './terminal.js'

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** The output of `--help`. It lists every option. */
  readonly help: string
  /** What the command takes before its options, such as `<url> [event…]`. */
  readonly operands: string
  readonly options: OptionTable
  /**
   * Runs the command.
   *
   * @param args - The arguments after the command's name.
   * @throws UsageError if an argument is invalid.
   */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>
}

interface CommandDefinition<Table extends OptionTable> {
  readonly name: string
  readonly summary: string
  readonly operands: string
  /** What the command does, for `--help`. */
  readonly about: string
  readonly options: Table
  /** The end of `--help`: the exit codes. */
  readonly notes: string
  run(args: ParsedOptions<Table>, terminal: Terminal): Promise<ExitCode>
}

/** Creates a command that parses its arguments and formats its help from one table of options. */
export function defineCommand<const Table extends OptionTable>(definition: CommandDefinition<Table>): Command {
  const { summary, operands, options } = definition
  return {
    summary,
    operands,
    options,
    help: formatHelp(definition),
    run: async (args, terminal) => definition.run(parseOptions(args, options), terminal),
  }
}
