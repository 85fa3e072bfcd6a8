// Packs the package and installs it into an empty folder; imports, requires, compiles and bundles it there.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectWithin } from '../support/budgets.js'
import pinned from './exports.json' with { type: 'json' }

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const subpaths = Object.entries(pinned).map(
  ([subpath, names]) => [subpath.replace('.', 'gallabox-webhooks'), names] as const,
)

let folder: string
let tarball: string
let unpackedSize: number

function run(command: string, args: readonly string[], cwd = folder): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  run('npm', ['run', 'build'], root)
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root))
  tarball = join(folder, packed.filename)
  unpackedSize = packed.unpackedSize
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true }')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball])
})

afterAll(() => rmSync(folder, { recursive: true }))

test('the tarball contains the build and the documents, and nothing else', () => {
  const files = run('tar', ['-tzf', tarball]).trim().split('\n')
  const stores = ['dynamodb', 'postgres', 'redis', 'sql']
  const entries = ['index', 'express', 'fastify', 'koa', 'lambda', 'node', ...stores, 'testing', 'web'].join('|')
  const allowed = new RegExp(
    `^package/(package\\.json|README\\.md|LICENSE|CHANGELOG\\.md|openapi\\.json|llms\\.txt|docs/(reference|troubleshooting)/[\\w/-]+\\.md|dist/cli\\.js|dist/log-page/(index\\.html|style\\.css|client\\.js)|dist/(${entries})\\.(js|cjs|d\\.ts|d\\.cts)|dist/[\\w-]+\\.(js|cjs|d\\.ts|d\\.cts))$`,
  )
  expect(files.filter((file) => !allowed.test(file))).toEqual([])
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md', 'docs/troubleshooting/why-401.md'])
    expect(files).toContain(`package/${file}`)
})

test('the pages that the command and diagnose refer to are packed', () => {
  const installed = join(folder, 'node_modules/gallabox-webhooks')
  const code = ['cli.js', 'index.js', 'index.cjs'].map((file) => readFileSync(join(installed, 'dist', file), 'utf8'))
  const pages = new Set(code.join('\n').match(/\bdocs\/[\w/-]+\.md\b/g))
  expect(pages.size).toBeGreaterThan(3)
  expect([...pages].filter((page) => !existsSync(join(installed, page)))).toEqual([])
})

test('the package takes about 1.3 MB on disk', () => {
  expect(unpackedSize).toBeLessThan(1_400_000)
})

test('the package has no dependencies and no install scripts', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'node_modules/gallabox-webhooks/package.json'), 'utf8'))
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
    expect(manifest).not.toHaveProperty(kind)
  }
  expect(Object.keys(manifest.scripts).filter((name) => /install|^prepare$/.test(name))).toEqual([])
  expect(run('npm', ['ls', '--all', '--parseable']).trim().split('\n')).toHaveLength(2)
})

describe.each(subpaths)('%s', (specifier, names) => {
  test('exports the pinned names to import and to require', () => {
    const print = 'console.log(JSON.stringify(Object.keys(m).sort()))'
    const imported = run('node', ['--input-type=module', '-e', `import * as m from '${specifier}'; ${print}`])
    const required = run('node', ['-e', `const m = require('${specifier}'); ${print}`])
    expect(JSON.parse(imported)).toEqual([...names].sort())
    expect(JSON.parse(required)).toEqual([...names].sort())
  })
})

test('the OpenAPI document can be imported and required', () => {
  const print = 'console.log(Object.keys(m.webhooks).length)'
  const imported = `import m from 'gallabox-webhooks/openapi.json' with { type: 'json' }; ${print}`
  expect(run('node', ['--input-type=module', '-e', imported]).trim()).toBe('26')
  expect(run('node', ['-e', `const m = require('gallabox-webhooks/openapi.json'); ${print}`]).trim()).toBe('26')
})

test('the command runs, and no library entry loads it', () => {
  expect(run('npx', ['--offline', 'gallabox-webhooks', '--help'])).toContain('Usage: gallabox-webhooks <command>')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(run('npx', ['--offline', 'gallabox-webhooks', '--version']).trim()).toBe(version)
  const files = readdirSync(join(folder, 'node_modules/gallabox-webhooks/dist')).filter((file) =>
    /^[^.]+\.c?js$/.test(file),
  )
  expect(files).toContain('cli.js')
  for (const file of files.filter((file) => file !== 'cli.js')) {
    const code = readFileSync(join(folder, 'node_modules/gallabox-webhooks/dist', file), 'utf8')
    expect([file, code.match(/['"][^'"]*cli(\.js)?['"]|parseArgs|from ['"]node:/)?.[0]]).toEqual([file, undefined])
  }
})

test('every subpath throws the same HandlerError class', () => {
  const script = (load: string) => `${load}
    const handle = webhookHandler({ secret: 's', onEvent() { throw new Error('x') } })
    const { headers, body } = signDelivery('Ticket.Opened', {}, { secret: 's' })
    const req = { method: 'POST', headers, rawBody: Buffer.from(body), complete: true }
    handle(req, {}, (error) => console.log(error instanceof HandlerError))`
  const modules = { HandlerError: '', webhookHandler: '/express', signDelivery: '/testing' }
  const entries = Object.entries(modules)
  const required = entries.map(([name, path]) => `const { ${name} } = require('gallabox-webhooks${path}')`).join('\n')
  const imported = entries.map(([name, path]) => `import { ${name} } from 'gallabox-webhooks${path}'`).join('\n')
  expect(run('node', ['-e', script(required)]).trim()).toBe('true')
  expect(run('node', ['--input-type=module', '-e', script(imported)]).trim()).toBe('true')
})

describe('types', () => {
  const consumer = readFileSync(new URL('consumer.ts', import.meta.url), 'utf8')
  const bare = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    skipLibCheck: false,
  }
  const modes: readonly [string, string, ts.CompilerOptions][] = [
    ['node10', 'consumer.ts', { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 }],
    ['node16, ESM', 'consumer.mts', { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 }],
    [
      'node16, CommonJS',
      'consumer.cts',
      { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
    ],
    [
      'nodenext',
      'consumer.mts',
      { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ],
    ['bundler', 'consumer.ts', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
  ]

  test.each(modes)('compile in mode %s without the types of Node.js or the DOM', (_mode, name, options) => {
    const file = join(folder, name)
    writeFileSync(file, consumer)
    const program = ts.createProgram([file], { ...bare, ...options })
    const found = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
    expect(found).toEqual([])
  })
})

test('publint --strict reports no problem', () => {
  expect(run('npx', ['publint', '--strict', tarball], root)).toContain('All good!')
})

test('attw resolves the types of every subpath in every mode', () => {
  expect(run('npx', ['attw', tarball, '--no-emoji', '--format', 'table-flipped'], root)).toContain('No problems found')
})

describe('size, minified and gzipped', () => {
  async function sizeOf(code: string): Promise<{ bytes: number; text: string }> {
    mkdirSync(join(folder, 'size'), { recursive: true })
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: folder },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    })
    const text = outputFiles[0]?.text as string
    return { bytes: gzipSync(text).byteLength, text }
  }

  test('verifySignature alone fits its budget', async ({ task }) => {
    const { bytes } = await sizeOf(`export { verifySignature } from 'gallabox-webhooks'`)
    expectWithin(task, { subject: 'size of verifySignature', measured: bytes, limit: 1200, unit: 'bytes' })
  })

  // A string that only this adapter contains.
  const marks = {
    express: 'express.json()',
    koa: 'bodyParser()',
    fastify: 'preParsing',
    web: 'request.clone()',
    node: 'On this route of Next',
    lambda: 'a WebSocket event',
  }
  test.for(Object.keys(marks))(
    'the core with %s fits its budget and contains no other adapter',
    async (adapter, { task }) => {
      const { bytes, text } = await sizeOf(
        `export { ${adapter === 'fastify' ? 'webhookPlugin' : 'webhookHandler'} } from 'gallabox-webhooks/${adapter}'`,
      )
      expectWithin(task, { subject: `size of the core with ${adapter}`, measured: bytes, limit: 12_700, unit: 'bytes' })
      expect(Object.entries(marks).filter(([, mark]) => text.includes(mark))).toEqual([
        [adapter, marks[adapter as keyof typeof marks]],
      ])
      // Helpers that read payloads are left out unless they are imported.
      expect(text).not.toMatch(/product_items|list_reply|recipient_id\)/)
    },
  )
})
