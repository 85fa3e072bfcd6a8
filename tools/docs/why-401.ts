// The page docs/why-401.md, made from the table of findings.
// It must not state anything that the table states.
import { type DiagnosisCode, findings, genuineCodes } from '../../src/diagnose/findings.js'

const head = `# Why is it 401?

The signature does not match, and nothing says why. Three ways to find out, from the quickest:

1. Give the signature and the body that you have to the command:

   \`\`\`sh
   npx gallabox-webhooks verify --signature "$SIGNATURE" --file body.json
   \`\`\`

2. Let deliveries come to your machine, and look at them as they arrive:

   \`\`\`sh
   npx gallabox-webhooks listen
   \`\`\`

3. Let your receiver say it, while you develop:

   \`\`\`ts
   import { createReceiver, diagnose } from 'gallabox-webhooks'

   const secret = process.env.GALLABOX_WEBHOOK_SECRET
   createReceiver({
     secret,
     onEvent: (event) => console.log(event.type),
     onRejected: async ({ delivery }) => console.warn(await diagnose(delivery, { secret })),
   })
   \`\`\`

Or paste it into a page: the HTML site of this documentation, which \`npm run docs\` makes, has a checker, \`checker.html\`, which is forbidden to send anything.

All of them try the known mistakes and name the one that explains the delivery. None of them prints a secret, a body or a digest.

Where the receiver is not written with this library, \`npx gallabox-webhooks doctor <url>\` finds the mistake from outside.
`

function sectionOf(code: DiagnosisCode): string {
  const [message, fix] = findings[code]
  return [`### ${code}`, message, fix].filter(Boolean).join('\n\n')
}

/** Makes the page. */
export function createWhy401Page(): string {
  const codes = Object.keys(findings) as DiagnosisCode[]
  const sections = (genuine: boolean) =>
    codes
      .filter((code) => genuineCodes.includes(code) === genuine)
      .map(sectionOf)
      .join('\n\n')
  return `${head}
## What is refused

${sections(false)}

## What is taken, with a remark

${sections(true)}
`
}
