import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import type { OptionTable } from './option-table.js'
import { UsageError } from './options.js'

/** The options that need no command. `--dotenv` and `--help` also work after one. */
export const globalOptions = {
  dotenv: {
    type: 'string',
    value: '<file>',
    help: 'read variables from a file, such as .env; a variable of the environment wins',
  },
  help: { type: 'boolean', short: 'h', help: 'print this, or the options of a command' },
  version: { type: 'boolean', short: 'v', help: 'print the version' },
} satisfies OptionTable

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the variables of a dotenv file. Throws a UsageError that shows none of its content. */
export async function readDotenv(file: string): Promise<Environment> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--dotenv: cannot read ${file}: ${error.code}.`)
  })
  // Windows PowerShell writes UTF-16 by default.
  if (bytes.includes(0)) throw new UsageError(`--dotenv: ${file} is not UTF-8. Save it as UTF-8.`)
  return parseEnv(new TextDecoder().decode(bytes))
}

/** Removes `--dotenv <file>` from arguments. It may be anywhere before `--`. */
export function takeDotenv(args: readonly string[]): { readonly file?: string | undefined; readonly rest: string[] } {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const index = args.slice(0, end).findIndex((arg) => arg === '--dotenv' || arg.startsWith('--dotenv='))
  if (index === -1) return { rest: [...args] }
  const [, inline] = /^--dotenv=(.*)$/s.exec(args[index] as string) ?? []
  const file = inline ?? args[index + 1]
  if (!file || (inline === undefined && file.startsWith('-')))
    throw new UsageError('--dotenv needs a file, such as --dotenv .env.')
  return { file, rest: [...args.slice(0, index), ...args.slice(index + (inline === undefined ? 2 : 1))] }
}
