// Creates docs/troubleshooting/outcomes.md: every outcome code, from the registry.
import { capitalize } from '../../src/cli/shared/help.js'
import { explanations, type OutcomeCode, outcomes, type Step } from '../../src/receiver/outcome.js'
import { type HostFacts, hostFacts } from './host-facts.js'
import { createTable } from './markdown.js'

const head = `# Outcome codes

Every delivery ends with one of these codes. The sender gets only the HTTP status. You get the code and a hint from \`onOutcome\`:

\`\`\`ts
import { createReceiver, messageText } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: { 'Message.Received': (event) => console.log(event.type, messageText(event)) },
  onOutcome: ({ code, status, hint, type, ms }) => console.log(code, status, hint, type, ms),
})
\`\`\`

\`onOutcome\` is called once per delivery. Without it, each problem is printed to the console, once per code.

\`npx gallabox-webhooks explain CODE\` prints a section of this page in your terminal.

## All codes

The steps are in the order in which a delivery passes them. Only 200 counts as success for Gallabox. It retries after any other status, up to 5 attempts.
`

const steps: { readonly [S in Step]: string } = {
  'check headers': 'These codes are decided before a byte of the body is read.',
  'read body': 'The body is read with a limit of bytes and of time.',
  verify: 'The signature is compared with every secret.',
  'parse event': 'The signature is valid, so only someone who has the secret can cause these.',
  select: 'The handler is looked up in `on` and `onEvent`.',
  admit: 'These codes need `maxAgeMs` or `idempotency`, which are off by default.',
  'run handler': 'Your handler runs, before or after the response.',
}

const codes = Object.keys(outcomes) as OutcomeCode[]

/** What a code means on some hosts, mostly from the facts of each host. */
const hostHints: { readonly [C in OutcomeCode]?: string } = {
  'body-already-parsed': `Where each host loses the body:\n\n${createHostTable('Where', ({ bodyLost }) =>
    bodyLost.startsWith('Nowhere') ? undefined : bodyLost,
  )}`,
  'body-already-read':
    'The table under [body-already-parsed](#body-already-parsed) says where your host loses the body.',
  accepted: `Whether a handler can run after the response:\n\n${createHostTable('After the response', ({ ack }) => ack)}`,
  'handler-failed':
    "On Express, Koa and Fastify, the error goes to the framework's error handling as a `HandlerError`. On AWS Lambda, the invocation fails, so that Lambda counts the error.",
  'handler-timeout': 'A serverless host has a timeout of its own. Set it higher than `handlerTimeoutMs`.',
}

/** Lists the hosts by a fact. Hosts without it are left out. */
function createHostTable(heading: string, factOf: (host: HostFacts) => string | undefined): string {
  const facts = [...new Set(hostFacts.map(factOf))].filter((fact) => fact !== undefined)
  const rows = facts.map((fact) => {
    const hosts = hostFacts.filter((host) => factOf(host) === fact)
    return [fact, hosts.map(({ title, guide }) => `[${title}](../guides/${guide})`).join(', ')]
  })
  return createTable([heading, 'Hosts'], rows)
}

/** Creates the page. */
export function createOutcomesPage(): string {
  const sections = (Object.keys(steps) as Step[]).map(createStep)
  return `${head}\n${createOverview()}\n\n${sections.join('\n\n')}\n`
}

function createOverview(): string {
  const rows = codes.map((code, index) => {
    const { step, status } = outcomes[code]
    const previous = codes[index - 1]
    const isFirst = previous === undefined || outcomes[previous].step !== step
    return [isFirst ? capitalize(step) : '', `[\`${code}\`](#${code})`, `${status}`, isRetried(code) ? 'yes' : 'no']
  })
  return createTable(['Step', 'Code', 'Status', 'Gallabox retries'], rows)
}

function createStep(step: Step): string {
  const sections = codes.filter((code) => outcomes[code].step === step).map(createSection)
  return [`## ${capitalize(step)}`, steps[step], ...sections].join('\n\n')
}

function createSection(code: OutcomeCode): string {
  const { cause, fix } = explanations[code]
  return [
    `### ${code}`,
    `Status ${outcomes[code].status}. ${cause}`,
    `**Fix:** ${fix.replaceAll('](troubleshooting/', '](').replaceAll(/\]\((?=\w+\/)/g, '](../')}`,
    hostHints[code],
  ]
    .filter(Boolean)
    .join('\n\n')
}

function isRetried(code: OutcomeCode): boolean {
  return outcomes[code].status !== 200
}
