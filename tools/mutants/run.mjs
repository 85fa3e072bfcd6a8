// Runs Stryker and prints the score and every mutant that survives. Exits with 1 if the score is below 95 %, or if the
// survivors are not exactly those in equivalent-mutants.mjs.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { equivalentMutants } from './equivalent-mutants.mjs'

const root = resolve(import.meta.dirname, '../..')
const minimumScore = 95

/** Returns the first line of the mutated code, as it is in the source. */
function codeOf({ location: { start, end } }, source) {
  const line = source.split('\n')[start.line - 1]
  return line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined).trim()
}

function isSame(row, { file, code, replacement }) {
  return row.file === file && row.code === code && row.to === replacement
}

const { status } = spawnSync('npx', ['stryker', 'run', 'tools/mutants/stryker.config.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

const { files } = JSON.parse(readFileSync(resolve(root, 'node_modules/.cache/mutants.json'), 'utf8'))
const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) =>
  mutants.map((mutant) => ({ file, ...mutant, code: codeOf(mutant, source) })),
)
const counted = mutants.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError')
const killed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout')
const survivors = counted.filter((mutant) => !killed.includes(mutant))

let unexplained = 0
for (const survivor of survivors) {
  const { file, location, code, replacement } = survivor
  const equivalent = equivalentMutants.find((row) => isSame(row, survivor))
  if (!equivalent) unexplained++
  console.log(`${file}:${location.start.line}  ${code} -> ${replacement}\n    ${equivalent?.why ?? 'NOT EXPLAINED'}`)
}
// An outdated row could later excuse another mutant. A busy machine can time out where a mutant would survive.
const possible = counted.filter(({ status }) => status !== 'Killed')
const outdated = equivalentMutants.filter((row) => !possible.some((mutant) => isSame(row, mutant)))
for (const { file, code, to } of outdated)
  console.log(`${file}  ${code} -> ${to}\n    OUTDATED: no such mutant survives`)

const score = (100 * killed.length) / counted.length
console.log(`${counted.length} mutants, ${killed.length} killed: ${score.toFixed(1)} %, ${unexplained} not explained`)
if (score < minimumScore || unexplained > 0 || outdated.length > 0) process.exitCode = 1
