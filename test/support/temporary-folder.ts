// A folder for the files of a test file, removed after it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return folder
}
