// Creates docs/command-line.md from the help output of the commands.
import { commands } from '../../src/cli/main.js'
import { createAccountDetails } from './account-details.js'

const head = `# The command line

\`\`\`sh
npx gallabox-webhooks <command>
\`\`\`

Tools for building and running a receiver, in any language. They are part of the package. The secret is read from \`GALLABOX_WEBHOOK_SECRET\` or \`--secret\`, and never printed.
`

const introductions: Readonly<Record<string, string>> = {
  send: 'Sends signed samples to your receiver, as Gallabox does, or forgeries that it must reject.',
  listen:
    'Starts a receiver on your machine. Use it first: it shows what Gallabox sends and why a delivery is rejected, and can forward the unchanged bytes to your server. Let Gallabox reach it through a tunnel, such as `cloudflared tunnel --url http://localhost:4567`. The log page stays on your machine.',
  replay: 'Sends the deliveries that `listen --record` has recorded, byte for byte.',
  verify: 'Verifies one signature of one body. Prints true or false, and the likely mistake.',
  doctor:
    'Checks that a receiver is correct and secure. Sends valid and forged deliveries, and explains each mistake: what it means and what to change. Use a test server, because the receiver handles valid deliveries as real ones.',
  account:
    'Checks the other side: whether the webhooks of your Gallabox account are set up correctly. Start with it when nothing arrives.',
  explain: 'Explains the code of an outcome or a diagnosis, offline.',
}

const details: Readonly<Record<string, string>> = {
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
