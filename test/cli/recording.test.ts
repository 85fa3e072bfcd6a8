import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { appendRecord, isReadableByOthers, type RecordedDelivery, readRecords } from '../../src/cli/shared/recording.js'
import { hasFileModes, temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const delivery: RecordedDelivery = {
  receivedAt: '2026-08-14T06:31:12.000Z',
  method: 'POST',
  headers: [['X-Event-Name', 'A']],
  body: Buffer.from('{"text":"₹"}').toString('base64'),
}

let files = 0
function nextFile(): string {
  return join(folder, `${files++}.ndjson`)
}

async function readAll(file: string) {
  const records: RecordedDelivery[] = []
  const notes: string[] = []
  for await (const record of readRecords(file, (text) => notes.push(text))) records.push(record)
  return { records, notes }
}

test('reads what was appended, in a file that only its owner can read', async () => {
  const file = nextFile()
  // More than one chunk of a file.
  const large = { ...delivery, body: Buffer.alloc(300_000, 'tea').toString('base64') }
  for (const record of [delivery, large, delivery]) await appendRecord(file, record)
  expect(await readAll(file)).toEqual({ records: [delivery, large, delivery], notes: [] })
  if (hasFileModes) expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await isReadableByOthers(file)).toBe(false)
})

test('does not mix records that are appended concurrently', async () => {
  const file = nextFile()
  await Promise.all(Array.from({ length: 50 }, () => appendRecord(file, delivery)))
  expect((await readAll(file)).records).toEqual(Array(50).fill(delivery))
})

test('accepts blank lines, CRLF and a missing last line break', async () => {
  const file = nextFile()
  writeFileSync(file, `\n${JSON.stringify(delivery)}\r\n\n${JSON.stringify(delivery)}`)
  expect(await readAll(file)).toEqual({ records: [delivery, delivery], notes: [] })
})

test('skips and notes an incomplete last line, with or without blank lines after it', async () => {
  for (const end of ['', '\n\n']) {
    const file = nextFile()
    await appendRecord(file, delivery)
    appendFileSync(file, `{"receivedAt":"2026-${end}`)
    const { records, notes } = await readAll(file)
    expect(records).toEqual([delivery])
    expect(notes).toEqual([expect.stringMatching(/:2: invalid record\. Skipped, probably incomplete\.$/)])
  }
})

test('starts a new line after an incomplete one', async () => {
  const file = nextFile()
  writeFileSync(file, '{"receivedAt":"2026-')
  await appendRecord(file, delivery)
  expect(readFileSync(file, 'utf8').split('\n')[1]).toBe(JSON.stringify(delivery))
})

test('skips and counts incomplete lines in the middle', async () => {
  const file = nextFile()
  for (let i = 0; i < 3; i++) {
    appendFileSync(file, '{"receivedAt":"2026-')
    await appendRecord(file, delivery)
  }
  const { records, notes } = await readAll(file)
  expect(records).toEqual([delivery, delivery, delivery])
  expect(notes).toEqual([expect.stringMatching(/:1: invalid record, and 2 more\. Skipped/)])
})

describe('notes the line number of an invalid record, not its content', () => {
  test.each([
    ['text', 'hello'],
    ['null', 'null'],
    ['headers without a value', { ...delivery, headers: [['a']] }],
    ['headers that are strings', { ...delivery, headers: ['ab'] }],
    ['headers that are not a list', { ...delivery, headers: 'ab' }],
    ['an invalid time', { ...delivery, receivedAt: 'hello' }],
    ['a body that is not base64', { ...delivery, body: '{}{}' }],
    ['a truncated body', { ...delivery, body: 'e30' }],
    ['an invalid method', { ...delivery, method: 1 }],
  ])('%s', async (_title, record) => {
    const file = nextFile()
    const line = typeof record === 'string' ? record : JSON.stringify(record)
    writeFileSync(file, `${JSON.stringify(delivery)}\n${line}\n${JSON.stringify(delivery)}\n`)
    const { records, notes } = await readAll(file)
    expect(records).toEqual([delivery, delivery])
    expect(notes).toEqual([expect.stringMatching(/:2: invalid record\. Skipped/)])
    expect(notes.join()).not.toMatch(/hello/)
  })

  test('throws when a file has no valid record', async () => {
    const file = nextFile()
    writeFileSync(file, 'hello\nhello\n')
    const reading = readAll(file)
    await expect(reading).rejects.toThrow(/:1: invalid record\. Pass a file written by listen --record\.$/)
    await expect(reading).rejects.not.toThrow(/hello/)
  })
})

test('throws when a line is longer than 64 MiB', async () => {
  const file = nextFile()
  const chunk = Buffer.alloc(1024 * 1024, 'a')
  for (let i = 0; i < 66; i++) appendFileSync(file, chunk)
  await expect(readAll(file)).rejects.toThrow(/a line is longer than 64 MiB\. This is not a recording/)
})
