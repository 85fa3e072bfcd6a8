import { describe, expect, test } from 'vitest'
import { parseUrl, readInputFile } from '../../src/cli/shared/options.js'
import { runCli } from '../support/cli.js'

describe('a URL', () => {
  test.each([
    ['3000', 'http://localhost:3000/'],
    [':3000', 'http://localhost:3000/'],
    ['3000/webhooks?a=1', 'http://localhost:3000/webhooks?a=1'],
    ['localhost:3000/x', 'http://localhost:3000/x'],
    ['localhost', 'http://localhost/'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['[::1]:8080/x', 'http://[::1]:8080/x'],
    ['https://example.com/x', 'https://example.com/x'],
    ['http://receiver:3000/x', 'http://receiver:3000/x'],
  ])('may be %s', (value, url) => {
    expect(parseUrl('<url>', value).href).toBe(url)
  })

  test.each([undefined, '', '99999', 'localhost:99999', 'ftp://localhost', 'mailto:a@b.example', 'a:b', '/x', '3000x'])(
    'must not be %j',
    (value) => {
      expect(() => parseUrl('<url>', value)).toThrow(
        /^<url> must be an http or https URL, such as http:\/\/localhost:3000\/webhooks\/gallabox\.$/,
      )
    },
  )

  test.each(['example.com', 'receiver.example:8443/x'])('of another host needs a scheme: %s', (value) => {
    expect(() => parseUrl('<url>', value)).toThrow(/ Put https:\/\/ before it\.$/)
  })
})

describe('standard input', () => {
  const env = { GALLABOX_WEBHOOK_SECRET: 'a secret' }

  test.each([
    ['verify', ['verify', '--signature', 'x']],
    ['send', ['send', 'http://127.0.0.1:1', 'Message.Received', '--data', '-']],
  ])('is announced by %s where the user types it', async (_command, args) => {
    const typed = await runCli(args, { env, input: '{}', inputIsTyped: true })
    expect(typed.err).toMatch(/^Reading the body from standard input\. End it with Ctrl-(D|Z and Enter)\.\n/)
    expect((await runCli(args, { env, input: '{}' })).err).not.toContain('standard input')
  })

  test('is not announced where a file is read', async () => {
    const notes: string[] = []
    const terminal = { inputIsTyped: true, note: (text: string) => notes.push(text) }
    await readInputFile(import.meta.filename, terminal as never)
    expect(notes).toEqual([])
  })
})
