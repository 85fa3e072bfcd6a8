// Creates docs/reference/commands: a page for each command, from its help, its examples and its text.
import { commands } from '../../../src/cli/main.js'
import type { Command } from '../../../src/cli/shared/command.js'
import { capitalize, formatOptions } from '../../../src/cli/shared/help.js'
import type { OptionDescriptor, OptionTable } from '../../../src/cli/shared/option-table.js'
import { createFence, createTable, markCode } from '../markdown.js'
import { type CommandDescription, commandDescriptions } from './descriptions.js'
import type { RanExample, RanExamples } from './run-examples.js'

/** The names of the commands, in the order of the documentation. */
export const commandNames = Object.keys(commands)

/** Creates the page of a command. */
export function createCommandPage(name: string, ran: RanExamples): string {
  const command = commands[name] as Command
  const { purpose, examples, details, json } = commandDescriptions[name] as CommandDescription
  const { about, notes } = splitHelp(command)
  return `${[
    `# ${name}`,
    `${capitalize(command.summary)}. ${purpose}`,
    ...examples.map((example) => createExample(ran[example] as RanExample)),
    ...(about ? ['## What it does', about] : ['## Set up']),
    details,
    ...(Object.keys(command.options).length > 0 ? ['## Options', createOptions(command.options)] : []),
    ...(json ? ['## JSON', json.text] : []),
    ...(json?.example ? [createJsonExample(ran[json.example] as RanExample)] : []),
    '## Exit codes',
    createExitCodes(notes),
  ].join('\n\n')}\n`
}

/** Returns the parts of the help before and after the table of options. */
function splitHelp({ help, options }: Command) {
  const [, ...paragraphs] = help.split('\n\n')
  const notes = paragraphs.pop() as string
  const table = formatOptions(options)
  const about = help.slice(help.indexOf('\n\n') + 2, help.lastIndexOf('\n\n')).replace(table, '')
  // Indented lines are commands, which the text shows in a block of code.
  return { about: /^ /m.test(about) ? '' : toMarkdown(about), notes: notes.replace(/\s+/g, ' ') }
}

/** Joins wrapped lines and marks what is code. */
function toMarkdown(text: string): string {
  return text
    .trim()
    .split('\n\n')
    .map((paragraph) => {
      const [, title, names] = /^(Hosts): (.+)$/s.exec(paragraph) ?? []
      return names ? `${title}:\n\n${createFence('text', names)}` : markCode(paragraph.replaceAll('\n', ' '))
    })
    .join('\n\n')
}

function createExample({ command, output }: RanExample): string {
  return `${createFence('sh', command)}\n\n${createFence('text', output)}`
}

/** Shows the first object that was printed, on several lines. */
function createJsonExample({ command, output }: RanExample): string {
  const json = output.startsWith('{\n') ? output : (output.split('\n')[0] as string)
  return `${createFence('sh', command)}\n\n${createFence('json', JSON.stringify(JSON.parse(json), null, 2))}`
}

/** Creates a table for each group of options. */
function createOptions(options: OptionTable): string {
  const groups: { heading: string; rows: string[][] }[] = []
  for (const [name, option] of Object.entries(options)) {
    if (groups.length === 0 || option.heading !== undefined)
      groups.push({ heading: option.heading || (groups.length > 0 ? 'Other:' : ''), rows: [] })
    groups.at(-1)?.rows.push(createOption(name, option))
  }
  return groups
    .map(({ heading, rows }) => {
      const table = createTable(['Option', 'Meaning', 'Default'], rows)
      return heading ? `${toMarkdown(heading)}\n\n${table}` : table
    })
    .join('\n\n')
}

function createOption(name: string, { value, help }: OptionDescriptor): string[] {
  const [, meaning = '', defaultValue = '', rest = ''] = /^(.*?)(?:; default: ([^;]+)(.*))?$/.exec(help) ?? []
  return [
    `\`--${name}${value === undefined ? '' : ` ${value}`}\``,
    capitalize(markCode(`${meaning}${rest}`)),
    /^[\w:/.]+$/.test(defaultValue) ? `\`${defaultValue}\`` : defaultValue,
  ]
}

function createExitCodes(notes: string): string {
  const codes = notes.replace(/^.*Exit codes: |\.$/g, '').split(/, (?=\d+ )/)
  return createTable(
    ['Code', 'Meaning'],
    codes.map((entry) => {
      const [, number = '', meaning = ''] = /^(\d+) (.+)$/.exec(entry) ?? []
      return [number, capitalize(meaning)]
    }),
  )
}
