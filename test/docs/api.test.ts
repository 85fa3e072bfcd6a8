// The API reference in docs/api is what the doc comments make, no page more and none less.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../tools/docs/pages.js'

const made = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
afterAll(() => rmSync(made, { recursive: true }))
const typedoc = join(root, 'node_modules/typedoc/bin/typedoc')
execFileSync(process.execPath, [typedoc, '--options', 'typedoc.api.json', '--out', made], { cwd: root, stdio: 'pipe' })

function listFiles(folder: string): readonly string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return all.filter((file) => file.endsWith('.md')).sort()
}

test.each(listFiles(made))('docs/api/%s: npm run generate writes it', async (file) => {
  await expect(readFileSync(join(made, file), 'utf8')).toMatchFileSnapshot(join(root, 'docs/api', file))
})

test('no other page is there', () => {
  expect(listFiles(join(root, 'docs/api'))).toEqual(listFiles(made))
})
