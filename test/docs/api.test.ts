import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../tools/docs/pages.js'

const generated = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
afterAll(() => rmSync(generated, { recursive: true }))
const typedoc = join(root, 'node_modules/typedoc/bin/typedoc')
execFileSync(process.execPath, [typedoc, '--options', 'typedoc.api.json', '--out', generated], {
  cwd: root,
  stdio: 'pipe',
})

function listFiles(folder: string): readonly string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return all.filter((file) => file.endsWith('.md')).sort()
}

test.each(listFiles(generated))('docs/api/%s equals the output of npm run generate', async (file) => {
  await expect(readFileSync(join(generated, file), 'utf8')).toMatchFileSnapshot(join(root, 'docs/api', file))
})

test('docs/api contains no other page', () => {
  expect(listFiles(join(root, 'docs/api'))).toEqual(listFiles(generated))
})
