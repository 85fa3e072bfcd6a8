// The pages of the documentation, and the files that they show whole.
// It must not know what a page says.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Reads a file of the project. */
export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** Lists the pages that people read on paper and in the repository. The API reference is made by typedoc and left out. */
export function listPages(): readonly string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !/^(api|site)\//.test(file))
    .map((file) => join('docs', file))
  return ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'llms.txt', ...inDocs].sort()
}

/** A block of code on a page. */
export interface Fence {
  readonly language: string
  /** The file of the project that it shows, whole. */
  readonly shows: string | undefined
  readonly code: string
}

const fence = /^( *)```(\w+)(?: (\S+))?\n(.*?)^ *```$/gms

/** Lists the blocks of code of a text. */
export function listFences(text: string): readonly Fence[] {
  return [...text.matchAll(fence)].map(([, , language = '', shows, code = '']) => ({ language, shows, code }))
}

/** Puts the files that a page shows into it, as they are now. */
export function embedFiles(text: string): string {
  return text.replace(fence, (all: string, indent: string, language: string, shows: string | undefined) =>
    shows === undefined ? all : `${indent}\`\`\`${language} ${shows}\n${read(shows)}${indent}\`\`\``,
  )
}
