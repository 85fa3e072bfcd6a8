// Compiles every TypeScript and JavaScript block of the pages and the doc comments against the built package, and runs it.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'
import { listFences, listPages, read, root } from '../../tools/docs/pages.js'

// Without `paths`, so that the package is resolved by its name, through its exports.
const project = ts.parseJsonConfigFileContent(
  { compilerOptions: { ...JSON.parse(read('tsconfig.json')).compilerOptions, allowJs: true, checkJs: true } },
  ts.sys,
  root,
)

interface Snippet {
  /** The page and the number of the block. */
  readonly place: string
  /** The file that it is written to. */
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
    // An embedded file is compiled and run by its own test.
    if (extension === undefined || shows !== undefined) return []
    return [
      { place: `${page}, block ${i + 1}`, file: join(folder, `${page}-${i}.${extension}`.replace(/\//g, '-')), code },
    ]
  }),
)

test('every snippet compiles', () => {
  expect(snippets.length).toBeGreaterThan(40)
  // As modules, so that each has its own scope.
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

// Snippets that need a server or another runtime.
const notRunnable = /from '(bullmq|redis|ioredis|pg|mysql2\/promise|next|cloudflare:\w+)'|localhost:\d|\bDeno\b|\bBun\b/
const runnable = snippets.filter(({ code }) => !notRunnable.test(code))

test('more than 80 % of the snippets are run', () => {
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

/** Returns the environment variables that a snippet reads. */
function secretsOf(code: string): Record<string, string> {
  return Object.fromEntries([...code.matchAll(/process\.env\.(\w+)/g)].map(([, name]) => [name, `a secret: ${name}`]))
}
