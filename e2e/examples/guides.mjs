import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { e2eFolder, inModules } from '../support/install.mjs'

/** Reads what docs/guides/index.md says about each host, by the name of its guide. */
export async function readGuides() {
  const source = readFileSync(join(e2eFolder, '../tools/docs/host-facts.ts'), 'utf8')
  const { code } = await transform(source, { loader: 'ts' })
  const { hostFacts } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return new Map(hostFacts.map((facts) => [facts.guide.replace(/\.md$/, ''), facts]))
}

/** Describes what a guide's files are started with: the versions that are installed, and what is simulated. */
export function describeVersions({ packages, simulated }) {
  return [...packages.map(describeVersion), ...(simulated ? [`simulated ${simulated}`] : [])].join(', ')
}

function describeVersion(name) {
  // The plain servers run on the Node.js of this check.
  if (/^node\d+$/.test(name)) return `node ${process.versions.node}`
  return `${name} ${JSON.parse(readFileSync(inModules(`${name}/package.json`), 'utf8')).version}`
}
