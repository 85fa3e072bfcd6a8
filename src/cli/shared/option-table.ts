/** The options of a command, in the order of `--help`. Parsing, `--help` and completion use the same table. */
export type OptionTable = Readonly<Record<string, OptionDescriptor>>

export interface OptionDescriptor {
  readonly type: 'string' | 'boolean'
  /** The option as one letter. */
  readonly short?: string
  /** True if the option is repeatable. */
  readonly multiple?: boolean
  /**
   * The value of a string option, as `--help` shows it. Completion offers what it stands for: `<event>` for event names,
   * `<code>`, `<check>`, `<file>`, and the alternatives of `bash|zsh|fish`.
   */
  readonly value?: string
  /** What the option does. */
  readonly help: string
  /** A line before the option that starts a group. An empty one leaves only a blank line. */
  readonly heading?: string
}
