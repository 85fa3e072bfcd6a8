// Prints how long the sentences of the documentation are: node tools/words/readability.mjs [file…].
// Exits with 1 if a sentence has more than 25 words.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const maximumWords = 25
const longWords = 20

/** Lists the pages that people read. Generated pages are included, the changelog is not. */
function listPages() {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !/(^|\/)(api|\.vitepress|node_modules)\//.test(file))
    .map((file) => join('docs', file))
  return ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...inDocs].sort()
}

/** Splits Markdown into sentences. Code, tables, links' targets and HTML are not prose. */
function listSentences(text) {
  const prose = text
    .replace(/^---\n.*?\n---\n/s, '')
    .replace(/^( *)```.*?^ *```$/gms, '\n\n')
    .replace(/<script.*?<\/script>|<style.*?<\/style>/gs, '')
    .replace(/^ *\|.*$/gm, '\n')
    .replace(/^ *<.*$/gm, '\n')
    .replace(/^#+ .*$/gm, '\n')
    .replace(/^ *([-*]|\d+\.) /gm, '\n\n')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/`[^`]*`/g, 'code')
  return prose
    .split(/\n\s*\n/)
    .flatMap((paragraph) => paragraph.replace(/\s+/g, ' ').split(/(?<=[.!?:][*)"]*) (?=[\p{Lu}\p{N}*"[(]|code)/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence))
}

function countWords(sentence) {
  return sentence.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

const given = process.argv.slice(2).map((file) => relative(root, resolve(file)))
const sentences = (given.length > 0 ? given : listPages()).flatMap((page) =>
  listSentences(readFileSync(join(root, page), 'utf8')).map((sentence) => ({
    page,
    sentence,
    words: countWords(sentence),
  })),
)
const tooLong = sentences.filter(({ words }) => words > maximumWords)
for (const { page, sentence, words } of tooLong) console.log(`${page}: ${words} words: ${sentence}`)
const longest = Math.max(0, ...sentences.map(({ words }) => words))
const share = (100 * sentences.filter(({ words }) => words > longWords).length) / Math.max(1, sentences.length)
console.log(
  `${sentences.length} sentences, the longest has ${longest} words, ${share.toFixed(1)} % have more than ${longWords}`,
)
if (tooLong.length > 0) process.exitCode = 1
