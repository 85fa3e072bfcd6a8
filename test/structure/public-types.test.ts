import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import builds from '../../tsup.config.js'

const root = join(import.meta.dirname, '../..')
const [library] = builds as readonly { readonly entry: Readonly<Record<string, string>> }[]
const entries = library?.entry ?? {}
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
)
const program = ts.createProgram(
  Object.values(entries).map((file) => join(root, file)),
  options,
)
const checker = program.getTypeChecker()

/** Lists the files that declare what an entry point exports. */
function listDeclaringFiles(entry: string): readonly string[] {
  const source = program.getSourceFile(join(root, entry))
  const module = source && checker.getSymbolAtLocation(source)
  const exported = module ? checker.getExportsOfModule(module) : []
  return exported
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .flatMap(({ declarations = [] }) => declarations.map((node) => relative(root, node.getSourceFile().fileName)))
}

/** Whether a file is in a folder whose name contains "internal". */
function isInternal(file: string): boolean {
  return /internal[^/]*\//.test(file)
}

test('every entry point of package.json is built from a file of src', () => {
  const subpaths = Object.keys(manifest.exports).filter((subpath) => !subpath.endsWith('.json'))
  const names = subpaths.map((subpath) => subpath.slice(2) || 'index')
  expect(Object.keys(entries).sort()).toEqual(names.sort())
})

describe.each(Object.values(entries))('%s', (entry) => {
  test('exports nothing that an internal folder declares', () => {
    const files = listDeclaringFiles(entry)
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter(isInternal)).toEqual([])
  })
})

test('recognizes internal folders', () => {
  expect(listDeclaringFiles('src/index.ts')).toContain('src/receiver/receiver.ts')
  expect(['src/internal/a.ts', 'src/adapters/internals/a.ts', 'src/internal.ts'].filter(isInternal)).toHaveLength(2)
})
