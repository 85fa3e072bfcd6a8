// Creates the files that `init` writes, from the examples that the guides show.
import { hosts } from '../../src/cli/commands/init/hosts.js'
import { read } from './pages.js'

export function createTemplates(): string {
  const names = Object.values(hosts).flatMap(({ files }) => files.map(({ template }) => template))
  const entries = names.map((name) => `  '${name}': ${toLiteral(read(`examples/${name}`))},\n`)
  return `// Generated from examples by npm run generate.
export const templates = {
${entries.join('')}} as const

export type TemplateName = keyof typeof templates
`
}

function toLiteral(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``
}
