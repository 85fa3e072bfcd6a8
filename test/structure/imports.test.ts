import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const src = join(import.meta.dirname, '../../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
// It imports nothing. Its strings are the code of other files.
const templates = 'cli/commands/init/templates.ts'

// From top to bottom. A folder may import from itself and from the folders in its row, which are all below it.
const allowed = {
  'index.ts': ['diagnose', 'receiver', 'signature', 'events', 'stores', 'platform'],
  cli: ['testing', 'diagnose', 'adapters', 'receiver', 'signature', 'events', 'platform'],
  adapters: ['receiver', 'platform'],
  diagnose: ['receiver', 'signature', 'events', 'platform'],
  testing: ['signature', 'events', 'stores', 'platform'],
  receiver: ['signature', 'events', 'stores', 'platform'],
  stores: ['signature', 'platform'],
  signature: ['events', 'platform'],
  events: ['platform'],
  platform: [],
} as const satisfies Record<string, readonly string[]>
type Folder = keyof typeof allowed
const folders = Object.keys(allowed) as Folder[]

function folderOf(file: string): Folder {
  return file.split('/')[0] as Folder
}

function importsOf(file: string): string[] {
  if (file === templates) return []
  const code = readFileSync(join(src, file), 'utf8').replace(/^\s*\*.*$/gm, '')
  return [...code.matchAll(/^(?:import|export)\s[^'"]*?from '([^']+)'/gms)].map((match) => match[1] as string)
}

function targetsOf(file: string): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(src, join(src, dirname(file), specifier)).replace(/\.js$/, '.ts'))
}

test('every row lists only folders below it', () => {
  for (const [place, folder] of folders.entries()) {
    for (const target of allowed[folder]) expect(folders.indexOf(target)).toBeGreaterThan(place)
  }
})

describe.each(files)('%s', (file) => {
  const folder = folderOf(file)

  test('is in a folder of the table', () => {
    expect(folders).toContain(folder)
  })

  test('imports only what its folder may import', () => {
    const mayImport: readonly string[] = [folder, ...allowed[folder]]
    expect(targetsOf(file).filter((target) => !mayImport.includes(folderOf(target)))).toEqual([])
  })

  test('imports no package, and node: modules only in cli', () => {
    const node = folder === 'cli' ? /^node:/ : /^$/
    const packages = importsOf(file).filter((specifier) => !specifier.startsWith('.') && !node.test(specifier))
    // Fastify's adapter augments its types. The build does not import it.
    expect(packages).toEqual(file === 'adapters/fastify.ts' ? ['fastify'] : [])
  })

  test('has no folder with the same name beside it', () => {
    expect(files.filter((other) => other.startsWith(`${file.replace(/\.ts$/, '')}/`))).toEqual([])
  })
})

test('finds imports', () => {
  expect(targetsOf('adapters/express.ts')).toContain('receiver/receiver.ts')
  expect(targetsOf('index.ts').length).toBeGreaterThan(10)
})

test('no adapter imports another', () => {
  const adapters = ['express', 'fastify', 'koa', 'lambda', 'node', 'web'].map((name) => `adapters/${name}.ts`)
  expect(files).toEqual(expect.arrayContaining(adapters))
  for (const adapter of adapters) {
    expect(targetsOf(adapter).filter((target) => adapters.includes(target))).toEqual([])
  }
})

test('src has no import cycle', () => {
  const done = new Set<string>()
  function visit(file: string, path: readonly string[]): void {
    expect(path, 'import cycle').not.toContain(file)
    if (done.has(file)) return
    for (const target of targetsOf(file)) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
})
