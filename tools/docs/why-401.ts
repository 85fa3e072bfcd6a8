// Creates docs/troubleshooting/why-401.md from the table of findings.
import { type DiagnosisCode, findings, verifiedCodes } from '../../src/diagnose/findings.js'

const head = `# Why is it 401?

The signature does not match. Find the mistake in one of these ways, the quickest first:

1. Pass the signature and the body to the command:

   \`\`\`sh
   npx gallabox-webhooks verify --signature "$SIGNATURE" --file body.json
   \`\`\`

2. Receive deliveries on your machine and see a diagnosis of each:

   \`\`\`sh
   npx gallabox-webhooks listen
   \`\`\`

3. Let your receiver print the diagnosis while you develop:

   \`\`\`ts
   import { createReceiver, diagnose } from 'gallabox-webhooks'

   const secret = process.env.GALLABOX_WEBHOOK_SECRET
   createReceiver({
     secret,
     onEvent: (event) => console.log(event.type),
     onOutcome: async ({ status }, delivery) => {
       if (status === 401) console.warn(await diagnose(delivery, { secret }))
     },
   })
   \`\`\`

4. Paste the signature and the body into \`checker.html\`. \`npm run docs\` creates it with the HTML site of this documentation. The page sends nothing.

Each of them tries the known mistakes and names the one that explains the delivery. None of them prints a secret, a body or a digest.

If the receiver does not use this library, \`npx gallabox-webhooks doctor <url>\` finds the mistake from outside.
`

function createSection(code: DiagnosisCode): string {
  const { message, hint } = findings[code]
  return [`### ${code}`, message, hint].filter(Boolean).join('\n\n')
}

function createSections(verified: boolean): string {
  const codes = Object.keys(findings) as DiagnosisCode[]
  return codes
    .filter((code) => verifiedCodes.includes(code) === verified)
    .map(createSection)
    .join('\n\n')
}

/** Returns the page's Markdown. */
export function createWhy401Page(): string {
  return `${head}
## Rejected deliveries

${createSections(false)}

## Verified deliveries

${createSections(true)}
`
}
