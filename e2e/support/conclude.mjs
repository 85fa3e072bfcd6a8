// How a check ends: its counts, for whoever looks on and for the table of bars.
// It must not know what was checked.
import { mkdirSync, writeFileSync } from 'node:fs'
import { inModules } from './install.mjs'

/** Prints the counts, keeps them for `npm run bars`, and fails the process if the check did. */
export function conclude(name, counts) {
  mkdirSync(inModules('.cache'), { recursive: true })
  writeFileSync(inModules(`.cache/${name}.json`), JSON.stringify(counts))
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
  if (counts.failed > 0) process.exitCode = 1
}
