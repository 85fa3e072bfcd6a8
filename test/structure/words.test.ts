import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.js'

const root = join(import.meta.dirname, '../..')
const folder = temporaryFolder()

// Split, so that this file passes the checks.
const forbidden = ['in', 'vain'].join(' ')
const misspelled = ['mes', 'age'].join('')

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

function run(args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

describe('the check of phrases', () => {
  const check = (file: string) => run(['tools/words/check-phrases.mjs', file])

  test('fails with the place, the phrase and the replacement when a page contains a forbidden phrase', () => {
    const { status, output } = check(write('page.md', `# Title\n\nIt waits ${forbidden}.\n`))
    expect(output).toMatch(`page.md:3:10  "${forbidden}"  Write: `)
    expect(status).toBe(1)
  })

  test.each([
    ['comment', `// It waits ${forbidden}.\n`],
    ['comment over two lines', `// It waits ${forbidden.replace(' ', '\n// ')}.\n`],
    ['doc comment', `/**\n * It waits ${forbidden}.\n */\nexport const a = 1\n`],
    ['string', `const a = 'It waits ${forbidden}.'\n`],
    ['template', `const a = \`\${1} waits ${forbidden} \${2}\`\n`],
    ['test title', `test('waits ${forbidden}', () => {})\n`],
  ])('fails when a %s contains a forbidden phrase', (_place, code) => {
    expect(check(write('code.ts', code)).status).toBe(1)
  })

  test('passes when only an identifier contains a forbidden word', () => {
    const identifier = ['re', 'ply'].join('')
    expect(check(write('code.ts', `export const ${identifier} = 1\n`))).toEqual({ status: 0, output: '' })
  })
})

describe('cspell', () => {
  const check = (file: string) =>
    run([
      'node_modules/cspell/bin.mjs',
      'lint',
      '--config',
      'cspell.json',
      '--root',
      folder,
      '--no-progress',
      '--no-summary',
      file,
    ])

  test('fails when a file contains a misspelling', () => {
    const { status, output } = check(write('misspelled.md', `# The ${misspelled}\n`))
    expect(output).toContain(`Unknown word (${misspelled})`)
    expect(status).toBe(1)
  })

  test('passes when a file contains only words of the dictionaries', () => {
    expect(check(write('correct.md', '# Gallabox sends a webhook\n'))).toEqual({ status: 0, output: '' })
  })
})
