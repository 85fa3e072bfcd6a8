// Creates llms.txt: the facts and the list of pages, for language models. Also llms-full.txt, with all pages.
import { join } from 'node:path'
import { outcomes } from '../../src/receiver/outcome.js'
import { read } from './pages.js'
import { describePage, listSections, type Page, pagesOf, type Section } from './site-map.js'

const facts = `# gallabox-webhooks

> Receives Gallabox (WhatsApp business platform) webhooks in JavaScript and TypeScript. Verifies each delivery's HMAC-SHA256 signature over the raw body, parses it into one of 26 typed events and calls your handler. Zero dependencies. Node.js 20.19+ and 22.12+, Bun, Deno, Cloudflare Workers, edge runtimes.

## What Gallabox sends

- Signature: the header \`x-gallabox-signature\` is standard padded base64 (44 characters, no prefix) of HMAC-SHA256(secret, raw body bytes). Not hex. No timestamp, no nonce, no delivery id.
- Event name: the header \`x-event-name\`, such as \`Message.Received\`. It is not in the body and NOT signed. The body is the payload itself, without an envelope.
- Without a secret in Gallabox, there is no signature header. Such deliveries are rejected. No option skips verification.
- Only HTTP 200 counts as success. Gallabox retries after anything else, up to 5 attempts.
- Gallabox's REST API returns the secret encrypted (\`U2FsdGVkX1…\`). Use the secret as typed into the settings page.

## Rules

- Mount the handler BEFORE any body parser, such as \`express.json()\`. Never verify \`JSON.stringify(req.body)\`.
- Pass \`process.env.GALLABOX_WEBHOOK_SECRET\` as it is: a missing secret is a TypeError at start. Where a build loads modules without secrets (Next.js, SvelteKit), pass \`secret: () => process.env.GALLABOX_WEBHOOK_SECRET\`.
- Handlers are awaited. If one throws, the response is 500 and Gallabox retries. Put long work into a queue with \`jobId: await context.key()\`.
- Use wire names in \`on\`: \`Message.Received\`. The names of Gallabox's help page, such as \`Message.received\` and \`Contact.mapped\`, are accepted too. \`event.type\` is always the wire name.
- \`verifySignature\` is synchronous and returns a boolean. \`verifySignatureAsync\` returns a promise: await it.

## Express

\`\`\`js
${read('examples/express/server.mjs')}\`\`\`

## Entry points

- \`gallabox-webhooks/express\`, \`/koa\`, \`/node\`: \`webhookHandler(options)\`. Middleware that only verifies: \`webhookMiddleware(options)\`.
- \`gallabox-webhooks/fastify\`: \`await app.register(webhookPlugin, { url, ...options })\`. Only verifies: \`verificationPlugin\`.
- \`gallabox-webhooks/web\` (Next.js app routes, Hono, SvelteKit, React Router, Workers, Deno, Bun): \`webhookHandler(options)\` is \`(request: Request) => Promise<Response>\`. Only verifies: \`verifyRequest\`.
- \`gallabox-webhooks/lambda\`: \`export const handler = webhookHandler(options)\`.
- \`gallabox-webhooks\`: ${listExports('src/index.ts')}.
- Stores for \`idempotency: { store }\`: \`memoryStore()\`, \`redisStore(client)\` of \`/redis\`, \`postgresStore(client)\` of \`/postgres\`, \`sqlStore(run, { dialect })\` of \`/sql\`, \`dynamoStore(client, { table })\` of \`/dynamodb\`.
- \`gallabox-webhooks/testing\`: \`signBody\`, \`signDelivery\`, \`toRequest\`, \`samplePayload\`, \`sampleVariants\`, \`createSender\`, \`storeContract\`.
- Options of every handler: \`secret\`, \`on\` (a function per event, and \`default\`) or \`onEvent\`, \`onOutcome\`, \`idempotency\`, \`maxAgeMs\`, \`handlerTimeoutMs\`, \`ack\`, \`waitUntil\`, \`maxBodyBytes\`, \`bodyTimeoutMs\`, \`requiredHeaders\`, \`now\`.
- Outcome codes: ${Object.keys(outcomes).join(', ')}.

## Test

\`\`\`ts
import { messageText } from 'gallabox-webhooks'
import { samplePayload, signDelivery, toRequest } from 'gallabox-webhooks/testing'
import { webhookHandler } from 'gallabox-webhooks/web'

const secret = 'the secret of your test'
const handler = webhookHandler({
  secret,
  on: { 'Message.Received': (event) => console.log(event.type, messageText(event)) },
})
const delivery = signDelivery('Message.Received', samplePayload('Message.Received'), { secret })
const response = await handler(toRequest(delivery, 'http://localhost/webhooks/gallabox'))
console.log(response.status) // 200
\`\`\`

\`npx gallabox-webhooks init|send|listen|replay|verify|doctor|account|explain|completion\`. Each has \`--help\`.
`

/** Creates llms.txt. \`folder\` leads from it to the pages, such as \`docs/\`. */
export function createLlmsText(folder: string): string {
  return `${facts}\n${listSections()
    .map((section) => listPages(section, folder))
    .join('\n')}`
}

/** Creates llms-full.txt: the facts, then every page. */
export function createLlmsFullText(): string {
  const pages = listSections()
    .flatMap(pagesOf)
    .map(({ path }) => `<!-- ${path} -->\n\n${read(join('docs', path))}`)
  return [facts, ...pages].join('\n')
}

function listPages(section: Section, folder: string): string {
  const lines = pagesOf(section).map((page) => describe(page, folder))
  return `## ${section.title}\n\n${lines.join('\n')}\n`
}

function describe(page: Page, folder: string): string {
  const description = describePage(page)
  return `- [${page.title}](${folder}${page.path})${description && `: ${description}`}`
}

/** Lists the values that an entry point exports. Types are left out. */
function listExports(file: string): string {
  const names = [...read(file).matchAll(/^export \{(.*?)\} from/gms)].flatMap(([, list = '']) => list.split(','))
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => `\`${name}\``)
    .join(', ')
}
