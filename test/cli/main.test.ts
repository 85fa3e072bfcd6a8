import { type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/main.js'
import { runCli } from '../support/cli.js'
import { secret, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('prints an overview of the commands', () => {
  test.each([
    ['--help', 0],
    ['-h', 0],
    ['help', 0],
    [undefined, 2],
  ])('when called with %s', async (argument, code) => {
    const result = await runCli(argument === undefined ? [] : [argument])
    expect(result).toMatchObject({ code, err: '' })
    for (const [name, { summary }] of Object.entries(commands))
      expect(result.out).toMatch(new RegExp(`  ${name} +${summary}`))
  })

  test('when the command is unknown', async () => {
    for (const name of ['sned', 'constructor', '__proto__', 'bad\u001B[31m']) {
      const { code, out, err } = await runCli([name])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain(`Unknown command ${JSON.stringify(name)}.`)
      expect(err).not.toContain('\u001B')
    }
  })
})

describe.each(Object.keys(commands))('%s --help', (name) => {
  test('fits a terminal and lists exactly the options that exist', async () => {
    const { code, out } = await runCli([name, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Usage: gallabox-webhooks ${name}`))
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    const source = readFileSync(new URL(`../../src/cli/commands/${name}/index.ts`, import.meta.url), 'utf8')
    const options = [...source.matchAll(/[ {]'?([\w-]+)'?: \{ type: '(?:string|boolean)'/g)].map(([, option]) => option)
    const listed = Array.from(out.matchAll(/^ {2}--([\w-]+)/gm), ([, option]) => option)
    expect(options.length).toBeGreaterThan(0)
    expect(listed.sort()).toEqual(options.sort())
  })

  test('names an unknown option and refers to --help', async () => {
    const { code, err } = await runCli([name, '--nothing'])
    expect(code).toBe(2)
    expect(err).toMatch(new RegExp(`^Unknown option '--nothing'\\.?\nSee: gallabox-webhooks ${name} --help$`))
  })
})

test('rejects when a command throws an unexpected error', async () => {
  const { run } = commands.verify as { run: unknown }
  try {
    Object.assign(commands.verify as object, { run: () => Promise.reject(new Error('unexpected')) })
    await expect(runCli(['verify'])).rejects.toThrow('unexpected')
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

  test('exits with the code of the command', () => {
    const codeOf = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { env, input: '{}' }).status
    expect(codeOf('--help')).toBe(0)
    expect(codeOf('verify', '--signature', 'x')).toBe(1)
    expect(codeOf('verify')).toBe(2)
  })

  test('shows no colors and no progress in a pipe', () => {
    const args = [program, 'verify', '--signature', 'x']
    const { stdout, stderr } = spawnSync(process.execPath, args, { env, input: '{}', encoding: 'utf8' })
    expect(stdout).toBe('false\n')
    expect(stderr).not.toContain('\u001B')
  })

  test('exits with 130 on SIGINT and SIGTERM', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const child = { kill: (_signal: NodeJS.Signals) => false }
      const { url } = await startServer(() => child.kill(signal))
      const started = spawn(process.execPath, [program, 'send', url], { env, stdio: 'ignore' })
      Object.assign(child, { kill: started.kill.bind(started) })
      expect(await new Promise((resolve) => started.on('exit', resolve))).toBe(130)
    }
  })

  test('exits with 130 on SIGINT while it reads standard input', async () => {
    for (const args of [
      ['verify', '--signature', 'x'],
      ['send', 'http://127.0.0.1:1', 'Message.Received', '--data', '-'],
    ]) {
      const started = spawn(process.execPath, [program, ...args], { env })
      let stderr = ''
      started.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      // Resolves when the process reads.
      await new Promise((resolve) => started.stdin.write('{"a":', resolve))
      await new Promise((resolve) => setTimeout(resolve, 500))
      started.kill('SIGINT')
      expect({ code: await new Promise((resolve) => started.on('exit', resolve)), stderr }).toEqual({
        code: 130,
        stderr: '',
      })
    }
  })

  // On Linux, /dev/full is always full.
  test.skipIf(!existsSync('/dev/full'))('reports a full disk and exits with 2', () => {
    const full = openSync('/dev/full', 'w')
    const codeOf = (...args: string[]) => {
      const stdio: StdioOptions = ['pipe', full, 'pipe']
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], { env, input: '{}', stdio })
      return { status, stderr: String(stderr) }
    }
    for (const args of [['--help'], ['verify', '--signature', 'x'], ['doctor', '--list']]) {
      const { status, stderr } = codeOf(...args)
      expect(status).toBe(2)
      expect(stderr).toContain('Cannot write the output: ENOSPC.\n')
      expect(stderr).not.toContain('    at ')
    }
  })

  test('exits with 0 when the pipe is closed, as by head', async () => {
    const started = spawn(process.execPath, [program, '--help'], { env })
    started.stdout.destroy()
    let stderr = ''
    started.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    const code = await new Promise((resolve) => started.on('close', resolve))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
