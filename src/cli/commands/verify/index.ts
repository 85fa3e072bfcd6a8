import { diagnose } from '../../../diagnose/index.js'
import { eventNameHeader } from '../../../events/names.js'
import { signatureHeader } from '../../../signature/verify-signature.js'
import type { Command } from '../../shared/command.js'
import { parseOptions, readInputFile, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode, paint } from '../../shared/terminal.js'

export const verify: Command = {
  summary: 'verify a signature, and explain why it is not valid',
  help: `Usage: gallabox-webhooks verify --signature <signature> [options]

Verifies the signature of a raw body, read from a file or standard input. If
it is not valid, explains the likely mistake.

  --signature <value>  value of the header x-gallabox-signature
  --file <path>        file with the raw body; default: standard input
  --event <name>       value of the header x-event-name
  --secret <secret>    the webhook's secret; repeatable
  --json               print the diagnosis as JSON

Exit codes: 0 verified, 1 unverified, 2 usage error, 130 interrupted.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      signature: { type: 'string' },
      file: { type: 'string' },
      event: { type: 'string' },
      secret: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    })
    if (positionals.length > 0)
      throw new UsageError('Too many arguments. Pass the body with --file or on standard input.')
    if (values.signature === undefined) throw new UsageError('--signature is missing.')
    const secret = requireSecrets(values.secret, terminal)
    const rawBody = await readInputFile(values.file ?? '-', terminal)
    // The signature does not cover the name, so a missing --event must not become a finding.
    const event = values.event ?? 'Message.Received'
    const headers = { [signatureHeader]: values.signature, [eventNameHeader]: event }
    const diagnosis = await diagnose({ headers, rawBody }, { secret })
    const { verified, message, hint, docs } = diagnosis

    if (values.json) {
      terminal.print(JSON.stringify(diagnosis))
    } else {
      terminal.print(verified ? paint(terminal, 'green', 'true') : paint(terminal, 'red', 'false'))
      terminal.note([message, hint, hint && `More: ${docs}`].filter(Boolean).join('\n'))
    }
    return verified ? exitCode.ok : exitCode.failed
  },
}
