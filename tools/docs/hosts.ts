// Creates docs/guides/index.md from the facts of each host and the versions that e2e installs.
import { hostFacts } from './host-facts.js'
import { read } from './pages.js'

const head = `# Where a receiver can live

Each guide has the whole file. \`npm run check\` starts it and sends to it: verified and forged deliveries, and a handler that throws. \`npx gallabox-webhooks init\` writes the file into your project.

The column "Raw body" says where a signed body gets lost on the host. With \`ack: 'before-handler'\`, the response is sent before the handler runs. "With waitUntil" means that this needs the host's \`waitUntil\`, which the adapter finds, or which you pass as an option. "No" means that the host stops after the response, or has no \`waitUntil\`.

| Host | Mount | Raw body | \`waitUntil\` | \`ack\` | Tried with |
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
    const tried = [...versions, ...(simulated ? [`simulated ${simulated}`] : [])].join(', ')
    return `| [${title}](${guide}) | \`${mount}\` | ${bodyLost} | ${waitUntil} | ${ack} | ${tried} |\n`
  })
  return head + rows.join('')
}

/** Returns the pinned version. Throws if e2e does not install the package. */
function readVersion(name: string, installed: Readonly<Record<string, string>>): string {
  const version = installed[name]
  if (version === undefined) throw new Error(`host-facts.ts: e2e does not install ${name}.`)
  return version.replace(/^npm:.*@/, '')
}
