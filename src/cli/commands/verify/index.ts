// The command verify: is this the signature of these bytes, and if not, why?
import { diagnose } from '../../../diagnose/index.js'
import type { Command } from '../../shared/command.js'
import { parseOptions, readNamedFile, requireSecrets, UsageError } from '../../shared/options.js'
import { exitCode, paint } from '../../shared/terminal.js'

export const verify: Command = {
  summary: 'tell whether a signature is genuine, and if not, why',
  help: `Usage: gallabox-webhooks verify --signature <signature> [options]

Tells whether a signature is that of a raw body, which is read from a file or
from standard input. Where it is not, names the mistake that explains it.

  --signature <text>  what the header x-gallabox-signature said
  --file <path>       the raw body, byte for byte; default: standard input
  --event <name>      what the header x-event-name said
  --secret <text>     the webhook's secret; repeat it for several
  --json              print the diagnosis as JSON

Exit codes: 0 genuine, 1 not genuine, 2 called wrongly, 130 stopped.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, {
      signature: { type: 'string' },
      file: { type: 'string' },
      event: { type: 'string' },
      secret: { type: 'string', multiple: true },
      json: { type: 'boolean' },
    })
    if (positionals.length > 0) throw new UsageError('The body comes from --file or standard input.')
    if (values.signature === undefined) throw new UsageError('--signature is missing.')
    const secret = requireSecrets(values.secret, terminal)
    const rawBody = await readNamedFile(values.file ?? '-', terminal)
    // The signature does not cover the name: where none was typed, none is missed.
    const event = values.event ?? 'Message.Received'
    const headers = { 'x-gallabox-signature': values.signature, 'x-event-name': event }
    const diagnosis = await diagnose({ headers, rawBody }, { secret })
    const { genuine, message, fix, docs } = diagnosis

    if (values.json) {
      terminal.print(JSON.stringify(diagnosis))
    } else {
      terminal.print(genuine ? paint(terminal, 'green', 'true') : paint(terminal, 'red', 'false'))
      terminal.note([message, fix, fix && `More: ${docs}`].filter(Boolean).join('\n'))
    }
    return genuine ? exitCode.ok : exitCode.failed
  },
}
