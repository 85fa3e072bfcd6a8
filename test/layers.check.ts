// The order of the house: which folder may import which. Arrows run one way, and nothing in src/ needs Node to load.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const src = join(dirname(fileURLToPath(import.meta.url)), '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

// From the ground up. A file may import from its own layer and from those below it.
const layers: readonly (readonly RegExp[])[] = [
  [/^internal\//],
  [/^(signature|secrets|outcome|errors)\.ts$/, /^(events|stores|diagnose)\//],
  [/^(context|delivery|handlers)\.ts$/],
  [/^guard\.ts$/],
  [/^(dispatch|receiver|diagnose)\.ts$/],
  [/^adapters\//, /^testing\//, /^index\.ts$/],
  [/^cli\//],
]

function layerOf(file: string): number {
  return layers.findIndex((patterns) => patterns.some((pattern) => pattern.test(file)))
}

function importsOf(file: string): string[] {
  const code = readFileSync(join(src, file), 'utf8').replace(/^\s*\*.*$/gm, '')
  return [...code.matchAll(/^(?:import|export)\s[^'"]*?from '([^']+)'/gms)].map((match) => match[1] as string)
}

function targetsOf(file: string): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(src, join(src, dirname(file), specifier)).replace(/\.js$/, '.ts'))
}

describe.each(files)('%s', (file) => {
  test('has its place', () => {
    expect(layerOf(file)).not.toBe(-1)
  })

  test('imports nothing from above, and no public face', () => {
    const wrong = targetsOf(file).filter((target) => layerOf(target) > layerOf(file) || target === 'index.ts')
    expect(wrong).toEqual([])
  })

  test('imports no package, and nothing of Node but in the command', () => {
    const ofNode = file.startsWith('cli/') ? /^node:/ : /^$/
    const packages = importsOf(file).filter((specifier) => !specifier.startsWith('.') && !ofNode.test(specifier))
    // For an augmentation of its types alone: nothing of it is left in the build.
    expect(packages).toEqual(file === 'adapters/fastify.ts' ? ['fastify'] : [])
  })
})

test('the imports are really seen', () => {
  expect(targetsOf('adapters/express.ts')).toContain('receiver.ts')
  expect(targetsOf('index.ts').length).toBeGreaterThan(10)
})

test('no adapter imports another', () => {
  const shared = ['adapters/body.ts', 'adapters/connect.ts', 'adapters/reply.ts']
  const adapters = files.filter((file) => file.startsWith('adapters/') && !shared.includes(file))
  for (const adapter of adapters) {
    expect(targetsOf(adapter).filter((target) => adapters.includes(target))).toEqual([])
  }
})

test('nothing goes round in a circle', () => {
  const done = new Set<string>()
  function visit(file: string, path: readonly string[]): void {
    expect(path, 'a cycle').not.toContain(file)
    if (done.has(file)) return
    for (const target of targetsOf(file)) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
})
