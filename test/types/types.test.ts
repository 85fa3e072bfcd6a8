// Type tests compile. The files in wrong/ must not: each names the one error that it must cause.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const project = join(here, 'tsconfig.json')
const { options, fileNames } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(project, ts.sys.readFile).config,
  ts.sys,
  here,
)

function diagnose(files: readonly string[]): string[] {
  const program = ts.createProgram(files, options)
  return ts.getPreEmitDiagnostics(program).map(({ code, file, messageText }) => {
    return `TS${code} ${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

test('compiles every type test', () => {
  expect(fileNames.map((name) => name.slice(here.length + 1))).toEqual(
    expect.arrayContaining(['adapters.ts', 'descriptors.ts', 'events.ts', 'options.ts', 'reading.ts', 'shapes.ts']),
  )
  expect(diagnose(fileNames)).toEqual([])
})

describe('compiler', () => {
  const wrong = readdirSync(join(here, 'wrong'))

  test.each(wrong)('reports exactly one error in %s', (name) => {
    const file = join(here, 'wrong', name)
    const expected = readFileSync(file, 'utf8').match(/^\/\/ (TS\d+)\n/)?.[1] as string
    const found = diagnose([file])
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(new RegExp(`^${expected} .*${file.slice(here.length)}`))
  })
})
