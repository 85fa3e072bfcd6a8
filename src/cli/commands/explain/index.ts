import { didYouMean } from '../../../platform/nearest-name.js'
import { defineCommand } from '../../shared/command.js'
import { capitalize } from '../../shared/help.js'
import { UsageError } from '../../shared/options.js'
import { locatePage } from '../../shared/package.js'
import { exitCode } from '../../shared/terminal.js'
import type { CodeDescription } from './code-source.js'
import { codeSources, listCodes } from './sources.js'

/** The meaning of a code in one context. A code such as signature-missing is both an outcome and a diagnosis. */
interface CodeMeaning extends CodeDescription {
  readonly kind: string
}

export const explain = defineCommand({
  name: 'explain',
  summary: 'explain a code of an outcome, a diagnosis or a check',
  operands: '[code]',
  about: `Explains a code: what it means and what to change. The codes are those of
outcomes, diagnoses, the checks of doctor and the mistakes that they find, and
the findings of account. Without a code, lists all codes. Needs no network and
no secret.`,
  options: { json: { type: 'boolean', help: 'print JSON' } },
  notes: 'Exit codes: 0 success, 2 usage error.',

  async run({ values, positionals }, terminal) {
    const [code, ...others] = positionals
    if (others.length > 0) throw new UsageError('Too many arguments. Pass one code.')
    if (code === undefined) {
      terminal.print(values.json ? JSON.stringify(listByKind()) : formatLists())
      return exitCode.ok
    }
    const meanings = listMeanings(code)
    if (meanings.length === 0)
      throw new UsageError(`Unknown code ${JSON.stringify(code)}.${didYouMean(code, listCodes())}`)
    terminal.print(values.json ? JSON.stringify({ code, meanings }) : meanings.map(formatMeaning).join('\n\n'))
    return exitCode.ok
  },
})

function listMeanings(code: string): readonly CodeMeaning[] {
  return codeSources
    .filter(({ codes }) => codes.includes(code))
    .map((source) => ({ kind: source.kind, ...source.describe(code) }))
}

function formatMeaning({ kind, status, cause, fix, docs }: CodeMeaning): string {
  const title = `${capitalize(kind)}${status === undefined ? '' : `, HTTP ${status}`}`
  return [`${title}: ${cause}`, fix && `Fix: ${fix}`, docs && `More: ${locatePage(docs)}`].filter(Boolean).join('\n')
}

function listByKind(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(codeSources.map(({ plural, codes }) => [plural, codes]))
}

function formatLists(): string {
  const lists = codeSources.map(({ plural, codes }) => [`${capitalize(plural)}:`, ...codes.map((code) => `  ${code}`)])
  return lists.map((lines) => lines.join('\n')).join('\n\n')
}
