// doctor: receivers in other languages, right and wrong, with nothing but what those bring along.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { secret } from '../cli/receivers/by-hand.js'
import { cgi } from '../cli/receivers/cgi.js'
import { type Examination, examine } from '../cli/receivers/examined.js'
import { listen } from '../support/listen.js'

const folder = import.meta.dirname
const env = { GALLABOX_WEBHOOK_SECRET: secret }
const hasPython = spawnSync('python3', ['--version']).status === 0
const hasOpenssl = spawnSync('sh', ['-c', 'command -v openssl']).status === 0
if (!hasPython) console.warn('NOT CHECKED: there is no python3, so doctor examines no receiver in Python.')
if (!hasOpenssl) console.warn('NOT CHECKED: there is no openssl, so doctor examines no receiver in shell.')

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function startPython(script: string, ...args: string[]): Promise<string> {
  const child = spawn('python3', [join(folder, script), ...args], {
    env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.push(child)
  const [port] = await once(child.stdout, 'data')
  return `http://127.0.0.1:${Number(port)}/`
}

function startShell(script: string): Promise<string> {
  return listen(createServer(cgi(join(folder, script), env)))
}

function sayings({ entries }: Examination): string {
  return entries.flatMap(({ result, found, means }) => (result === 'failed' ? [`${found}. ${means}`] : [])).join('\n')
}

describe.skipIf(!hasPython)('Python', () => {
  test('a right one has nothing to mend', async () => {
    const { code, results } = await examine(await startPython('right.py'))
    expect({ code, results }).toEqual({ code: 0, results: { noted: ['event-name', 'other-methods'] } })
  })

  test.each([
    ['dumps', ['genuine'], /parses the body and writes it again/],
    ['compact', ['non-ascii', 'json-bytes'], /parses the body and writes it again/],
    ['texts', ['malformed-signature'], /closed without an answer to: bytes beyond ASCII/],
  ])('a wrong one is named: %s', async (mistake, fails, says) => {
    const examination = await examine(await startPython('wrong.py', mistake))
    expect(examination.results.failed).toEqual(fails)
    expect(sayings(examination)).toMatch(says)
  })
})

describe.skipIf(!hasOpenssl)('a shell with openssl', () => {
  test('a right one has nothing to mend', async () => {
    const { code, results } = await examine(await startShell('right.sh'))
    expect({ code, results }).toEqual({ code: 0, results: { noted: ['event-name'] } })
  })

  test.each([
    ['wrong-echo.sh', ['genuine'], /white space at an end of the body/],
    ['wrong-variable.sh', ['body-ends'], /trimmed before it is hashed/],
  ])('a wrong one is named: %s', async (script, fails, says) => {
    const examination = await examine(await startShell(script))
    expect(examination.results.failed).toEqual(fails)
    expect(sayings(examination)).toMatch(says)
  })
})
