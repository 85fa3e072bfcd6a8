// What the pages of the commands say in addition to the help output.
import { accountFindings } from '../../../src/cli/commands/account/findings.js'
import { causes } from '../../../src/cli/commands/doctor/causes.js'
import { checks } from '../../../src/cli/commands/doctor/run-checks.js'
import { capitalize } from '../../../src/cli/shared/help.js'
import { createFence, createTable, markCode } from '../markdown.js'

/** The text of a page, apart from what is derived from the command's help. */
export interface CommandDescription {
  /** When to use the command. */
  readonly purpose: string
  /** The names of the examples to show. */
  readonly examples: readonly string[]
  /** More examples, and how the command behaves. */
  readonly details: string
  /** What --json prints, with the name of its example, if it has one of its own. */
  readonly json?: { readonly example?: string; readonly text: string }
}

const jsonOfDeliveries = `One line per delivery:

${createTable(
  ['Member', 'Value'],
  [
    ['`event`', 'The event name that was sent.'],
    ['`createdAt`', 'When it was sent.'],
    ['`status`', "`SUCCESS` for 200, else `FAILED`, as in Gallabox's log."],
    [
      '`attempts`',
      '`{ status, ms }` for each attempt. Without a response, `status` is null, and `code`, `reason` and `hint` say why.',
    ],
    ['`asExpected`', 'True if a delivery was accepted, or a forgery was rejected.'],
  ],
)}`

export const commandDescriptions: Readonly<Record<string, CommandDescription>> = {
  send: {
    purpose: 'Use it to test a route without Gallabox.',
    examples: ['send', 'tamper'],
    details: `More examples:

${createFence(
  'sh',
  `npx gallabox-webhooks send 3000/webhooks/gallabox --variant image       # a photo
npx gallabox-webhooks send 3000/webhooks/gallabox --story               # a whole conversation
npx gallabox-webhooks send 3000/webhooks/gallabox --all --tamper        # a forgery of every event
npx gallabox-webhooks send 3000/webhooks/gallabox --set channelNumber=918045671234`,
)}

### A whole conversation

\`--story\` sends 27 events in order, from the creation of a contact to the end of the conversation. A form, an order, a payment and statuses are among them. The ids and times of all events match. The last event is now, and the first one 11 minutes ago.

### Change a member

\`--set path=value\` replaces a member before the body is signed. Separate keys and indexes by dots, as in \`contact.phone.0\`.

- A string stays a string. Any other value is read as JSON, or as a string if it is not JSON.
- \`path:=json\` always reads JSON, as in \`contact.name:=null\`.
- It creates no member: an unknown path is an error.`,
    json: { example: 'send-json', text: jsonOfDeliveries },
  },
  listen: {
    purpose: 'Use it first, to see what Gallabox sends.',
    examples: ['listen'],
    details: `Let Gallabox reach it through a tunnel:

${createFence('sh', 'cloudflared tunnel --url http://localhost:4567')}

Paste the HTTPS URL of the tunnel into the Request URL of the webhook.

### The log page

The page lists the deliveries with the reason of each rejection. It warns if your server accepts an unverified delivery.

Select a delivery to see its payload, raw bytes, headers and diagnosis, and the response of your server. You can send it again, or copy it as a curl command. Press \`?\` for the keyboard shortcuts. The data stays on your machine.

### Forward to your server

${createFence('sh', 'npx gallabox-webhooks listen --forward-to 3000/webhooks/gallabox')}

Your server gets the unchanged bytes and headers, and the sender gets your server's response.`,
    json: {
      example: 'listen-json',
      text: `One line per delivery:

${createTable(
  ['Member', 'Value'],
  [
    ['`id`', 'Created by `listen`.'],
    ['`event`', 'The wire name, or the value of `x-event-name` if it is unknown.'],
    ['`createdAt`', 'When it arrived.'],
    [
      '`status`',
      '`verified`, `unrecognized`, `unchecked` (no secret), `rejected`, `failed` (your server) or `accepted-unverified` (by your server).',
    ],
    ['`label`', 'The status in words.'],
    ['`reason`', 'Why it is not `verified`. Empty if it is.'],
    ['`diagnosis`', '`{ verified, code, message, hint, docs }`.'],
    ['`responseStatus`', 'The HTTP status that the sender got.'],
    ['`forwarded`', '`{ status, ms, reason? }` of your server. Absent without `--forward-to`.'],
    ['`resentFrom`', 'The `id` of the delivery that you sent again. Absent for others.'],
    ['`bodyBytes`', 'The size of the body.'],
    ['`contact`, `text`', 'Name, phone and message. Redacted without `--show-contacts`.'],
  ],
)}`,
    },
  },
  replay: {
    purpose: 'Use it to repeat real deliveries against a new version of your receiver.',
    examples: ['replay'],
    details: `Record them first:

${createFence('sh', 'npx gallabox-webhooks listen --record deliveries.ndjson')}

The file contains personal data too, so keep it private. If a connection is refused, \`replay\` says how many deliveries were not sent.`,
    json: { text: 'The same as of [send](send.md#json).' },
  },
  verify: {
    purpose: 'Use it when you have the signature and the body of one delivery.',
    examples: ['verify'],
    details: `The body must be the bytes as received. A copy from Gallabox's webhook log cannot be verified. [Why is it 401?](../../troubleshooting/why-401.md) lists all findings. The [signature checker](../../troubleshooting/checker.md) does the same in a browser.

In a script, read the body from standard input:

${createFence('sh', 'npx gallabox-webhooks verify --signature "$SIGNATURE" < body.json')}`,
    json: {
      example: 'verify-json',
      text: createTable(
        ['Member', 'Value'],
        [
          ['`verified`', 'True if the signature is valid.'],
          ['`code`', 'The finding.'],
          ['`message`', 'What is wrong.'],
          ['`hint`', 'What to change. May be empty.'],
          ['`docs`', 'Where to read more.'],
          [
            '`secretId`',
            'The secret concerned: its position, starting with 1. Absent if the problem concerns no single secret.',
          ],
        ],
      ),
    },
  },
  doctor: {
    purpose: 'Use it before you go live, and in CI.',
    examples: ['doctor'],
    details: `Without \`--only\`, all checks run.

A receiver that limits the request rate may respond with 429. \`doctor\` waits as long as \`Retry-After\` says, within \`--wait\`. It sends valid deliveries between the forgeries, because some limits count only rejections. A 429 is never the result of a check.

## Checks

A check can be \`passed\`, \`failed\`, \`warning\` or \`skipped\`.

${createTable(
  ['Check', 'What the receiver does'],
  checks.map(({ id, title }) => [`\`${id}\``, capitalize(markCode(title))]),
)}

## Mistakes

If the receiver rejects valid deliveries, \`doctor\` tries these mistakes:

${createTable(
  ['Mistake', 'What the receiver does', 'Fix'],
  Object.entries(causes).map(([code, [cause, fix]]) => [`\`${code}\``, markCode(cause), markCode(fix)]),
)}`,
    json: {
      example: 'doctor-json',
      text: createTable(
        ['Member', 'Value'],
        [
          ['`target`', 'The URL, without user, password and query.'],
          [
            '`verdict`',
            '`passed`, `failed` if a check failed, or `unknown` if none failed and the rate limit kept one from a result.',
          ],
          ['`requests`', 'The number of requests.'],
          ['`checks`', '`{ check, status, message, evidence?, fix? }` for each check.'],
        ],
      ),
    },
  },
  account: {
    purpose: 'Use it first when nothing arrives: it checks the webhooks in Gallabox, not your receiver.',
    examples: ['account'],
    details: `Read the credentials without an echo, so that they do not get into the history of the shell:

${createFence(
  'sh',
  `read -rs GALLABOX_API_KEY
read -rs GALLABOX_API_SECRET
export GALLABOX_API_KEY GALLABOX_API_SECRET
npx gallabox-webhooks account --url https://example.com/webhooks/gallabox --events Message.Received,Contact.Created`,
)}

In a script, let your secret manager set the variables.

URLs of webhooks can contain secrets. User names and the values of queries are replaced by \`•••\`.

**With \`--url\`**, only the webhooks that send to your receiver are checked. The others are listed, because they may belong to another team. Two URLs are equal if scheme, host, port and path are. The letter case of the host does not count. The query counts only if you pass one, so a token in it can stay out of the command. If no webhook has the URL, the finding names similar ones.

**With \`--events\`**, an event counts as sent if an enabled webhook sends it, to \`--url\` if you pass one. Wire names and help-page names work, in any letter case.

At most 10 000 webhooks are read.

## Findings

${createTable(
  ['Finding', 'Severity', 'Meaning', 'Fix'],
  Object.entries(accountFindings).map(([code, { severity, message, fix }]) => [
    `\`${code}\``,
    severity,
    markCode(message),
    markCode(fix),
  ]),
)}`,
    json: {
      example: 'account-json',
      text: createTable(
        ['Member', 'Value'],
        [
          ['`server`', 'The base address of the API.'],
          ['`verdict`', '`passed` if there is no finding, else `failed`, with the exit code 1.'],
          [
            '`webhooks`',
            'Each webhook. A member that could not be read is null, and `unreadable` says why. Empty if no list was received.',
          ],
          [
            '`findings`',
            '`{ code, severity, webhook?, message, fix }`. A webhook without an id gets its position, as in `#1`.',
          ],
        ],
      ),
    },
  },
  explain: {
    purpose: 'Use it when a log or a report shows a code.',
    examples: ['explain'],
    details: 'One code can be an outcome and a diagnosis, with the same cause.',
    json: {
      example: 'explain-json',
      text: createTable(
        ['Member', 'Value'],
        [
          ['`code`', 'The code.'],
          [
            '`meanings`',
            '`{ kind, status?, cause, fix, docs? }` for each kind: `outcome`, `diagnosis`, `check`, `mistake` or `account finding`.',
          ],
        ],
      ),
    },
  },
  init: {
    purpose: 'Use it to start in an existing project.',
    examples: ['init'],
    details:
      'The files are those of the [guide](../../guides/index.md) of your host. `--dry-run` prints them and writes nothing.',
  },
  completion: {
    purpose: 'Use it to complete commands, options, event names and codes with Tab.',
    examples: [],
    details: `It needs the command on the \`PATH\`, so install it globally. It does not work with \`npx\`.

${createFence('sh', 'npm install --global gallabox-webhooks')}

bash:

${createFence('sh', `echo 'eval "$(gallabox-webhooks completion bash)"' >> ~/.bashrc`)}

zsh, after \`compinit\`:

${createFence('sh', `echo 'eval "$(gallabox-webhooks completion zsh)"' >> ~/.zshrc`)}

fish:

${createFence('sh', 'gallabox-webhooks completion fish > ~/.config/fish/completions/gallabox-webhooks.fish')}`,
  },
}
