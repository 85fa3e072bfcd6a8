import { didYouMean } from '../platform/nearest-name.js'
import { account } from './commands/account/index.js'
import { doctor } from './commands/doctor/index.js'
import { explain } from './commands/explain/index.js'
import { listen } from './commands/listen/index.js'
import { replay } from './commands/replay/index.js'
import { send } from './commands/send/index.js'
import { verify } from './commands/verify/index.js'
import type { Command } from './shared/command.js'
import { UsageError } from './shared/options.js'
import { type ExitCode, exitCode, type Terminal } from './shared/terminal.js'

export const commands: Readonly<Record<string, Command>> = { send, listen, replay, verify, doctor, account, explain }

function createOverview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: gallabox-webhooks <command> [options]

Tools for receivers of Gallabox webhooks.

${lines.join('\n')}

Options of a command: gallabox-webhooks <command> --help
The secret: GALLABOX_WEBHOOK_SECRET, or --secret. It is never printed.
Exit codes: 0 success, 1 negative result, 2 usage error, 130 interrupted.`
}

/** Runs a command and returns its exit code. Does not reject for a usage error. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.print(createOverview())
    return name === undefined ? exitCode.usage : exitCode.ok
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    terminal.note(
      `Unknown command ${JSON.stringify(name)}.${didYouMean(name, Object.keys(commands))}\n\n${createOverview()}`,
    )
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
