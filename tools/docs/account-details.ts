// Creates what the section about the command account says in addition to its help output.
import { accountFindings, createFinding } from '../../src/cli/commands/account/findings.js'
import { readWebhook } from '../../src/cli/commands/account/read-webhooks.js'
import { toJson } from '../../src/cli/commands/account/report.js'

/** Creates the output of --json for one webhook without a secret. */
function createSampleReport(): string {
  const record = {
    id: '64f0c1a2b3d4e5f60718293a',
    events: ['Message.Received'],
    requestUrl: 'https://example.com/webhooks/gallabox?token=abc',
    requestMethod: 'POST',
    disabled: false,
    requestFailedCount: 0,
    updatedAt: '2026-08-14T09:31:12.345Z',
  }
  const webhook = readWebhook(record, 0, String)
  return toJson({
    server: new URL('https://server.gallabox.com'),
    webhooks: [webhook],
    findings: [createFinding('webhook-unsigned', { webhook })],
    expected: { events: [] },
  })
}

const text = `\`\`\`sh
read -rs GALLABOX_API_KEY
read -rs GALLABOX_API_SECRET
export GALLABOX_API_KEY GALLABOX_API_SECRET
npx gallabox-webhooks account --url https://example.com/webhooks/gallabox --events Message.Received,Contact.Created
\`\`\`

\`read -rs\` keeps the credentials out of the history of the shell. In a script, let your secret manager set the variables.

The URLs of webhooks can contain secrets. User names and the values of queries are replaced by \`•••\`.

With \`--url\`, only the webhooks that send to your receiver are checked. The others are listed, but not checked, because they may belong to another team. Two URLs are equal if scheme, host, port and path are. The letter case of the host does not count. The query counts only if you pass one, so that a token in it can stay out of the command. If no webhook has the URL, the finding names those that nearly do.

\`--events\` takes wire names and the names of the help page, in any letter case. An event counts as sent if an enabled webhook sends it, to \`--url\` if you pass one.

With \`--json\`:

\`\`\`json
${createSampleReport()}
\`\`\`

\`verdict\` is \`passed\` if there is no finding, and else \`failed\`, with the exit code 1. A member of a webhook that could not be read is \`null\`, and \`unreadable\` says why. A webhook without an id gets its position as \`#1\`. If no list was received, \`webhooks\` is empty and the only finding says why. At most 10 000 webhooks are read.

The codes of the findings:

| code | severity | meaning | fix |
| --- | --- | --- | --- |
`

export function createAccountDetails(): string {
  const rows = Object.entries(accountFindings).map(
    ([code, { severity, message, fix }]) => `| \`${code}\` | ${severity} | ${message} | ${fix} |`,
  )
  return text + rows.join('\n')
}
