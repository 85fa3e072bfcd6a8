// Creates docs/guides/index.md from the facts of each host and the versions that e2e installs.
import { hostFacts } from './host-facts.js'
import { read } from './pages.js'

const head = `# Guides

Select your host. Each guide has the whole file, where the raw body gets lost, and how to test and deploy.

\`npx gallabox-webhooks init\` finds your host and writes the file into your project. It has no files for serverless-http, serverless-express and Node-RED, because these add to an app that you have. Copy the files from their guides.

- **Raw body**: where the host can lose the bytes that Gallabox signed.
- **\`waitUntil\`**: where the function comes from that keeps the host running after the response. The adapter finds it, unless the table says "the option".
- **\`ack\`**: whether \`ack: 'before-handler'\` works, which sends the response before the handler runs. "With waitUntil" means that it needs \`waitUntil\`. "No" means that the host stops after the response.
- **Tested with**: the versions that the tests start. They send verified deliveries, forged deliveries and one whose handler throws.

| Host | Mount | Raw body | \`waitUntil\` | \`ack\` | Tested with |
| --- | --- | --- | --- | --- | --- |
`

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

export function createHostsPage(): string {
  const { dependencies, optionalDependencies } = JSON.parse(read('e2e/package.json')) as Manifest
  const installed = { ...dependencies, ...optionalDependencies }
  const rows = hostFacts.map(({ title, guide, mount, bodyLost, waitUntil = '–', ack, packages, simulated }) => {
    const versions = packages.map((name) => `${name.replace(/^node\d+$/, 'node')} ${readVersion(name, installed)}`)
    const tested = [...versions, ...(simulated ? [`simulated ${simulated}`] : [])].join(', ')
    return `| [${title}](${guide}) | \`${mount}\` | ${bodyLost} | ${waitUntil} | ${ack} | ${tested} |\n`
  })
  return head + rows.join('')
}

/** Returns the pinned version. Throws if e2e does not install the package. */
function readVersion(name: string, installed: Readonly<Record<string, string>>): string {
  const version = installed[name]
  if (version === undefined) throw new Error(`host-facts.ts: e2e does not install ${name}.`)
  return version.replace(/^npm:.*@/, '')
}
