// The scripts of the command completion, each in its shell.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventTypes } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { listCodes } from '../../src/cli/commands/explain/sources.js'
import { commands } from '../../src/cli/main.js'
import { runCli } from '../support/cli.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const folder = temporaryFolder()
mkdirSync(join(folder, 'bodies'))
for (const file of ['bodies/one.json', 'bodies/two.json']) writeFileSync(join(folder, file), '{}')

const program = 'gallabox-webhooks'

interface Shell {
  readonly name: string
  /** Returns the arguments of the shell that print what it completes at the end of the words. */
  readonly complete: (script: string, words: readonly string[]) => readonly string[]
}

const shells: readonly Shell[] = [
  {
    name: 'bash',
    complete: (script, words) => [join(import.meta.dirname, 'complete.bash'), script, program, ...words],
  },
  {
    name: 'zsh',
    complete: (script, words) => [
      '-f',
      join(import.meta.dirname, 'complete.zsh'),
      script,
      [program, ...words].join(' '),
    ],
  },
  {
    name: 'fish',
    complete: (script, words) => [
      '--no-config',
      '-c',
      'source $argv[1]; complete -C $argv[2]',
      script,
      [program, ...words].join(' '),
    ],
  },
]

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0
}

describe.each(shells)('in $name', ({ name, complete }) => {
  const isAvailable = isInstalled(name)
  if (!isAvailable) console.warn(`NOT CHECKED: ${name} is missing, so its completion is not tested.`)

  // In CI, a missing shell fails the test.
  const testCompletion = test.skipIf(!isAvailable && !process.env.CI)

  /** Completes the last word. */
  async function completeWords(...words: readonly string[]): Promise<readonly string[]> {
    const { out } = await runCli(['completion', name])
    const script = join(folder, `script.${name}`)
    writeFileSync(script, `${out}\n`)
    const { stdout, stderr, status } = spawnSync(name, complete(script, words), {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, TERM: 'xterm' },
      timeout: 30_000,
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    // Fish adds descriptions after a tab, and a slash to folders.
    const found = stdout.split('\n').map((line) => line.split('\t')[0]?.replace(/^.*=|\/$/g, '') as string)
    return [...new Set(found.filter(Boolean))].sort()
  }

  testCompletion('completes the commands', async () => {
    expect(await completeWords('')).toEqual([...Object.keys(commands), 'help'].sort())
    expect(await completeWords('re')).toEqual(['replay'])
    expect(await completeWords('help', '')).toEqual(Object.keys(commands).sort())
  })

  testCompletion('completes the options of each command, and no other option', async () => {
    for (const [command, { options }] of Object.entries(commands)) {
      const known = [...Object.keys(options), 'dotenv', 'help'].map((option) => `--${option}`)
      const found = await completeWords(command, '--')
      expect([command, found.filter((word) => word.startsWith('--'))]).toEqual([command, known.sort()])
    }
    expect(await completeWords('--')).toEqual(['--dotenv', '--help', '--version'])
    expect(await completeWords('send', '3000', '--re')).toEqual(['--retry'])
  })

  testCompletion('completes event names', async () => {
    const known = [...eventTypes].sort()
    expect(await completeWords('send', '3000', '')).toEqual(known)
    expect(await completeWords('send', '3000', 'Message.Send', 'Contact.C')).toEqual(['Contact.Created'])
    expect(await completeWords('send', '3000', '--as', '')).toEqual(known)
    expect(await completeWords('replay', 'f', '3000', '--event', 'Template')).toEqual(['Template.Status'])
    expect(await completeWords('replay', 'f', '3000', '--event=Template')).toEqual(['Template.Status'])
  })

  testCompletion('completes codes, variants and alternatives', async () => {
    expect(await completeWords('explain', '')).toEqual([...listCodes()].sort())
    expect(await completeWords('explain', 'store')).toEqual(['store-failed'])
    expect(await completeWords('send', '3000', '--variant', 'im')).toEqual(['image'])
    expect(await completeWords('send', '--encoding', '')).toEqual(['base64', 'hex'])
    expect(await completeWords('doctor', '3000', '--only', 'wrong-s')).toEqual(['wrong-secret'])
    expect(await completeWords('completion', '')).toEqual(['bash', 'fish', 'zsh'])
  })

  testCompletion('completes files where a file is expected', async () => {
    expect(await completeWords('verify', '--file', 'bod')).toEqual(['bodies'])
    expect((await completeWords('send', '--data', 'bodies/o')).map((path) => path.replace('bodies/', ''))).toEqual([
      'one.json',
    ])
    expect(await completeWords('replay', 'bod')).toEqual(['bodies'])
    expect(await completeWords('--dotenv', 'bod')).toEqual(['bodies'])
  })

  testCompletion('completes nothing where a number or a URL is expected', async () => {
    expect(await completeWords('send', '')).toEqual([])
    expect(await completeWords('send', '3000', '--count', '')).toEqual([])
    expect(await completeWords('verify', '--signature', '')).toEqual([])
  })

  testCompletion('completes a command after an option with a value', async () => {
    expect(await completeWords('--dotenv', '.env', 'expl')).toEqual(['explain'])
    expect(await completeWords('--dotenv', '.env', 'send', '3000', 'Message.R')).toEqual(['Message.Received'])
  })
})
