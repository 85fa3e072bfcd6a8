import { findings } from '../../../diagnose/findings.js'
import { explanations, outcomes } from '../../../receiver/outcome.js'
import { accountFindings } from '../account/findings.js'
import { causes } from '../doctor/causes.js'
import type { ReceiverCheck } from '../doctor/check.js'
import { checksByUrgency } from '../doctor/run-checks.js'
import { type CodeSource, createCodeSource } from './code-source.js'

const checksById: Readonly<Record<string, ReceiverCheck>> = Object.fromEntries(
  checksByUrgency.map((check) => [check.id, check]),
)

/** Every code that the package reports. Another kind of code needs one more entry. */
export const codeSources: readonly CodeSource[] = [
  createCodeSource('outcome', 'outcomes', outcomes, (code) => {
    const { cause, fix } = explanations[code]
    return {
      status: outcomes[code].status,
      cause,
      fix: toPlainText(fix),
      docs: `docs/troubleshooting/outcomes.md#${code}`,
    }
  }),
  createCodeSource('diagnosis', 'diagnoses', findings, (code) => {
    const { message, hint } = findings[code]
    return { cause: message, fix: hint, docs: `docs/troubleshooting/why-401.md#${code}` }
  }),
  createCodeSource('check', 'checks', checksById, (id) => {
    const { title, cause, fix } = checksById[id] as ReceiverCheck
    return { cause: `${title}. If not: ${cause}`, fix, docs: 'docs/reference/commands/doctor.md#checks' }
  }),
  createCodeSource('mistake', 'mistakes', causes, (code) => {
    const [cause, fix] = causes[code]
    return { cause, fix, docs: 'docs/reference/commands/doctor.md#mistakes' }
  }),
  createCodeSource('account finding', 'account findings', accountFindings, (code) => {
    const { message, fix } = accountFindings[code]
    return { cause: message, fix, docs: 'docs/reference/commands/account.md#findings' }
  }),
]

/** Lists all codes without duplicates. */
export function listCodes(): readonly string[] {
  return [...new Set(codeSources.flatMap(({ codes }) => codes))]
}

/** Replaces Markdown links between pages of docs by their title and file. */
function toPlainText(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\(([^)]+)\)/g, '"$1" (docs/$2)')
}
