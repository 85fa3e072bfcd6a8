import type { Candidates } from './candidates.js'
import type { OptionSpecification, Specification } from './specification.js'

/** Creates the script for bash. It works with bash 3.2 of macOS, without the package bash-completion. */
export function createBashScript({ commands, globalOptions }: Specification): string {
  const groups = [{ name: '', options: globalOptions }, ...commands]
  const values = groups.flatMap(({ name, options }) =>
    options.flatMap((option) => (option.value === undefined ? [] : [{ key: `'${name} ${option.name}'`, ...option }])),
  )
  const names = formatCases([["' 0'", commands.map(({ name }) => name)]])
  const operands = commands.map(({ name, operands, furtherOperands }) =>
    formatCases([
      ...operands.map((candidates, index) => [`'${name} ${index}'`, candidates] as const),
      [`'${name} '*`, furtherOperands],
    ]),
  )
  return `# Completes gallabox-webhooks in bash. In ~/.bashrc: eval "$(gallabox-webhooks completion bash)"
_gallabox_webhooks() {
  local current=\${COMP_WORDS[COMP_CWORD]} command='' option='' operands=0 words='' i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # Bash makes "=" a word of its own.
    if [[ $word == '=' ]]; then continue; fi
    if [[ -n $option ]]; then option=''; continue; fi
    case "$command $word" in
      ${values.map(({ key }) => key).join(' | ')}) option=$word ;;
      *' -'*) ;;
      ' '*) command=$word ;;
      *) operands=$((operands + 1)) ;;
    esac
  done
  if [[ $current == '=' ]]; then current=''; fi
  if [[ -n $option ]]; then
    case "$command $option" in
${formatCases(values.flatMap(({ key, value = [] }) => (value.length === 0 ? [] : [[key, value] as const])))}
    esac
  elif [[ $current == -* ]]; then
    case $command in
${formatCases(groups.map(({ name, options }) => [`'${name}'`, listFlags(options)]))}
    esac
  else
    case "$command $operands" in
${[names, ...operands].filter(Boolean).join('\n')}
    esac
  fi
  if [[ $words == '<files>' ]]; then
    # Readline completes and quotes file names. Bash 3.2 has no compopt.
    COMPREPLY=()
    compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -F _gallabox_webhooks gallabox-webhooks`
}

/** Formats cases that set `words`. A case without candidates leaves it empty, but hides the cases after it. */
function formatCases(cases: readonly (readonly [pattern: string, candidates: Candidates])[]): string {
  return cases
    .map(([pattern, candidates]) => [pattern, candidates === 'files' ? '<files>' : candidates.join(' ')])
    .map(([pattern, words]) => `      ${pattern}) ${words && `words='${words}' `};;`)
    .join('\n')
}

function listFlags(options: readonly OptionSpecification[]): readonly string[] {
  return options.flatMap(({ name, short }) => (short === undefined ? [name] : [short, name]))
}
