import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const committed = import.meta.dirname
const program = join(committed, '../../tools/vectors/make.py')
const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython)
  console.warn('Skipped: python3 is missing, so test/vectors/*.json are not compared with tools/vectors/make.py.')

function readVectors(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

test.skipIf(!hasPython)('test/vectors/*.json equal the output of tools/vectors/make.py', () => {
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
