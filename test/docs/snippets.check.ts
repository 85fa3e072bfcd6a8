// Every block of TypeScript or JavaScript in README.md, docs/ and the doc comments compiles against the built package.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { listFences, listPages, read, root } from '../../docs/generate/pages.js'

// No paths: the package is found by its own name, through its exports, in the build.
const project = ts.parseJsonConfigFileContent(
  { compilerOptions: { ...JSON.parse(read('tsconfig.json')).compilerOptions, allowJs: true, checkJs: true } },
  ts.sys,
  root,
)

interface Snippet {
  readonly file: string
  readonly extension: string
  readonly code: string
}

const extensions: Readonly<Record<string, string>> = { ts: 'ts', js: 'mjs', mjs: 'mjs' }

function snippetsOf(file: string, text: string): readonly Snippet[] {
  return listFences(text).flatMap(({ language, shows, code }) => {
    const extension = extensions[language]
    // A whole file is compiled where it stands.
    return extension === undefined || shows !== undefined ? [] : [{ file, extension, code }]
  })
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src', file))
const snippets = [
  ...listPages().flatMap((page) => snippetsOf(page, read(page))),
  ...sources.flatMap((file) => snippetsOf(file, read(file).replace(/^ *\* ?/gm, ''))),
]

test('every snippet compiles', () => {
  expect(snippets.length).toBeGreaterThan(20)
  const folder = mkdtempSync(join(root, 'test/.snippets-'))
  try {
    const files = snippets.map(({ extension, code }, i) => {
      const file = join(folder, `snippet-${i}.${extension}`)
      // A module each, so that none sees another's names.
      writeFileSync(file, `${code}\nexport {}\n`)
      return file
    })
    const program = ts.createProgram(files, { ...project.options, noUnusedLocals: false, noUnusedParameters: false })
    const found = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const snippet = snippets[Number(file?.fileName.match(/snippet-(\d+)/)?.[1])]
      return `${snippet?.file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${snippet?.code}`
    })
    expect(found).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
