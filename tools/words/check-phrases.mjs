// Prints each forbidden phrase with what to write instead, and exits with 1 if there is one:
// node tools/words/check-phrases.mjs [file…]. Without files, it checks the repository.
import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { allowed, checked, phrases, unchecked } from './phrases.mjs'
import { readProse } from './read-prose.mjs'

const root = resolve(import.meta.dirname, '../..')

// Between two words there may be a line break and the mark of a comment. "[ -]" stays as it is.
const rules = Object.entries(phrases).map(([phrase, write]) => {
  const spaced = phrase.replace(/(?<!\[) /g, '[\\s*/#]+')
  return { pattern: new RegExp(`(?<![\\w-])(?:${spaced})(?![\\w-])`, 'gi'), write }
})

function listFiles() {
  const files = ts.sys.readDirectory(root, undefined, ['**/node_modules', '**/.*/', ...unchecked], checked)
  return files.map((file) => relative(root, file)).sort()
}

/** Replaces the hits that are right by spaces. */
function blankAllowed(file, prose) {
  const patterns = allowed.filter((entry) => file.startsWith(entry.file)).map(({ text }) => text)
  return patterns.reduce((rest, pattern) => rest.replace(pattern, (text) => ' '.repeat(text.length)), prose)
}

function findPhrases(file) {
  const prose = blankAllowed(file, readProse(file, readFileSync(join(root, file), 'utf8')))
  return rules.flatMap(({ pattern, write }) =>
    [...prose.matchAll(pattern)].map(({ 0: phrase, index }) => {
      const lines = prose.slice(0, index).split('\n')
      return { file, line: lines.length, column: lines.at(-1).length + 1, phrase: phrase.replace(/\s+/g, ' '), write }
    }),
  )
}

const given = process.argv.slice(2).map((file) => relative(root, resolve(file)))
const hits = (given.length > 0 ? given : listFiles()).flatMap(findPhrases)
for (const { file, line, column, phrase, write } of hits) {
  console.log(`${file}:${line}:${column}  "${phrase}"  Write: ${write}.`)
}
if (hits.length > 0) {
  console.error(`${hits.length} forbidden phrases. The rules are in tools/words/phrases.mjs.`)
  process.exitCode = 1
}
