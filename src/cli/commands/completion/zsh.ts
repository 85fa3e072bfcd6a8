import type { Candidates } from './candidates.js'
import type { CommandSpecification, OptionSpecification, Specification } from './specification.js'

/** Creates the script for zsh. It may be evaluated, or be a file _gallabox-webhooks in $fpath. */
export function createZshScript({ commands, globalOptions }: Specification): string {
  return `#compdef gallabox-webhooks
# Completes gallabox-webhooks in zsh. In ~/.zshrc, after compinit: eval "$(gallabox-webhooks completion zsh)"
_gallabox-webhooks() {
  local curcontext=$curcontext state line
  local -a commands
  typeset -A opt_args
  _arguments -C -A '-*' \\
    ${[...globalOptions.map(formatOption), quote('1:command:->command'), quote('*::argument:->argument')].join(' \\\n    ')} && return
  case $state in
    command)
      commands=(
${commands.map(({ name, summary }) => `        ${quote(`${name}:${summary}`)}`).join('\n')}
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
${commands.map(formatCommand).join('\n')}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _gallabox-webhooks ]]; then
  _gallabox-webhooks "$@"
else
  compdef _gallabox-webhooks gallabox-webhooks
fi`
}

function formatCommand({ name, options, operands, furtherOperands }: CommandSpecification): string {
  const specifications = [
    ...options.map(formatOption),
    ...operands.map((candidates, index) => quote(`${index + 1}:argument:${formatAction(candidates)}`)),
    ...(furtherOperands.length === 0 ? [] : [quote(`*:argument:${formatAction(furtherOperands)}`)]),
  ]
  return `        ${name})
          _arguments \\
            ${specifications.join(' \\\n            ')}
          ;;`
}

function formatOption({ name, short, help, isRepeatable, value }: OptionSpecification): string {
  const explanation = `[${help.replace(/[[\]:\\]/g, '\\$&')}]`
  const argument = value === undefined ? '' : `:value:${formatAction(value)}`
  if (short !== undefined) return `${quote('(- *)')}{${short},${name}}${quote(explanation + argument)}`
  return quote(`${isRepeatable ? '*' : ''}${name}${value === undefined ? '' : '='}${explanation}${argument}`)
}

function formatAction(candidates: Candidates): string {
  if (candidates === 'files') return '_files'
  return candidates.length === 0 ? ' ' : `(${candidates.join(' ')})`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
