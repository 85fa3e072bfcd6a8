// The recording: what is appended is read again, and nothing else is taken for a delivery.
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { appendRecord, othersMayRead, type RecordedDelivery, readRecords } from '../../src/cli/shared/recording.js'
import { temporaryFolder } from '../support/temporary-folder.js'

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

test('what is appended is read again, and belongs to its owner alone', async () => {
  const file = nextFile()
  // More than one chunk of a file.
  const large = { ...delivery, body: Buffer.alloc(300_000, 'tea').toString('base64') }
  for (const each of [delivery, large, delivery]) await appendRecord(file, each)
  expect(await readAll(file)).toEqual({ records: [delivery, large, delivery], notes: [] })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await othersMayRead(file)).toBe(false)
})

test('appending at once mixes nothing up', async () => {
  const file = nextFile()
  await Promise.all(Array.from({ length: 50 }, () => appendRecord(file, delivery)))
  expect((await readAll(file)).records).toEqual(Array(50).fill(delivery))
})

test('blank lines, the line ends of Windows and a missing last one are no matter', async () => {
  const file = nextFile()
  writeFileSync(file, `\n${JSON.stringify(delivery)}\r\n\n${JSON.stringify(delivery)}`)
  expect(await readAll(file)).toEqual({ records: [delivery, delivery], notes: [] })
})

test('half a line at the end is left out and said, blank lines after it or not', async () => {
  for (const end of ['', '\n\n']) {
    const file = nextFile()
    await appendRecord(file, delivery)
    appendFileSync(file, `{"receivedAt":"2026-${end}`)
    const { records, notes } = await readAll(file)
    expect(records).toEqual([delivery])
    expect(notes).toEqual([
      expect.stringMatching(/:2 is no recorded delivery: left out, as probably not written to the end\.$/),
    ])
  }
})

test('what is appended after half a line is a line of its own', async () => {
  const file = nextFile()
  writeFileSync(file, '{"receivedAt":"2026-')
  await appendRecord(file, delivery)
  expect(readFileSync(file, 'utf8').split('\n')[1]).toBe(JSON.stringify(delivery))
})

test('half lines in the middle are left out and counted: a writer was interrupted, and wrote again', async () => {
  const file = nextFile()
  for (let i = 0; i < 3; i++) {
    appendFileSync(file, '{"receivedAt":"2026-')
    await appendRecord(file, delivery)
  }
  const { records, notes } = await readAll(file)
  expect(records).toEqual([delivery, delivery, delivery])
  expect(notes).toEqual([expect.stringMatching(/:1 is no recorded delivery, nor are 2 more lines: left out/)])
})

describe('what is no delivery is named by its place, and not shown', () => {
  test.each([
    ['text', 'hello'],
    ['another value', 'null'],
    ['headers that are none', { ...delivery, headers: [['a']] }],
    ['headers that are texts', { ...delivery, headers: ['ab'] }],
    ['headers that are no list', { ...delivery, headers: 'ab' }],
    ['a time that is none', { ...delivery, receivedAt: 'hello' }],
    ['a body that is no base64', { ...delivery, body: '{}{}' }],
    ['a body that is cut off', { ...delivery, body: 'e30' }],
    ['a method that is none', { ...delivery, method: 1 }],
  ])('%s', async (_title, record) => {
    const file = nextFile()
    const line = typeof record === 'string' ? record : JSON.stringify(record)
    writeFileSync(file, `${JSON.stringify(delivery)}\n${line}\n${JSON.stringify(delivery)}\n`)
    const { records, notes } = await readAll(file)
    expect(records).toEqual([delivery, delivery])
    expect(notes).toEqual([expect.stringMatching(/:2 is no recorded delivery: left out/)])
    expect(notes.join()).not.toMatch(/hello/)
  })

  test('a file that holds nothing else is no recording', async () => {
    const file = nextFile()
    writeFileSync(file, 'hello\nhello\n')
    const reading = readAll(file)
    await expect(reading).rejects.toThrow(/:1 is no recorded delivery\.$/)
    await expect(reading).rejects.not.toThrow(/hello/)
  })
})

test('a file without line ends is refused before it fills the memory', async () => {
  const file = nextFile()
  const piece = Buffer.alloc(1024 * 1024, 'a')
  for (let i = 0; i < 66; i++) appendFileSync(file, piece)
  await expect(readAll(file)).rejects.toThrow(/has a line above 64 MiB: it is no recording/)
})
