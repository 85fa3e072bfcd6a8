import type { Command } from '../../shared/command.js'
import { globalOptions } from '../../shared/global-options.js'
import type { OptionTable } from '../../shared/option-table.js'
import { type Candidates, findCandidates } from './candidates.js'

export interface OptionSpecification {
  /** With dashes. */
  readonly name: string
  /** With a dash. */
  readonly short?: string | undefined
  readonly help: string
  readonly isRepeatable: boolean
  /** Undefined for an option without a value. */
  readonly value?: Candidates | undefined
}

export interface CommandSpecification {
  readonly name: string
  readonly summary: string
  readonly options: readonly OptionSpecification[]
  readonly operands: readonly Candidates[]
  /** What further operands may be. Empty if there is no further one. */
  readonly furtherOperands: Candidates
}

/** What each shell completes. */
export interface Specification {
  readonly commands: readonly CommandSpecification[]
  /** The options before a command. */
  readonly globalOptions: readonly OptionSpecification[]
}

/** Derives from the tables of the commands what to complete. */
export function createSpecification(commands: Readonly<Record<string, Command>>): Specification {
  const names = Object.keys(commands)
  const { version: _, ...commonOptions } = globalOptions

  function listOptions(options: OptionTable): readonly OptionSpecification[] {
    return Object.entries(options).map(([name, { short, help, multiple, value }]) => ({
      name: `--${name}`,
      short: short && `-${short}`,
      help,
      isRepeatable: multiple ?? false,
      value: value === undefined ? undefined : findCandidates(value, names),
    }))
  }

  function specify(name: string, { summary, operands, options }: Omit<Command, 'help' | 'run'>): CommandSpecification {
    // A required option, such as "--signature <signature>", is no operand.
    const placeholders = operands
      .replace(/--\S+ \S+/g, '')
      .split(' ')
      .filter(Boolean)
    return {
      name,
      summary,
      options: listOptions({ ...options, ...commonOptions }),
      operands: placeholders.filter((text) => !text.includes('…')).map((text) => findCandidates(text, names)),
      furtherOperands: placeholders.filter((text) => text.includes('…')).flatMap((text) => findCandidates(text, names)),
    }
  }

  return {
    commands: [
      ...Object.entries(commands).map(([name, command]) => specify(name, command)),
      specify('help', { summary: 'print the options of a command', operands: '[command]', options: {} }),
    ],
    globalOptions: listOptions(globalOptions),
  }
}
