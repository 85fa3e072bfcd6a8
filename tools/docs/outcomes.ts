// Creates docs/troubleshooting/outcomes.md: every outcome code, from the registry.
import { explanations, type OutcomeCode, outcomes } from '../../src/receiver/outcome.js'

const head = `# Outcome codes

Every delivery ends with one of these codes. \`onOutcome\` is called with it. The sender gets only the status.

\`\`\`ts
import { createReceiver } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: (event) => console.log(event.type),
  onOutcome: ({ code, status, hint, type, ms }) => console.log(code, status, hint, type, ms),
})
\`\`\`

Without \`onOutcome\`, each problem is printed to the console, once per code. \`npx gallabox-webhooks explain CODE\` prints a section of this page.

Only 200 counts as success for Gallabox. It retries after any other status, up to 5 attempts.
`

function sectionOf(code: OutcomeCode): string {
  const { cause, fix } = explanations[code]
  return `### ${code}\n\nStatus ${outcomes[code].status}. ${cause}\n\n${fix.replaceAll('](', '](../')}`
}

/** Creates the page. */
export function createOutcomesPage(): string {
  const codes = Object.keys(outcomes) as OutcomeCode[]
  return `${head}\n${codes.map(sectionOf).join('\n\n')}\n`
}
