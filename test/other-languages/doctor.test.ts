// doctor with receivers in other languages, which use only what those include.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { secret } from '../cli/receivers/by-hand.js'
import { type DoctorRun, runDoctor } from '../cli/receivers/run-doctor.js'
import { serveScript } from '../cli/receivers/serve-script.js'
import { listen } from '../support/listen.js'

const folder = import.meta.dirname
const env = { GALLABOX_WEBHOOK_SECRET: secret }
const hasPython = spawnSync('python3', ['--version']).status === 0
const hasOpenssl = spawnSync('sh', ['-c', 'command -v openssl']).status === 0
if (!hasPython) console.warn('NOT CHECKED: python3 is missing, so no receiver in Python is tested.')
if (!hasOpenssl) console.warn('NOT CHECKED: openssl is missing, so no receiver in shell is tested.')

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
  return listen(createServer(serveScript(join(folder, script), env)))
}

function listFailures({ checks }: DoctorRun): string {
  return checks
    .flatMap(({ status, evidence, message }) => (status === 'failed' ? [`${evidence}. ${message}`] : []))
    .join('\n')
}

describe.skipIf(!hasPython)('doctor with Python', () => {
  test('passes a correct receiver', async () => {
    const { code, results } = await runDoctor(await startPython('right.py'))
    expect({ code, results }).toEqual({ code: 0, results: {} })
  })

  test.each([
    ['dumps', ['valid-delivery', 'unsigned-invalid-json'], /parses the body, serializes it again/],
    ['compact', ['non-ascii', 'json-bytes'], /parses the body, serializes it again/],
    ['strings', ['malformed-signature'], /closed without a response to: bytes outside ASCII/],
  ])('reports the mistake of the receiver %s', async (mistake, failedIds, explanation) => {
    const run = await runDoctor(await startPython('wrong.py', mistake))
    expect(run.results.failed).toEqual(failedIds)
    expect(listFailures(run)).toMatch(explanation)
  })
})

describe.skipIf(!hasOpenssl)('doctor with shell and openssl', () => {
  test('passes a correct receiver', async () => {
    const { code, results } = await runDoctor(await startShell('right.sh'))
    expect({ code, results }).toEqual({ code: 0, results: {} })
  })

  test.each([
    ['wrong-echo.sh', ['valid-delivery'], /whitespace at the start or end of the body/],
    ['wrong-variable.sh', ['body-ends'], /trimmed before it is hashed/],
  ])('reports the mistake of the receiver %s', async (script, failedIds, explanation) => {
    const run = await runDoctor(await startShell(script))
    expect(run.results.failed).toEqual(failedIds)
    expect(listFailures(run)).toMatch(explanation)
  })
})
