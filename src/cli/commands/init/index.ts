import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { didYouMean } from '../../../platform/nearest-name.js'
import { defineCommand } from '../../shared/command.js'
import { UsageError } from '../../shared/options.js'
import { locatePage } from '../../shared/package.js'
import { exitCode, paint, type Terminal } from '../../shared/terminal.js'
import { wrapLines } from '../../shared/wrap-lines.js'
import { type Host, type HostName, hosts } from './hosts.js'
import { listNextSteps } from './next-steps.js'
import { type PlannedFile, planFiles } from './plan-files.js'
import { findHost, type Project, readProject } from './read-project.js'

const hostNames = Object.keys(hosts) as HostName[]
const secretLine = 'GALLABOX_WEBHOOK_SECRET='

export const init = defineCommand({
  name: 'init',
  summary: 'add a receiver to a project, as the guide of its host shows it',
  operands: '[folder]',
  about: `Finds the host of the project in its package.json. Writes the files of its
guide where the host expects them, and adds GALLABOX_WEBHOOK_SECRET to
.env.example. Overwrites nothing, and says what to do next. Default folder:
this one.

${wrapLines(`Hosts: ${hostNames.join(', ')}`, 78).join('\n')}`,
  options: {
    host: { type: 'string', value: '<host>', help: 'the host, instead of the one that is found' },
    'dry-run': { type: 'boolean', help: 'print the files and write nothing' },
  },
  notes: `Exit codes: 0 all files written, 1 a file exists and was not changed,
2 usage error, 130 interrupted.`,

  async run({ values, positionals }, terminal) {
    const [folder = '.', ...others] = positionals
    if (others.length > 0) throw new UsageError('Too many arguments. Pass one folder.')
    const project = readProject(resolve(folder))
    const { name, by } = values.host === undefined ? await chooseHost(project, terminal) : parseHost(values.host)
    const host: Host = hosts[name]
    const files = planFiles(project, host)
    const isDryRun = values['dry-run'] ?? false
    terminal.print(`${host.title}, ${by}.\n`)
    for (const file of files) {
      if (!file.exists && !isDryRun) writeNewFile(file)
      terminal.print(describeFile(file, isDryRun, terminal))
    }
    terminal.print(addSecretLine(project, isDryRun))
    const steps = listNextSteps(project, host, files[0]?.path ?? '').map((step, index) => `  ${index + 1}. ${step}`)
    terminal.print(`\nNext:\n${steps.join('\n')}\n\nThe guide: ${locatePage(`docs/guides/${host.guide}`)}`)
    return files.some(({ exists }) => exists) ? exitCode.failed : exitCode.ok
  },
})

interface ChosenHost {
  readonly name: HostName
  /** How it was chosen. */
  readonly by: string
}

async function chooseHost(project: Project, terminal: Terminal): Promise<ChosenHost> {
  const found = findHost(project)
  if (found) return { ...found, by: `found by ${found.by}` }
  const list = hostNames.join(', ')
  const name = await terminal.ask(`Which host? ${list}:`)
  if (name === undefined) throw new UsageError(`The host is unknown. Pass --host with one of: ${list}.`)
  return parseHost(name)
}

function parseHost(value: string): ChosenHost {
  const name = value.trim()
  if (isHostName(name)) return { name, by: 'as you chose' }
  const suggestion = didYouMean(name, hostNames) || ` Known: ${hostNames.join(', ')}.`
  throw new UsageError(`Unknown host ${JSON.stringify(name)}.${suggestion}`)
}

function isHostName(name: string): name is HostName {
  return Object.hasOwn(hosts, name)
}

function writeNewFile({ file, content }: PlannedFile): void {
  mkdirSync(dirname(file), { recursive: true })
  // Fails if the file was created in the meantime.
  writeFileSync(file, content, { flag: 'wx' })
}

function describeFile({ path, content, exists, ifExists }: PlannedFile, isDryRun: boolean, terminal: Terminal): string {
  if (exists) return `  ${paint(terminal, 'yellow', 'exists')}   ${path}: not changed. ${ifExists}`
  if (!isDryRun) return `  ${paint(terminal, 'green', 'created')}  ${path}`
  return `  would create  ${path}\n\n${content.replace(/^(?=.)/gm, '    ')}`
}

/** Adds the secret to .env.example, unless it is there. Says what it did. */
function addSecretLine({ folder, has }: Project, isDryRun: boolean): string {
  const name = '.env.example'
  const file = join(folder, name)
  const text = has(name) ? readFileSync(file, 'utf8') : ''
  if (/^\s*(export\s+)?GALLABOX_WEBHOOK_SECRET\s*=/m.test(text)) return `  unchanged  ${name}: it has ${secretLine}`
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  if (!isDryRun) writeFileSync(file, `${separator}${secretLine}\n`, { flag: 'a' })
  return `  ${isDryRun ? 'would add' : 'added'}  ${secretLine} to ${name}`
}
