import { diagnose } from '../../../diagnose/index.js'
import { eventNameHeader } from '../../../events/names.js'
import { signatureHeader } from '../../../signature/verify-signature.js'
import { defineCommand } from '../../shared/command.js'
import { readInputFile, requireSecrets, UsageError } from '../../shared/options.js'
import { locatePage } from '../../shared/package.js'
import { exitCode, paint } from '../../shared/terminal.js'

export const verify = defineCommand({
  name: 'verify',
  summary: 'verify a signature, and explain why it is not valid',
  operands: '--signature <signature>',
  about: `Verifies the signature of a raw body, read from a file or standard input. If
it is not valid, explains the likely mistake.`,
  options: {
    signature: { type: 'string', value: '<value>', help: 'value of the header x-gallabox-signature' },
    file: { type: 'string', value: '<file>', help: 'file with the raw body; default: standard input' },
    event: { type: 'string', value: '<event>', help: 'value of the header x-event-name' },
    secret: { type: 'string', multiple: true, value: '<secret>', help: "the webhook's secret; repeatable" },
    json: { type: 'boolean', help: 'print the diagnosis as JSON' },
  },
  notes: 'Exit codes: 0 verified, 1 unverified, 2 usage error, 130 interrupted.',

  async run({ values, positionals }, terminal) {
    if (positionals.length > 0)
      throw new UsageError('Too many arguments. Pass the body with --file or on standard input.')
    if (values.signature === undefined) throw new UsageError('--signature is missing.')
    // Usually a shell variable that is not set.
    if (values.signature.trim() === '')
      throw new UsageError('--signature is empty. Pass the value of the header x-gallabox-signature.')
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
      terminal.note([message, hint, hint && `More: ${locatePage(docs)}`].filter(Boolean).join('\n'))
    }
    return verified ? exitCode.ok : exitCode.failed
  },
})
