// Creates docs/reference/command-line.md: what all commands have in common, and a section for each.
import { commands } from '../../src/cli/main.js'
import type { Command } from '../../src/cli/shared/command.js'
import { capitalize } from '../../src/cli/shared/help.js'
import { type CommandDescription, commandDescriptions } from './commands/descriptions.js'
import { commandNames } from './commands/page.js'

const head = `# The command line

Tools for building and running a receiver, in any language. They are part of the package:

\`\`\`sh
npx gallabox-webhooks send 3000/webhooks/gallabox
npx gallabox-webhooks help send
\`\`\`
`

const common = `## What all commands have in common

- **The secret** is read from \`GALLABOX_WEBHOOK_SECRET\` or \`--secret\`. It is never printed.
- **\`--dotenv <file>\`** reads variables from a file. A variable of the environment takes precedence over the file. Node.js reads \`NODE_EXTRA_CA_CERTS\` only from the environment.
- **A URL** may be a port, or have no scheme if it is on this machine. \`3000\` and \`localhost:3000/webhooks\` mean \`http://localhost:3000\`.
- **HTTPS with a certificate of your own**: set \`NODE_EXTRA_CA_CERTS\` to the PEM file of its CA, or of the self-signed certificate itself.
- **Colors** are shown in a terminal. \`FORCE_COLOR=1\` shows them in a pipe too, and \`NO_COLOR=1\` never.
- **Exit codes**: 0 success, 1 negative result, 2 usage error, 130 interrupted.

## Windows

In PowerShell, set the secret for the session. Use single quotes, so that \`$\` stays as it is. To keep it out of the history, use \`--dotenv\`.

\`\`\`powershell
$env:GALLABOX_WEBHOOK_SECRET = 'your secret'
npx gallabox-webhooks send 3000 --header 'X-Token: a token' --set 'contact.name=Asha Nair'
npx gallabox-webhooks verify --signature $signature --file body.json
\`\`\`

- Pass a body with \`--file\` or \`--data\`. A PowerShell pipe changes its bytes, and then the signature does not match.
- Windows PowerShell 5.1 removes double quotes inside an argument. Write \`\\"\` for each, as in \`--set 'tags:=[{\\"id\\":\\"1\\"}]'\`.
- \`> file\` of Windows PowerShell 5.1 writes UTF-16. Save a dotenv file as UTF-8.

In cmd.exe, write \`set GALLABOX_WEBHOOK_SECRET=your secret\`. Use only double quotes around arguments.
`

/** Creates the page. */
export function createCommandLinePage(): string {
  const sections = commandNames.map((name) => {
    const { summary } = commands[name] as Command
    const { purpose } = commandDescriptions[name] as CommandDescription
    return `## ${name}\n\n${capitalize(summary)}. ${purpose} [Options and examples](commands/${name}.md)\n`
  })
  return [head, ...sections, common].join('\n')
}
