// The command that the log page copies. A delivery is untrusted, so the command must do nothing but send it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCurlCommand } from '../../src/cli/commands/listen/page-server/curl.js'
import { formatHex } from '../../src/cli/commands/listen/page-server/hex-dump.js'
import { startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
const hasCurl = (process.env.PATH ?? '').split(':').some((path) => existsSync(`${path}/curl`))

const create = (body: Uint8Array, headers: readonly (readonly [string, string])[], url = 'http://localhost:1/hook') =>
  createCurlCommand({ method: 'POST', headers, body } as never, url)

const bodies: readonly (readonly [string, Uint8Array])[] = [
  ['JSON', Buffer.from('{"text":"Namaste 🙏","price":"₹449"}')],
  ['quotes, and a command', Buffer.from(`{"a":"'; touch injected; echo '\\'$(touch injected)\`touch injected\`!!"}`)],
  ['a line break', Buffer.from('{\n  "a": 1\n}\n')],
  ['the end of a paste', Buffer.from('{"a":"\u001b[201~\u0003\ntouch injected\n"}')],
  ['a right-to-left override', Buffer.from('{"a":"\u202e"}')],
  ['NUL', Buffer.from('a\0b')],
  ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe, 0x0a)],
  ['a leading @', Buffer.from('@/etc/hostname')],
  ['no byte', Buffer.alloc(0)],
  ['a megabyte', Buffer.alloc(1024 * 1024, 'x')],
]

const headers = [
  ['X-Event-Name', 'Message.Received'],
  ['X-Gallabox-Signature', "a+/b='"],
  ["X-'Odd`$HOME`", '$(touch injected)'],
  ['X-Empty', ''],
  ['X-Latin', 'caf\u00e9 \\ \u009b'],
  ['Connection', 'close'],
  ['Content-Type', 'application/json'],
] as const

/** Runs a command like one that was pasted. */
async function runInShell(command: string): Promise<void> {
  const shell = spawn('sh', { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.stdin.end(`${command}\n`)
  expect(await once(shell, 'exit')).toEqual([0, null])
}

describe.skipIf(!hasCurl || process.platform === 'win32')('the copied command', () => {
  test.each(bodies)('sends %s byte for byte', async (_title, body) => {
    const { url, received } = await startServer()
    await runInShell(create(body, headers, url))
    expect(readdirSync(folder)).toEqual([])
    expect(received).toHaveLength(1)
    expect(received[0]?.body.equals(body)).toBe(true)
    const sent = received[0]?.rawHeaders ?? []
    for (const [name, value] of headers.filter(([name]) => name !== 'Connection')) {
      expect(sent[sent.indexOf(name) + 1]).toBe(value)
    }
    expect(sent.map((name) => name.toLowerCase())).not.toContain('user-agent')
  })
})

test.each(bodies)('the command for %s contains no control character', (_title, body) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
  expect(create(body, headers)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
})

describe('the hex dump', () => {
  test('shows offset, bytes and ASCII', () => {
    expect(formatHex(Buffer.from('{"a":"₹"}\r\n0123456'))).toBe(
      [
        '000000  7b 22 61 22 3a 22 e2 82 b9 22 7d 0d 0a 30 31 32  {"a":"..."}..012',
        '000010  33 34 35 36                                      3456',
      ].join('\n'),
    )
    expect(formatHex(new Uint8Array())).toBe('')
  })

  test('is truncated', () => {
    const lines = formatHex(new Uint8Array(1024 * 1024)).split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([1025, '… 1032192 more bytes'])
  })
})
