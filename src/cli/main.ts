// The command gallabox-webhooks: which command was asked for, and what its mistakes look like.
// It must not know what any command does.

import { doctor } from './commands/doctor/index.js'
import { listen } from './commands/listen/index.js'
import { replay } from './commands/replay/index.js'
import { send } from './commands/send/index.js'
import { verify } from './commands/verify/index.js'
import type { Command } from './shared/command.js'
import { UsageError } from './shared/options.js'
import { type ExitCode, exitCode, type Terminal } from './shared/terminal.js'

export const commands: Readonly<Record<string, Command>> = { send, listen, replay, verify, doctor }

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: gallabox-webhooks <command> [options]

Tools for receivers of Gallabox webhooks.

${lines.join('\n')}

Options of each command: gallabox-webhooks <command> --help
The secret: GALLABOX_WEBHOOK_SECRET, or --secret. It is never printed.
Exit codes: 0 all is well, 1 the answer is no, 2 called wrongly, 130 stopped.`
}

/** Runs what was typed. Resolves to the exit code; it does not reject for a mistake of the user. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.print(overview())
    return name === undefined ? exitCode.usage : exitCode.ok
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    terminal.note(`There is no command ${JSON.stringify(name)}.\n\n${overview()}`)
    return exitCode.usage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.print(command.help)
    return exitCode.ok
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    if (terminal.signal.aborted) return exitCode.interrupted
    if (!(error instanceof UsageError)) throw error
    terminal.note(`${error.message}\nSee: gallabox-webhooks ${name} --help`)
    return exitCode.usage
  }
}
