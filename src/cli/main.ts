import { account } from './commands/account/index.js'
import { createCompletion } from './commands/completion/index.js'
import { doctor } from './commands/doctor/index.js'
import { explain } from './commands/explain/index.js'
import { init } from './commands/init/index.js'
import { listen } from './commands/listen/index.js'
import { replay } from './commands/replay/index.js'
import { send } from './commands/send/index.js'
import { verify } from './commands/verify/index.js'
import type { Command } from './shared/command.js'
import { globalOptions, readDotenv, takeDotenv } from './shared/global-options.js'
import { formatOptions } from './shared/help.js'
import { UsageError, unknownName } from './shared/options.js'
import { readVersion } from './shared/package.js'
import { type ExitCode, exitCode, type Terminal } from './shared/terminal.js'

export const commands: Readonly<Record<string, Command>> = {
  send,
  listen,
  replay,
  verify,
  doctor,
  account,
  explain,
  init,
  completion: createCompletion(() => commands),
}

function createOverview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: gallabox-webhooks <command> [options]

Tools for receivers of Gallabox webhooks.

${lines.join('\n')}

Options of a command: gallabox-webhooks help <command>

${formatOptions(globalOptions)}

The secret: GALLABOX_WEBHOOK_SECRET, or --secret. It is never printed.
A URL may be a port: 3000 means http://localhost:3000.
Exit codes: 0 success, 1 negative result, 2 usage error, 130 interrupted.`
}

/** Runs a command and returns its exit code. Does not reject for a usage error. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let helpCommand = 'gallabox-webhooks --help'
  try {
    const { file, rest } = takeDotenv(args)
    const [name = '', ...commandArgs] = rest
    const topic = readHelpTopic(rest)
    if (topic !== undefined) {
      terminal.print(topic === '' ? createOverview() : findCommand(topic).help)
      return name === '' ? exitCode.usage : exitCode.ok
    }
    if (name === '--version' || name === '-v') {
      terminal.print(readVersion())
      return exitCode.ok
    }
    const command = findCommand(name)
    helpCommand = `gallabox-webhooks ${name} --help`
    // The real environment wins.
    const env = file === undefined ? terminal.env : { ...(await readDotenv(file)), ...terminal.env }
    return await command.run(commandArgs, { ...terminal, env })
  } catch (error) {
    if (terminal.signal.aborted) return exitCode.interrupted
    if (!(error instanceof UsageError)) throw error
    terminal.note(`${error.message}\nSee: ${helpCommand}`)
    return exitCode.usage
  }
}

/** Returns the command whose help to print. Empty for the overview, undefined if the arguments run a command. */
function readHelpTopic([name, ...rest]: readonly string[]): string | undefined {
  if (name === undefined || name === '--help' || name === '-h') return ''
  if (name === 'help') return rest[0] ?? ''
  return rest.includes('--help') || rest.includes('-h') ? name : undefined
}

function findCommand(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command
  const kind = name.startsWith('-') ? 'option' : 'command'
  const known =
    kind === 'command' ? [...Object.keys(commands), 'help'] : Object.keys(globalOptions).map((option) => `--${option}`)
  throw unknownName(kind, name, known)
}
