// Every TypeScript example of README.md, docs/ and the doc comments compiles, and README tells the truth about names.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalEventName, eventTypes } from 'gallabox-webhooks'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const project = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'test/tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  join(root, 'test'),
)

function fencesIn(file: string): { file: string; code: string }[] {
  const text = readFileSync(join(root, file), 'utf8')
  const plain = file.endsWith('.ts') ? text.replace(/^ *\* ?/gm, '') : text
  return [...plain.matchAll(/^ *```ts\n(.*?)^ *```/gms)].map((match) => ({ file, code: match[1] as string }))
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
)
const pages = readdirSync(join(root, 'docs'), { encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
const examples = [
  'README.md',
  ...pages.map((file) => join('docs', file)),
  ...sources.map((file) => join('src', file)),
].flatMap(fencesIn)

test('every example compiles', () => {
  expect(examples.length).toBeGreaterThan(20)
  const folder = mkdtempSync(join(root, 'test/.examples-'))
  try {
    const files = examples.map(({ code }, i) => {
      const file = join(folder, `example-${i}.ts`)
      // A module each, so that none sees another's names.
      writeFileSync(file, `${code}\nexport {}\n`)
      return file
    })
    const program = ts.createProgram(files, { ...project.options, noUnusedLocals: false, noUnusedParameters: false })
    const found = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const index = Number(file?.fileName.match(/example-(\d+)/)?.[1])
      return `${examples[index]?.file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${examples[index]?.code}`
    })
    expect(found).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the table of events in README names all 26, and every alias is one', () => {
  const rows = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| (\S+) +\| (\w+\.[\w.]+)( \*)? +\|/gm)]
  expect(rows.map((row) => row[2])).toEqual(eventTypes)
  const aliases = rows.filter((row) => row[1] !== '–')
  expect(aliases).toHaveLength(16)
  for (const [, helpPage, wire] of aliases) expect(canonicalEventName(helpPage as string)).toBe(wire)
})
