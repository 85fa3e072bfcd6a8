// What a user typed after the command: checked, with the secret taken from where it belongs.
// It must not know any one command.
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { listSecrets } from '../secrets.js'
import type { Terminal } from './terminal.js'

/** The command was called wrongly. The message says what to change; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type OptionsConfig = NonNullable<ParseArgsConfig['options']>

/** Parses what was typed. Throws a UsageError for what is unknown or has no value. */
export function parseOptions<const O extends OptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Node's own message is a good one, but for its advice about "--".
    throw new UsageError((error as Error).message.replace(/\. To specify .*/s, '.'))
  }
}

/** The secrets: those that were typed, else the environment's. Empty where there is none. Throws a UsageError for a bad one. */
function secretsOf(typed: readonly string[] | undefined, { env }: Terminal): readonly string[] {
  const { GALLABOX_WEBHOOK_SECRET: fromEnvironment } = env
  const secrets = typed ?? (fromEnvironment === undefined ? [] : [fromEnvironment])
  try {
    for (const secret of secrets) listSecrets(secret)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  return secrets
}

/** As `secretsOf`, for a command that can do nothing without one. */
export function requireSecrets(typed: readonly string[] | undefined, terminal: Terminal): readonly string[] {
  const secrets = secretsOf(typed, terminal)
  if (secrets.length > 0) return secrets
  throw new UsageError('There is no secret: set GALLABOX_WEBHOOK_SECRET, or pass --secret.')
}
