// Creates docs/reference/command-line.md from the help output of the commands.
import { commands } from '../../src/cli/main.js'
import { createAccountDetails } from './account-details.js'

const head = `# The command line

\`\`\`sh
npx gallabox-webhooks <command>
npx gallabox-webhooks help <command>
\`\`\`

Tools for building and running a receiver, in any language. They are part of the package. The secret is read from \`GALLABOX_WEBHOOK_SECRET\` or \`--secret\`, and never printed.

- **\`--dotenv <file>\`** reads variables from a file, for every command. A variable of the environment wins over the file. Node.js reads \`NODE_EXTRA_CA_CERTS\` only from the environment.
- **A URL** may be a port, or have no scheme if it is on this machine: \`3000\` and \`localhost:3000/webhooks\` mean \`http://localhost:3000\`.
- **HTTPS with a certificate of your own**: set \`NODE_EXTRA_CA_CERTS\` to the PEM file of its CA, or of the self-signed certificate itself.
- **Colors** are shown in a terminal. \`FORCE_COLOR=1\` shows them in a pipe too, and \`NO_COLOR=1\` never.

## Windows

In PowerShell, set the secret for the session, in single quotes, so that \`$\` stays as it is. To keep it out of the history, use \`--dotenv\`.

\`\`\`powershell
$env:GALLABOX_WEBHOOK_SECRET = 'your secret'
npx gallabox-webhooks send 3000 --header 'X-Token: a token' --set 'contact.name=Asha Nair'
npx gallabox-webhooks verify --signature $signature --file body.json
\`\`\`

- Pass a body with \`--file\` or \`--data\`. A PowerShell pipe changes its bytes, and then the signature does not match.
- Windows PowerShell 5.1 removes double quotes inside an argument. Write \`\\"\` for each, as in \`--set 'tags:=[{\\"id\\":\\"1\\"}]'\`.
- \`> file\` of Windows PowerShell 5.1 writes UTF-16. Save a dotenv file as UTF-8.

In cmd.exe, write \`set GALLABOX_WEBHOOK_SECRET=your secret\`, and only double quotes around arguments.
`

const introductions: Readonly<Record<string, string>> = {
  send: `Sends signed samples to your receiver, as Gallabox does, or forgeries that it must reject.

\`\`\`sh
npx gallabox-webhooks send 3000/webhooks/gallabox                       # a text message
npx gallabox-webhooks send 3000/webhooks/gallabox --variant image       # a photo
npx gallabox-webhooks send 3000/webhooks/gallabox --story               # a whole conversation
npx gallabox-webhooks send 3000/webhooks/gallabox --all --tamper        # forgeries
npx gallabox-webhooks send 3000/webhooks/gallabox --set channelNumber=918045671234
\`\`\``,
  listen:
    'Starts a receiver on your machine. Use it first: it shows what Gallabox sends and why a delivery is rejected, and can forward the unchanged bytes to your server. It starts without the secret too, and then shows every delivery as not verified. Let Gallabox reach it through a tunnel, such as `cloudflared tunnel --url http://localhost:4567` or `ngrok http 4567`.\n\nThe log page lists the deliveries with the reason of each rejection. It is the loudest where your server accepts an unverified delivery. Select one to see its payload, its raw bytes, its headers, the response of your server and the diagnosis, to send it again, or to copy it as a curl command. Press `?` for the keyboard shortcuts. The page stays on your machine.\n\n`--json` prints a line for each delivery. Its `status` is `verified`, `unrecognized`, `unchecked` (no secret), `rejected`, `failed` or `accepted-unverified`, and its `reason` says why.',
  replay:
    'Sends the deliveries that `listen --record` has recorded, byte for byte. If the connection is refused, it ends and says how many were not sent.',
  verify: 'Verifies one signature of one body. Prints true or false, and the likely mistake.',
  doctor:
    'Checks that a receiver is correct and secure. Sends valid and forged deliveries, and explains each mistake: what it means and what to change. Use a test server, because the receiver handles valid deliveries as real ones.',
  account:
    'Checks the other side: whether the webhooks of your Gallabox account are set up correctly. Start with it when nothing arrives.',
  init: 'Adds a receiver to a project: the files of the guide of its host, whole, where the host expects them.',
  explain: 'Explains the code of an outcome, a diagnosis, a check or a finding, offline.',
  completion: `Completes commands, options, event names and codes in bash, zsh and fish. It needs the command on the \`PATH\`, so it does not work with \`npx\`.

\`\`\`sh
npm install --global gallabox-webhooks
echo 'eval "$(gallabox-webhooks completion bash)"' >> ~/.bashrc
\`\`\``,
}

const details: Readonly<Record<string, string>> = {
  send: `\`--story\` sends 27 events: a contact is created, a conversation opened, a message received, and an agent takes over. Statuses, a form, an order and a payment follow, until the conversation is resolved. The ids and times of all events match. The last event is now, and the first 11 minutes ago.

\`--set path=value\` replaces a member before the body is signed. Keys and indexes are separated by dots: \`contact.phone.0\`. A string stays a string. Any other value is read as JSON, or as a string if it is not JSON. \`path:=json\` always reads JSON, such as \`contact.name:=null\`. It creates no member: an unknown path is an error.

\`--json\` prints \`{ event, createdAt, status, attempts, asExpected }\` for each delivery. \`status\` is \`SUCCESS\` for 200, as in Gallabox's log. \`asExpected\` is also true for a forgery that was rejected.`,
  doctor: `With \`--json\`, the report is one object:

| Member     | Value                                                                                                        |
| ---------- | ------------------------------------------------------------------------------------------------------------ |
| \`target\`   | the URL, without user, password and query                                                                    |
| \`verdict\`  | \`passed\`; \`failed\`, if a check failed; \`unknown\`, if none failed and the rate limit kept one from a result |
| \`requests\` | the number of requests                                                                                       |
| \`checks\`   | \`{ check, status, message, evidence?, fix? }\` for each check                                                |

The \`status\` of a check is \`passed\`, \`failed\`, \`warning\` or \`skipped\`.

A receiver that limits the request rate may respond with 429. \`doctor\` waits as long as \`Retry-After\` says, within \`--wait\`, and sends valid deliveries between the forgeries, because some limits count rejections only. A 429 is never taken for a result.`,
  account: createAccountDetails(),
}

export function createCommandLinePage(): string {
  const sections = Object.entries(commands).map(([name, { help }]) =>
    [`## ${name}`, introductions[name], `\`\`\`text\n${help}\n\`\`\``, details[name]].filter(Boolean).join('\n\n'),
  )
  return `${head}\n${sections.join('\n\n')}\n`
}
