// The program: which command runs, what help says, and how it ends as a process.
import { type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/main.js'
import { runCli } from '../support/cli.js'
import { secret, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('the overview names every command', () => {
  test.each([
    ['--help', 0],
    ['-h', 0],
    ['help', 0],
    [undefined, 2],
  ])('%s', async (typed, code) => {
    const result = await runCli(typed === undefined ? [] : [typed])
    expect(result).toMatchObject({ code, err: '' })
    for (const [name, { summary }] of Object.entries(commands))
      expect(result.out).toMatch(new RegExp(`  ${name} +${summary}`))
  })

  test('and comes where there is no such command', async () => {
    for (const name of ['sned', 'constructor', '__proto__', 'bad\u001B[31m']) {
      const { code, out, err } = await runCli([name])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain(`There is no command ${JSON.stringify(name)}.`)
      expect(err).not.toContain('\u001B')
    }
  })
})

describe.each(Object.keys(commands))('%s --help', (name) => {
  test('fits a terminal, and names every option', async () => {
    const { code, out } = await runCli([name, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Usage: gallabox-webhooks ${name}`))
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    const source = readFileSync(new URL(`../../src/cli/commands/${name}/index.ts`, import.meta.url), 'utf8')
    const options = [...source.matchAll(/^ +'?([\w-]+)'?: \{ type: '(?:string|boolean)'/gm)].map(([, option]) => option)
    expect(options.length).toBeGreaterThan(2)
    for (const option of options) expect(out).toContain(`--${option}`)
  })

  test('an unknown option is named, with where to look', async () => {
    const { code, err } = await runCli([name, '--nothing'])
    expect(code).toBe(2)
    expect(err).toMatch(new RegExp(`^Unknown option '--nothing'\\.?\nSee: gallabox-webhooks ${name} --help$`))
  })
})

test('what nobody foresaw is not taken for a mistake of the user', async () => {
  const { run } = commands.verify as { run: unknown }
  try {
    Object.assign(commands.verify as object, { run: () => Promise.reject(new Error('unforeseen')) })
    await expect(runCli(['verify'])).rejects.toThrow('unforeseen')
  } finally {
    Object.assign(commands.verify as object, { run })
  }
})

describe('as a process', () => {
  const folder = temporaryFolder()
  const program = join(folder, 'cli.mjs')
  const entryPoints = [new URL('../../src/cli/bin.ts', import.meta.url).pathname]
  beforeAll(() => build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'esm' }))
  const env = { PATH: process.env.PATH, GALLABOX_WEBHOOK_SECRET: secret }

  test('the exit code is that of the command', () => {
    const codeOf = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { env, input: '{}' }).status
    expect(codeOf('--help')).toBe(0)
    expect(codeOf('verify', '--signature', 'x')).toBe(1)
    expect(codeOf('verify')).toBe(2)
  })

  test('piped, there is no colour and no progress', () => {
    const args = [program, 'verify', '--signature', 'x']
    const { stdout, stderr } = spawnSync(process.execPath, args, { env, input: '{}', encoding: 'utf8' })
    expect(stdout).toBe('false\n')
    expect(stderr).not.toContain('\u001B')
  })

  test('SIGINT ends it with 130, and SIGTERM too', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const child = { kill: (_signal: NodeJS.Signals) => false }
      const { url } = await startServer(() => child.kill(signal))
      const started = spawn(process.execPath, [program, 'send', url], { env, stdio: 'ignore' })
      Object.assign(child, { kill: started.kill.bind(started) })
      expect(await new Promise((resolve) => started.on('exit', resolve))).toBe(130)
    }
  })

  test('SIGINT ends it with 130 while it waits for standard input', async () => {
    for (const args of [
      ['verify', '--signature', 'x'],
      ['send', 'http://127.0.0.1:1', 'Message.Received', '--data', '-'],
    ]) {
      const started = spawn(process.execPath, [program, ...args], { env })
      let said = ''
      started.stderr.on('data', (chunk) => {
        said += chunk
      })
      // It reads, once it takes what is written.
      await new Promise((resolve) => started.stdin.write('{"a":', resolve))
      await new Promise((resolve) => setTimeout(resolve, 500))
      started.kill('SIGINT')
      expect({ code: await new Promise((resolve) => started.on('exit', resolve)), said }).toEqual({
        code: 130,
        said: '',
      })
    }
  })

  // Linux's own full disk.
  test.skipIf(!existsSync('/dev/full'))('a full disk is no answer: it is said, and the exit code is 2', () => {
    const full = openSync('/dev/full', 'w')
    const codeOf = (...args: string[]) => {
      const stdio: StdioOptions = ['pipe', full, 'pipe']
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], { env, input: '{}', stdio })
      return { status, said: String(stderr) }
    }
    for (const args of [['--help'], ['verify', '--signature', 'x'], ['doctor', '--list']]) {
      const { status, said } = codeOf(...args)
      expect(status).toBe(2)
      expect(said).toContain('The output cannot be written: ENOSPC.\n')
      expect(said).not.toContain('    at ')
    }
  })

  test('whoever reads may stop reading, as head does', async () => {
    const started = spawn(process.execPath, [program, '--help'], { env })
    started.stdout.destroy()
    let said = ''
    started.stderr.on('data', (chunk) => {
      said += chunk
    })
    const code = await new Promise((resolve) => started.on('close', resolve))
    expect({ code, said }).toEqual({ code: 0, said: '' })
  })
})
