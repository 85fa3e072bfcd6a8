import { type DiagnosisCode, findings } from '../../../diagnose/findings.js'
import { didYouMean } from '../../../platform/nearest-name.js'
import type { Command } from '../../shared/command.js'
import { parseOptions, UsageError } from '../../shared/options.js'
import { exitCode } from '../../shared/terminal.js'
import { describeOutcome, isOutcomeCode, outcomeCodes } from './describe-outcome.js'

/** The meaning of a code in one context. */
interface CodeMeaning {
  readonly kind: 'outcome' | 'diagnosis'
  /** The HTTP status of an outcome. */
  readonly status?: number
  readonly cause: string
  /** What to change. Empty if nothing has to change. */
  readonly fix: string
  readonly docs: string
}

const diagnosisCodes = Object.keys(findings) as DiagnosisCode[]

export const explain: Command = {
  summary: 'explain an outcome code or a diagnosis code',
  help: `Usage: gallabox-webhooks explain [code] [options]

Explains the code of an outcome or a diagnosis: what it means and what to
change. Without a code, lists all codes. Needs no network and no secret.

  --json  print JSON

Exit codes: 0 success, 2 usage error.`,

  async run(args, terminal) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } })
    const [code, ...others] = positionals
    if (others.length > 0) throw new UsageError('Too many arguments. Pass one code.')
    if (code === undefined) {
      const lists = { outcomes: outcomeCodes, diagnoses: diagnosisCodes }
      terminal.print(values.json ? JSON.stringify(lists) : formatLists(lists))
      return exitCode.ok
    }
    const meanings = listMeanings(code)
    if (meanings.length === 0) {
      const suggestion = didYouMean(code, [...outcomeCodes, ...diagnosisCodes])
      throw new UsageError(`Unknown code ${JSON.stringify(code)}.${suggestion}`)
    }
    terminal.print(values.json ? JSON.stringify({ code, meanings }) : meanings.map(formatMeaning).join('\n\n'))
    return exitCode.ok
  },
}

/** Lists the meanings of a code. A code such as signature-missing is both an outcome and a diagnosis. */
function listMeanings(code: string): readonly CodeMeaning[] {
  const meanings: CodeMeaning[] = []
  if (isOutcomeCode(code))
    meanings.push({ kind: 'outcome', ...describeOutcome(code), docs: `docs/outcomes.md#${code}` })
  if (isDiagnosisCode(code)) {
    const { message: cause, hint: fix } = findings[code]
    meanings.push({ kind: 'diagnosis', cause, fix, docs: `docs/why-401.md#${code}` })
  }
  return meanings
}

function isDiagnosisCode(code: string): code is DiagnosisCode {
  return Object.hasOwn(findings, code)
}

function formatMeaning({ kind, status, cause, fix, docs }: CodeMeaning): string {
  const title = kind === 'outcome' ? `Outcome, HTTP ${status}` : 'Diagnosis'
  const lines = [`${title}: ${cause}`, fix && `Fix: ${fix}`, `More: ${docs}`]
  return lines.filter(Boolean).join('\n')
}

function formatLists({ outcomes, diagnoses }: Readonly<Record<'outcomes' | 'diagnoses', readonly string[]>>): string {
  const formatList = (title: string, codes: readonly string[]) =>
    [title, ...codes.map((code) => `  ${code}`)].join('\n')
  return `${formatList('Outcomes:', outcomes)}\n\n${formatList('Diagnoses:', diagnoses)}`
}
