// npm runs this before and after it packs: node tools/release/pack.mjs prepare | restore
// Packed Markdown gets links that work outside the repository, and openapi.json loses its indentation. Restores the
// originals afterwards. If npm was killed in between, the next run restores them first.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rewriteLinks } from './links.mjs'
import { readManifest, repositoryUrl } from './manifest.mjs'

const originals = '.packing'

// npm adds these itself.
const alwaysPacked = ['package.json', 'README.md', 'LICENSE']

function isPackedIn({ files }) {
  return (path) => [...alwaysPacked, ...files].some((entry) => path === entry || path.startsWith(`${entry}/`))
}

function prepare() {
  const manifest = readManifest()
  const options = { repository: repositoryUrl(manifest), isPacked: isPackedIn(manifest) }
  const pages = ['README.md', ...manifest.files.flatMap(listPages)]
  for (const page of pages) rewrite(page, (text) => rewriteLinks(text, { page, ...options }))
  rewrite('openapi.json', (text) => JSON.stringify(JSON.parse(text)))
}

function listPages(entry) {
  if (/\.(md|txt)$/.test(entry)) return [entry]
  if (!entry.startsWith('docs/')) return []
  return readdirSync(entry).flatMap((name) => listPages(`${entry}/${name}`))
}

function rewrite(file, change) {
  const original = join(originals, file)
  mkdirSync(dirname(original), { recursive: true })
  cpSync(file, original)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

function restore() {
  if (!existsSync(originals)) return
  cpSync(originals, '.', { recursive: true })
  rmSync(originals, { recursive: true })
}

restore()
if (process.argv[2] === 'prepare') prepare()
