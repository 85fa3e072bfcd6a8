import { type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { signBody } from 'gallabox-webhooks/testing'
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

  test('not when the command is unknown, but the nearest one', async () => {
    for (const name of ['sned', 'constructor', '__proto__', 'bad\u001B[31m']) {
      for (const args of [[name], ['help', name], [name, '--help']]) {
        const { code, out, err } = await runCli(args)
        expect({ code, out }).toEqual({ code: 2, out: '' })
        expect(err).toContain(`Unknown command ${JSON.stringify(name)}.`)
        expect(err).not.toContain('\u001B')
        expect(err).toMatch(name === 'sned' ? /Did you mean "send"\?\nSee: / : / It must be one of send, listen, /)
      }
    }
  })

  test('not when an option before the command is unknown, but the nearest one', async () => {
    expect(await runCli(['--versoin'])).toMatchObject({
      code: 2,
      out: '',
      err: 'Unknown option "--versoin". Did you mean "--version"?\nSee: gallabox-webhooks --help',
    })
  })
})

describe('--version', () => {
  test.each(['--version', '-v'])('prints the version of the package: %s', async (option) => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await runCli([option])).toMatchObject({ code: 0, out: version, err: '' })
  })
})

describe.each(Object.entries(commands))('%s --help', (name, command) => {
  test('fits a terminal and lists exactly the options that exist', async () => {
    const { code, out } = await runCli([name, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Usage: gallabox-webhooks ${name}`))
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    const options = Object.keys(command.options)
    const listed = Array.from(out.matchAll(/^ {2}--([\w-]+)/gm), ([, option]) => option)
    expect(listed).toEqual(options)
    for (const { type, value } of Object.values(command.options)) {
      expect(value === undefined).toBe(type === 'boolean')
    }
  })

  test('is printed by help too', async () => {
    expect(await runCli(['help', name])).toEqual(await runCli([name, '--help']))
    expect(await runCli(['help', name])).toEqual(await runCli([name, '-h']))
  })

  test('names an unknown option and refers to --help', async () => {
    const { code, err } = await runCli([name, '--nothing'])
    expect(code).toBe(2)
    expect(err).toBe(`Unknown option '--nothing'.\nSee: gallabox-webhooks ${name} --help`)
  })

  test('suggests the option that is nearest or starts with the name', async () => {
    for (const option of Object.keys(command.options)) {
      expect((await runCli([name, `--${option}z`])).err).toMatch(
        /^Unknown option '--[\w-]+'\. Did you mean "--[\w-]+"\?/,
      )
    }
    expect((await runCli(['verify', '--sign', 'x'])).err).toMatch(/Did you mean "--signature"\?/)
    expect((await runCli(['send', '--dotenvv'])).err).toMatch(/Did you mean "--dotenv"\?/)
  })
})

describe('says what is wrong with an option, in one sentence', () => {
  test.each([
    [['verify', '--signature'], "Option '--signature <value>' argument missing."],
    [['verify', '--signature', '--json'], "Option '--signature' argument is ambiguous."],
    [['verify', '--json=1'], "Option '--json' does not take an argument."],
  ])('%j', async (args, message) => {
    expect((await runCli(args)).err).toBe(`${message}\nSee: gallabox-webhooks verify --help`)
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
  const entryPoints = [join(import.meta.dirname, '../../src/cli/bin.ts')]
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

  test('shows colors in a pipe with FORCE_COLOR, unless NO_COLOR is set', () => {
    const printWith = (variables: Record<string, string>) => {
      const args = [program, 'verify', '--signature', 'x']
      return spawnSync(process.execPath, args, { env: { ...env, ...variables }, input: '{}', encoding: 'utf8' }).stdout
    }
    expect(printWith({ FORCE_COLOR: '1' })).toBe('\u001B[31mfalse\u001B[0m\n')
    expect(printWith({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe('false\n')
  })

  test('reads the secret from a file with --dotenv', () => {
    const file = join(folder, '.env')
    writeFileSync(file, `GALLABOX_WEBHOOK_SECRET=${secret}\n`)
    const args = [program, 'verify', '--signature', signBody('{}', secret), '--dotenv', file]
    const { status, stdout } = spawnSync(process.execPath, args, { env: {}, input: '{}', encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'true\n' })
  })

  // On Windows, kill() ends a process without a signal.
  test.skipIf(process.platform === 'win32')('exits with 130 on SIGINT and SIGTERM', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const child = { kill: (_signal: NodeJS.Signals) => false }
      const { url } = await startServer(() => child.kill(signal))
      const started = spawn(process.execPath, [program, 'send', url], { env, stdio: 'ignore' })
      Object.assign(child, { kill: started.kill.bind(started) })
      expect(await new Promise((resolve) => started.on('exit', resolve))).toBe(130)
    }
  })

  test.skipIf(process.platform === 'win32')('exits with 130 on SIGINT while it reads standard input', async () => {
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
