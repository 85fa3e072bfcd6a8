import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Whether files have permissions for their owner, group and others. */
export const hasFileModes = process.platform !== 'win32'

/** Creates a folder, which is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }))
  return folder
}
