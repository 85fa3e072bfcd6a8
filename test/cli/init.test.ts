// init: which host it finds, what it writes, and that it overwrites nothing. e2e/examples starts what it writes.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { type Host, hosts } from '../../src/cli/commands/init/hosts.js'
import { type CliOptions, runCli } from '../support/cli.js'
import { temporaryFolder } from '../support/temporary-folder.js'

type Files = Readonly<Record<string, string>>

const root = temporaryFolder()
let count = 0

function createProject(files: Files): string {
  const folder = join(root, `${count++}`)
  mkdirSync(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

function manifest(...packages: readonly string[]): string {
  return JSON.stringify({ dependencies: Object.fromEntries(packages.map((name) => [name, '*'])) })
}

function listFiles(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort()
}

async function runInit(files: Files, args: readonly string[] = [], options: CliOptions = {}) {
  const folder = createProject(files)
  return { folder, ...(await runCli(['init', folder, ...args], options)) }
}

const entries = Object.entries<Host>(hosts)

test.each(entries)('--host %s writes the files of its guide', async (name, { files, guide, title }) => {
  const { code, folder, out } = await runInit({}, ['--host', name])
  expect(code).toBe(0)
  expect(listFiles(folder)).toEqual(['.env.example', ...files.map(({ path }) => path)].sort())
  for (const { path, template } of files) {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(readFileSync(`examples/${template}`, 'utf8'))
  }
  expect(existsSync(`docs/guides/${guide}`)).toBe(true)
  expect(readFileSync(`docs/guides/${guide}`, 'utf8')).toContain(`examples/${files[0]?.template}`)
  expect(out).toContain(`${title}, as you chose.`)
})

describe('finds the host', () => {
  test.each(entries.flatMap(([name, { packages }]) => packages.map((dependency) => [dependency, name] as const)))(
    'by the dependency %s: %s',
    async (dependency, name) => {
      const { code, out } = await runInit({ 'package.json': manifest(dependency) })
      expect(code).toBe(0)
      expect(out).toContain(`${hosts[name as keyof typeof hosts].title}, found by ${dependency}, in package.json.`)
    },
  )

  test.each(entries.flatMap(([name, { markers = [] }]) => markers.map((marker) => [marker, name] as const)))(
    'by the file %s: %s',
    async (marker, name) => {
      const { out } = await runInit({ [marker]: '' })
      expect(out).toContain(`${hosts[name as keyof typeof hosts].title}, found by ${marker}.`)
    },
  )

  test.each(
    entries.flatMap(([name, { setting }]) =>
      setting ? setting.files.map((file) => [setting.name, file, name] as const) : [],
    ),
  )('by the setting %s in %s: %s', async (setting, file, name) => {
    const { out } = await runInit({ [file]: `"${setting}": "public"`, 'package.json': manifest('wrangler') })
    expect(out).toContain(`${hosts[name as keyof typeof hosts].title}, found by ${setting}, in ${file}.`)
  })

  test.each([
    [['express', 'next'], 'Next.js'],
    [['vercel', 'express'], 'Express'],
    [['hono', 'wrangler'], 'Cloudflare Workers'],
    [['express', '@nestjs/core'], 'NestJS'],
    [['express', '@google-cloud/functions-framework'], 'Google Cloud Functions'],
  ])('that is built on others: %j is %s', async (packages, title) => {
    const { out } = await runInit({ 'package.json': manifest(...packages) })
    expect(out).toMatch(new RegExp(`^${title}, found`))
  })

  test('by a development dependency', async () => {
    const { out } = await runInit({ 'package.json': '{"devDependencies":{"koa":"3"}}' })
    expect(out).toMatch(/^Koa, found/)
  })

  test.each(['{}', 'null', '[]', '{"dependencies":null}', '{"dependencies":"x"}'])(
    'or asks, where package.json is %s',
    async (content) => {
      const questions: string[] = []
      const ask = (question: string) => {
        questions.push(question)
        return ' koa '
      }
      const { code, out } = await runInit({ 'package.json': content }, [], { ask })
      expect(code).toBe(0)
      expect(out).toMatch(/^Koa, as you chose\./)
      expect(questions).toEqual([expect.stringMatching(/^Which host\? nextjs, .*, node:$/)])
    },
  )
})

describe('writes', () => {
  test('into the folder src of Next.js, where the project has it', async () => {
    for (const file of ['src/app/page.tsx', 'src/pages/index.tsx']) {
      const { folder } = await runInit({ 'package.json': manifest('next'), [file]: '' })
      expect(listFiles(folder)).toContain('src/app/webhooks/gallabox/route.ts')
    }
    const { folder } = await runInit({ 'package.json': manifest('next'), 'app/page.tsx': '', 'src/lib.ts': '' })
    expect(listFiles(folder)).toContain('app/webhooks/gallabox/route.ts')
  })

  test.each(['express', 'fastify', 'koa', 'hono', 'node', 'aws-lambda'])(
    'TypeScript that compiles, where the project has it: %s',
    async (host) => {
      const { folder, out } = await runInit({ 'tsconfig.json': '{}' }, ['--host', host])
      const file = listFiles(folder).find((path) => path.endsWith('.mts')) ?? ''
      expect(file).not.toBe('')
      if (host !== 'aws-lambda') expect(out).toContain(`npx tsx ${file}`)
      expect(compile(readFileSync(join(folder, file), 'utf8'))).toEqual([])
    },
    60_000,
  )

  test('no file that exists, and says what to add to it', async () => {
    const own = 'export default []\n'
    const { code, folder, out } = await runInit({
      'package.json': manifest('@react-router/dev'),
      'app/routes.ts': own,
    })
    expect(code).toBe(1)
    expect(readFileSync(join(folder, 'app/routes.ts'), 'utf8')).toBe(own)
    expect(listFiles(folder)).toContain('app/routes/webhooks.gallabox.ts')
    expect(out).toMatch(/exists {3}app\/routes\.ts: not changed\. Add route\('webhooks\/gallabox'/)
  })

  test('nothing with --dry-run, and prints the files', async () => {
    const { code, folder, out } = await runInit({ 'package.json': manifest('express') }, ['--dry-run'])
    expect(code).toBe(0)
    expect(listFiles(folder)).toEqual(['package.json'])
    expect(out).toContain("    import { webhookHandler } from 'gallabox-webhooks/express'")
    expect(out).toContain('would add  GALLABOX_WEBHOOK_SECRET= to .env.example')
  })
})

describe('.env.example', () => {
  test.each([
    ['is created', undefined, 'GALLABOX_WEBHOOK_SECRET=\n'],
    ['gets the line', 'A=1\n', 'A=1\nGALLABOX_WEBHOOK_SECRET=\n'],
    ['gets the line after one without a line break', 'A=1', 'A=1\nGALLABOX_WEBHOOK_SECRET=\n'],
    ['keeps the line', 'GALLABOX_WEBHOOK_SECRET=x\n', 'GALLABOX_WEBHOOK_SECRET=x\n'],
    ['keeps an exported line', 'export GALLABOX_WEBHOOK_SECRET = x\n', 'export GALLABOX_WEBHOOK_SECRET = x\n'],
    [
      'is not misled by a comment',
      '# GALLABOX_WEBHOOK_SECRET=\n',
      '# GALLABOX_WEBHOOK_SECRET=\nGALLABOX_WEBHOOK_SECRET=\n',
    ],
  ])('%s', async (_title, before, after) => {
    const { folder } = await runInit(before === undefined ? {} : { '.env.example': before }, ['--host', 'node'])
    expect(readFileSync(join(folder, '.env.example'), 'utf8')).toBe(after)
  })
})

describe('the next steps', () => {
  test.each([
    ['package-lock.json', 'npm install gallabox-webhooks', 'npx gallabox-webhooks send'],
    ['pnpm-lock.yaml', 'pnpm add gallabox-webhooks', 'pnpm exec gallabox-webhooks send'],
    ['yarn.lock', 'yarn add gallabox-webhooks', 'yarn gallabox-webhooks send'],
    ['bun.lock', 'bun add gallabox-webhooks', 'bunx gallabox-webhooks send'],
    ['deno.json', 'deno add npm:gallabox-webhooks npm:express', 'deno run -A npm:gallabox-webhooks send'],
  ])('use the package manager of %s', async (lock, install, send) => {
    const { out } = await runInit({ [lock]: '{}' }, ['--host', 'express'])
    expect(out).toContain(`Install: ${install}`)
    expect(out).toContain(`${send} http://localhost:3000/webhooks/gallabox`)
  })

  test('install only what is missing', async () => {
    const { out } = await runInit({ 'package.json': manifest('express', 'gallabox-webhooks') })
    expect(out).not.toContain('Install')
    expect(out).toContain('start: node server.mjs')
  })

  test.each([
    [{ dependencies: { 'firebase-functions': '7' } }, true],
    [{ type: 'module', dependencies: { 'firebase-functions': '7' } }, false],
  ])('of %j ask for the type of modules: %j', async (content, asks) => {
    const { out } = await runInit({ 'package.json': JSON.stringify(content) })
    expect(out.includes('Set "type": "module" in package.json.')).toBe(asks)
  })
})

describe('a usage error exits with 2', () => {
  test.each([
    ['an unknown host', ['--host', 'expres'], /Unknown host "expres"\. Did you mean "express"\?/],
    ['a host like no other', ['--host', 'rails'], /Unknown host "rails"\. Known: nextjs, /],
    ['an inherited name', ['--host', 'toString'], /Unknown host "toString"\./],
    ['two folders', ['other'], /Too many arguments\. Pass one folder\./],
    ['no host, where no user is there', [], /The host is unknown\. Pass --host with one of: nextjs, /],
  ])('%s', async (_title, args, reason) => {
    const { code, err, folder } = await runInit({}, args)
    expect(code).toBe(2)
    expect(err).toMatch(reason)
    expect(listFiles(folder)).toEqual([])
  })

  test('a package.json that is not JSON', async () => {
    const { code, err } = await runInit({ 'package.json': '{' })
    expect(code).toBe(2)
    expect(err).toMatch(/Cannot read .*package\.json: not JSON\./)
  })

  test('a folder that does not exist', async () => {
    const { code, err } = await runCli(['init', join(root, 'none')])
    expect(code).toBe(2)
    expect(err).toMatch(/The folder .*none does not exist\./)
  })
})

/** Compiles a module with strict options, with the sources of this package. Returns its errors. */
function compile(source: string): readonly string[] {
  // TypeScript writes paths with slashes on every platform.
  const file = join(import.meta.dirname, 'compiled-by-init-test.mts').replaceAll('\\', '/')
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    lib: ['lib.es2022.d.ts'],
    paths: {
      'gallabox-webhooks': [resolve('src/index.ts')],
      'gallabox-webhooks/*': [resolve('src/adapters/*.ts')],
    },
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile, readFile } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.readFile = (name) => (name === file ? source : readFile(name))
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, source, target) : getSourceFile(name, target)
  const program = ts.createProgram([file], options, host)
  const diagnostics = ts.getPreEmitDiagnostics(program, program.getSourceFile(file))
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
