import { type Command, defineCommand } from '../../shared/command.js'
import { UsageError, unknownName } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { createBashScript } from './bash.js'
import { createFishScript } from './fish.js'
import { createSpecification } from './specification.js'
import { createZshScript } from './zsh.js'

const creators = { bash: createBashScript, zsh: createZshScript, fish: createFishScript } as const
const shells = Object.keys(creators)

/** Creates the command, which completes all commands, itself included. */
export function createCompletion(getCommands: () => Readonly<Record<string, Command>>): Command {
  return defineCommand({
    name: 'completion',
    summary: 'print a script that completes commands in bash, zsh or fish',
    operands: `<${shells.join('|')}>`,
    about: `Prints a script that completes commands, options, event names and codes. It
needs the command on the PATH, as after npm install --global, not npx.

  bash  in ~/.bashrc: eval "$(gallabox-webhooks completion bash)"
  zsh   in ~/.zshrc, after compinit: eval "$(gallabox-webhooks completion zsh)"
  fish  gallabox-webhooks completion fish \\
          > ~/.config/fish/completions/gallabox-webhooks.fish`,
    options: {},
    notes: 'Exit codes: 0 success, 2 usage error.',

    async run({ positionals }, terminal) {
      const [shell, ...others] = positionals
      if (shell === undefined || others.length > 0)
        throw new UsageError(`Wrong number of arguments. Pass one of ${shells.join(', ')}.`)
      if (!isShell(shell)) throw unknownName('shell', shell, shells)
      terminal.print(creators[shell](createSpecification(getCommands())))
      return exitCode.ok
    },
  })
}

function isShell(name: string): name is keyof typeof creators {
  return Object.hasOwn(creators, name)
}
