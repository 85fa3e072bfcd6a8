// The committed vectors are what make.py writes, so that nobody edits an expectation by hand.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const committed = import.meta.dirname
const program = join(committed, '../../tools/vectors/make.py')
const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('NOT CHECKED: there is no python3, so nothing holds test/vectors/*.json against make.py.')

function readVectors(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

test.skipIf(!hasPython)('the committed vectors are what python3 tools/vectors/make.py writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  try {
    execFileSync('python3', [program, folder])
    const written = readVectors(folder)
    expect(Object.keys(written)).toHaveLength(3)
    expect(readVectors(committed)).toEqual(written)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
