import { findings } from '../../../diagnose/findings.js'
import { explanations, outcomes } from '../../../receiver/outcome.js'
import { type CodeSource, createCodeSource } from './code-source.js'

/** Every code that the package reports. Another kind of code needs one more entry. */
export const codeSources: readonly CodeSource[] = [
  createCodeSource('outcome', 'outcomes', outcomes, (code) => {
    const { cause, fix } = explanations[code]
    return { status: outcomes[code].status, cause, fix: toPlainText(fix), docs: `docs/outcomes.md#${code}` }
  }),
  createCodeSource('diagnosis', 'diagnoses', findings, (code) => {
    const { message, hint } = findings[code]
    return { cause: message, fix: hint, docs: `docs/why-401.md#${code}` }
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
