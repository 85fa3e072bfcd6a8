// Every block of TypeScript or JavaScript in README.md, docs/ and the doc comments compiles against the built package, and runs.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'
import { listFences, listPages, read, root } from '../../tools/docs/pages.js'

// No paths: the package is found by its own name, through its exports, in the build.
const project = ts.parseJsonConfigFileContent(
  { compilerOptions: { ...JSON.parse(read('tsconfig.json')).compilerOptions, allowJs: true, checkJs: true } },
  ts.sys,
  root,
)

interface Snippet {
  /** Where it stands. */
  readonly place: string
  /** Where it is written to. */
  readonly file: string
  readonly code: string
}

const folder = mkdtempSync(join(root, 'test/.snippets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src', file))
const texts = [
  ...listPages().map((page) => [page, read(page)] as const),
  ...sources.map((file) => [file, read(file).replace(/^ *\* ?/gm, '')] as const),
]
const extensions: Readonly<Record<string, string>> = { ts: 'ts', js: 'mjs' }
const snippets = texts.flatMap(([page, text]) =>
  listFences(text).flatMap(({ language, shows, code }, i): Snippet[] => {
    const extension = extensions[language]
    // A whole file is compiled and run where it stands.
    if (extension === undefined || shows !== undefined) return []
    return [
      { place: `${page}, block ${i + 1}`, file: join(folder, `${page}-${i}.${extension}`.replace(/\//g, '-')), code },
    ]
  }),
)

test('every snippet compiles', () => {
  expect(snippets.length).toBeGreaterThan(40)
  // A module each, so that none sees another's names.
  for (const { file, code } of snippets) writeFileSync(file, `${code}\nexport {}\n`)
  const options = { ...project.options, noUnusedLocals: false, noUnusedParameters: false }
  const program = ts.createProgram(
    snippets.map(({ file }) => file),
    options,
  )
  const found = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const snippet = snippets.find((one) => one.file === file?.fileName)
    return `${snippet?.place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${snippet?.code}`
  })
  expect(found).toEqual([])
})

// What a snippet may need that is not here.
const needs = /from '(bullmq|redis|ioredis|pg|next|cloudflare:\w+)'|localhost:\d|\bDeno\b|\bBun\b/
const runnable = snippets.filter(({ code }) => !needs.test(code))

test('nearly every snippet can be run', () => {
  expect(runnable.length / snippets.length).toBeGreaterThan(0.8)
})

test.concurrent.each(runnable)('$place runs', async ({ file, code }) => {
  const program = file.replace(/\.ts$/, '.run.mjs')
  const target = ts.ScriptTarget.ES2022
  if (program !== file) writeFileSync(program, ts.transpile(code, { target, module: ts.ModuleKind.ESNext }))
  const env = { PATH: process.env.PATH, GALLABOX_WEBHOOK_SECRET: 'a secret', ...secretsOf(code) }
  await promisify(execFile)(process.execPath, ['--import', join(root, 'test/docs/any-port.mjs'), program], {
    env,
    timeout: 60_000,
  })
})

/** Other variables of the environment that a snippet names. */
function secretsOf(code: string): Record<string, string> {
  return Object.fromEntries([...code.matchAll(/process\.env\.(\w+)/g)].map(([, name]) => [name, `a secret: ${name}`]))
}
