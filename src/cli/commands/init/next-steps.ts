// Says what to do after the files are written.
import { locatePage } from '../../shared/package.js'
import type { Host } from './hosts.js'
import type { PackageManager, Project } from './read-project.js'

const installCommands: Readonly<Record<PackageManager, string>> = {
  npm: 'npm install',
  pnpm: 'pnpm add',
  yarn: 'yarn add',
  bun: 'bun add',
  deno: 'deno add',
}
const runCommands: Readonly<Record<PackageManager, string>> = {
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn',
  bun: 'bunx',
  deno: 'deno run -A npm:',
}

/** Lists the steps: what to install, how to start and to try it, and where to set it up in Gallabox. */
export function listNextSteps(project: Project, host: Host, file: string): readonly string[] {
  const { packageManager } = project
  const needed = [...(host.importsFromNpm ? [] : ['gallabox-webhooks']), ...host.needs]
  const missing = needed.filter((name) => !project.packages.has(name))
  const prefix = packageManager === 'deno' ? 'npm:' : ''
  const run = runCommands[packageManager]
  const send = `${run}${run.endsWith(':') ? '' : ' '}gallabox-webhooks send ${host.url}`
  const start = host.start.replace('{file}', file).replace(/^node (.*\.mts)$/, 'npx tsx $1')
  return [
    ...(host.needsModuleType && !project.isModule ? ['Set "type": "module" in package.json.'] : []),
    ...(missing.length > 0
      ? [`Install: ${installCommands[packageManager]} ${missing.map((name) => prefix + name).join(' ')}`]
      : []),
    `Set GALLABOX_WEBHOOK_SECRET, to any string while you try it, and start: ${start}`,
    `Send a signed delivery, with the same secret in another terminal: ${send}`,
    `Add the webhook in Gallabox, with the same secret: ${locatePage('docs/reference/settings.md')}`,
  ]
}
