import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const src = join(import.meta.dirname, '../../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

function isTypeDeclaration(node: ts.Node): node is ts.DeclarationStatement {
  return [ts.isTypeAliasDeclaration, ts.isInterfaceDeclaration, ts.isClassDeclaration, ts.isEnumDeclaration].some(
    (isKind) => isKind(node),
  )
}

/** Lists the names of the types that a file declares. An augmentation of a module or of the globals does not count. */
function listTypeNames(file: string, code: string): readonly string[] {
  const names: string[] = []
  function visit(node: ts.Node): void {
    if (ts.isModuleDeclaration(node)) return
    if (isTypeDeclaration(node) && node.name) names.push(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest))
  return names
}

/** Lists the names that are declared more than once, with their files. */
function listDuplicates(declarations: readonly (readonly [name: string, file: string])[]): readonly string[] {
  const places = new Map<string, string[]>()
  for (const [name, file] of declarations) places.set(name, [...(places.get(name) ?? []), file])
  return [...places].filter(([, files]) => files.length > 1).map(([name, files]) => `${name}: ${files.join(', ')}`)
}

test('every type name in src is declared once', () => {
  const declarations = files.flatMap((file) =>
    listTypeNames(file, readFileSync(join(src, file), 'utf8')).map((name) => [name, file] as const),
  )
  expect(declarations.length).toBeGreaterThan(100)
  expect(listDuplicates(declarations)).toEqual([])
})

test('finds a duplicate of every kind of declaration, except in an augmentation', () => {
  const code = `interface A {}
    class A {}
    enum B {}
    function f() { type B = string }
    type C = string
    declare global { interface C {} }
    declare module 'm' { interface C {} }`
  const declarations = listTypeNames('code.ts', code).map((name) => [name, 'code.ts'] as const)
  expect(listDuplicates(declarations)).toEqual(['A: code.ts, code.ts', 'B: code.ts, code.ts'])
})
