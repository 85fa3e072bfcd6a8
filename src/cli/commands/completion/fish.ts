import type { Candidates } from './candidates.js'
import type { CommandSpecification, OptionSpecification, Specification } from './specification.js'

/** Creates the script for fish. */
export function createFishScript({ commands, globalOptions }: Specification): string {
  // __fish_use_subcommand would take the value of an option for a command.
  const isFirst = quote(`not __fish_seen_subcommand_from ${commands.map(({ name }) => name).join(' ')}`)
  const lines = [
    ...commands.map(({ name, summary }) => `-n ${isFirst} -a ${name} -d ${quote(summary)}`),
    ...globalOptions.map((option) => `-n ${isFirst} ${formatOption(option)}`),
    ...commands.flatMap(listCommandLines),
  ]
  return `# Completes gallabox-webhooks in fish:
# gallabox-webhooks completion fish > ~/.config/fish/completions/gallabox-webhooks.fish
complete -c gallabox-webhooks -f
${lines.map((line) => `complete -c gallabox-webhooks ${line}`).join('\n')}`
}

function listCommandLines({ name, options, operands, furtherOperands }: CommandSpecification): readonly string[] {
  const isCommand = `__fish_seen_subcommand_from ${name}`
  // The words before the operand are the program, the command and the operands before it. Options may add to them.
  const offer = (candidates: Candidates, index: number, comparison: '-ge' | '-eq') => {
    const condition =
      index === 0 ? isCommand : `${isCommand}; and test (count (commandline -poc)) ${comparison} ${index + 2}`
    if (candidates === 'files') return [`-n ${quote(condition)} -F`]
    return candidates.length === 0 ? [] : [`-n ${quote(condition)} -a ${quote(candidates.join(' '))}`]
  }
  return [
    ...options.map((option) => `-n ${quote(isCommand)} ${formatOption(option)}`),
    ...operands.flatMap((candidates, index) => offer(candidates, index, '-eq')),
    ...offer(furtherOperands, operands.length, '-ge'),
  ]
}

function formatOption({ name, short, help, value }: OptionSpecification): string {
  const parts = [
    short === undefined ? '' : `-s ${short.slice(1)}`,
    `-l ${name.slice(2)}`,
    formatValue(value),
    `-d ${quote(help)}`,
  ]
  return parts.filter(Boolean).join(' ')
}

function formatValue(value: Candidates | undefined): string {
  if (value === undefined) return ''
  if (value === 'files') return '-r -F'
  return value.length === 0 ? '-x' : `-x -a ${quote(value.join(' '))}`
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}
