// What the scripts complete is tested in test/shells, in each shell.
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/main.js'
import { runCli } from '../support/cli.js'

describe.each(['bash', 'zsh', 'fish'])('completion %s', (shell) => {
  test('prints a script with every command and option', async () => {
    const { code, out, err } = await runCli(['completion', shell])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const [name, { options }] of Object.entries(commands)) {
      expect(out).toMatch(new RegExp(`\\b${name}\\b`))
      for (const option of Object.keys(options)) expect(out).toMatch(new RegExp(`(--|-l )${option}\\b`))
    }
  })

  test('says how to use the script', async () => {
    const { out } = await runCli(['completion', shell])
    expect(out).toMatch(new RegExp(`^# .*gallabox-webhooks completion ${shell}`, 'm'))
  })
})

describe('a usage error exits with 2 and says what to change', () => {
  test.each([
    ['no shell', [], 'Wrong number of arguments. Pass one of bash, zsh, fish.'],
    ['two shells', ['bash', 'zsh'], 'Wrong number of arguments. Pass one of bash, zsh, fish.'],
    ['a misspelled shell', ['bsh'], 'Unknown shell "bsh". Did you mean "bash"?'],
    ['another shell', ['powershell'], 'Unknown shell "powershell". It must be one of bash, zsh, fish.'],
    ['a name of Object.prototype', ['constructor'], 'Unknown shell "constructor". It must be one of bash, zsh, fish.'],
  ])('%s', async (_title, args, message) => {
    const { code, out, err } = await runCli(['completion', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe(`${message}\nSee: gallabox-webhooks completion --help`)
  })
})
