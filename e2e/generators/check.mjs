// Generates types from openapi.json with three generators, compiles them, and lints the document: npm run generators.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cleanEnvironment, createReporter } from '../support/check-server.mjs'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, versions } from '../support/install.mjs'
import { run } from '../support/processes.mjs'
import { findNode } from '../support/programs.mjs'

const counts = { passed: 0, failed: 0 }
const reporter = createReporter(counts)
const document = resolve(e2eFolder, '../openapi.json')
const sources = join(e2eFolder, 'generators')
const cache = inModules('.cache/generators')
const options = { cwd: e2eFolder, env: cleanEnvironment(cache) }

// Two generators need Node.js 22.18. If npm has none for this platform, the Node.js of this check must be that new.
const { version, program = process.execPath } = findNode('node22')

const generators = [
  {
    name: 'openapi-typescript',
    script: 'bin/cli.js',
    consumer: 'openapi-typescript.ts',
    args: (folder) => [document, '--output', join(folder, 'index.ts')],
  },
  {
    name: '@hey-api/openapi-ts',
    script: 'bin/run.js',
    consumer: 'hey-api.ts',
    args: (folder) => ['--input', document, '--output', folder, '--no-log-file'],
  },
  {
    name: 'orval',
    script: 'dist/bin/orval.mjs',
    consumer: 'orval.ts',
    args: (folder) => ['--input', document, '--output', join(folder, 'index.ts'), '--fail-on-warnings'],
  },
]

function runPackage(name, script, args) {
  return run(program, [inModules(`${name}/${script}`), ...args], options)
}

async function generate({ name, script, args }, folder) {
  const output = await runPackage(name, script, args(folder))
  // A generator may succeed without the types that it cannot resolve.
  if (/unresolvable|unsupported|warning/i.test(output)) throw new Error(output)
  return true
}

/** Compiles a consumer and everything that its generator wrote. */
function compile({ consumer }, folder) {
  const project = {
    extends: join(sources, 'tsconfig.json'),
    files: [join(sources, 'consumers', consumer)],
    include: ['**/*.ts'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project))
  return runPackage('typescript', 'bin/tsc', ['-p', folder])
}

async function check(generator) {
  const { name } = generator
  const folder = join(cache, name)
  const report = reporter(name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if (await report(`${versions()[name]} generates types`, () => generate(generator, folder)))
    await report(`TypeScript ${versions().typescript} compiles them`, () => compile(generator, folder))
}

function lint() {
  const args = ['--config', join(sources, 'redocly.yaml'), '--lint-config', 'error', '--format', 'stylish']
  return runPackage('@redocly/cli', 'bin/cli.js', ['lint', document, ...args])
}

console.log(`node ${program === process.execPath ? process.versions.node : version}`)
const checkDocument = () =>
  reporter('@redocly/cli')(`${versions()['@redocly/cli']} finds no errors and no warnings`, lint)
// At the same time, because each uses one core.
await Promise.all([...generators.map(check), checkDocument()])
conclude(counts)
