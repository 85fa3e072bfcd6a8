// The page docs/command-line.md: what the command can do, from its own help.
// It must not state an option: the help does.
import { commands } from '../../src/cli/main.js'

const head = `# The command line

\`\`\`sh
npx gallabox-webhooks <command>
\`\`\`

Five tools for whoever builds or runs a receiver, in whatever language it is written. They come with the package and need nothing else. The secret is read from \`GALLABOX_WEBHOOK_SECRET\`, or given with \`--secret\`, and never printed.
`

// What a newcomer wants to know before the options.
const introductions: Readonly<Record<string, string>> = {
  send: 'Signed samples to your receiver, as Gallabox would send them, and forgeries that it must refuse.',
  listen:
    'A receiver on your machine, for the first hour: it shows what Gallabox really sends and why something is refused, and can pass the untouched bytes on to the server that you are writing. Let Gallabox reach it through a tunnel such as `cloudflared tunnel --url http://localhost:4567`; the log page stays on your machine.',
  replay: 'What `listen --record` has kept, once more and byte for byte.',
  verify: 'One signature and one body: true or false, and the mistake that explains it.',
  doctor:
    'Is this receiver correct? It sends what Gallabox sends and what strangers send, and names each mistake, what it means and how to mend it. Give it the address of a test server: what is genuine is taken for real.',
}

/** Makes the page. */
export function createCommandLinePage(): string {
  const sections = Object.entries(commands).map(
    ([name, { help }]) => `## ${name}\n\n${introductions[name]}\n\n\`\`\`text\n${help}\n\`\`\``,
  )
  return `${head}\n${sections.join('\n\n')}\n`
}
