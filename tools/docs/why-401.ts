// Creates docs/troubleshooting/why-401.md from the table of findings.
import { type DiagnosisCode, findings, verifiedCodes } from '../../src/diagnose/findings.js'

const head = `# Why is it 401?

The signature does not match the body and the secret. Three mistakes are the most common:

1. **A body parser ran first.** Gallabox signs the raw bytes. Mount the webhook before any body parser. See the [guide of your host](../guides/index.md).
2. **The secret differs.** Compare it with the one in the settings of this webhook, including spaces and quotation marks.
3. **The body is a copy.** A payload that you copied from Gallabox's webhook log, or saved in an editor, has other bytes. It cannot be verified.

## Find the mistake

Each of these tries the known mistakes and names the one that explains the delivery. None of them prints a secret, a body or a digest.

**You have a signature and a body.** Pass both to the command:

\`\`\`sh
npx gallabox-webhooks verify --signature "$SIGNATURE" --file body.json
\`\`\`

Or paste both into the [signature checker](checker.md). It runs in your browser and sends nothing.

**You want to see what Gallabox sends.** Receive deliveries on your machine, with a diagnosis of each:

\`\`\`sh
npx gallabox-webhooks listen
\`\`\`

**Your receiver uses this library.** Print the diagnosis while you develop:

\`\`\`ts
import { createReceiver, diagnose, messageText } from 'gallabox-webhooks'

const secret = process.env.GALLABOX_WEBHOOK_SECRET
createReceiver({
  secret,
  on: { 'Message.Received': (event) => console.log(event.type, messageText(event)) },
  onOutcome: async ({ status }, delivery) => {
    if (status === 401) console.warn(await diagnose(delivery, { secret }))
  },
})
\`\`\`

**Your receiver does not use this library.** Let \`doctor\` send to it:

\`\`\`sh
npx gallabox-webhooks doctor http://localhost:3000/webhooks/gallabox
\`\`\`

The findings follow, the most common first.
`

/** The findings about rejected deliveries. The most common come first. */
const groups: Readonly<Record<string, readonly DiagnosisCode[]>> = {
  'The body was changed': [
    'body-parsed',
    'body-reserialized',
    'body-empty',
    'body-unread',
    'body-log-entry',
    'body-masked',
    'body-whitespace',
    'body-line-endings',
    'body-base64',
    'body-latin1',
    'body-bom',
    'body-compressed',
  ],
  'The secret differs': [
    'secret-missing',
    'secret-whitespace',
    'secret-quotes',
    'secret-of-another-webhook',
    'secret-encrypted',
    'secret-out-of-scope',
    'secret-decoded',
    'secret-not-decoded',
    'secret-unavailable',
    'secret-not-found',
  ],
  'The signature is missing or changed': [
    'signature-missing',
    'signature-elsewhere',
    'signature-malformed',
    'signature-prefixed',
    'signature-wrapped',
    'signature-unpadded',
    'signature-base64url',
    'signature-url-encoded',
    'signature-encoded-twice',
    'signature-repeated',
    'sender-without-secret',
  ],
  'No known mistake': ['unexplained'],
  'The delivery is verified': verifiedCodes,
}

/** Returns the page's Markdown. Throws if a finding is in no group, or in two. */
export function createWhy401Page(): string {
  const listed = Object.values(groups).flat()
  const codes = Object.keys(findings)
  if ([...listed].sort().join() !== codes.sort().join()) {
    throw new Error('why-401.ts: the groups must contain each finding once. Add the new one to its group.')
  }
  const sections = Object.entries(groups).map(([title, group]) => [`## ${title}`, ...group.map(createSection)])
  return `${head}\n${sections.flat().join('\n\n')}\n`
}

function createSection(code: DiagnosisCode): string {
  const { message, hint } = findings[code]
  return [`### ${code}`, message, hint && `**Fix:** ${hint}`].filter(Boolean).join('\n\n')
}
