// Lists the documentation pages and embeds files in them.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root folder of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Reads a file of the repository. */
export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** Lists the hand-written pages and the pages that tools/docs generates. The API reference is not included. */
export function listPages(): readonly string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !/^(reference\/api|\.vitepress)\//.test(file))
    .map((file) => join('docs', file))
  return ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'llms.txt', ...inDocs].sort()
}

/** A block of code on a page. */
export interface Fence {
  readonly language: string
  /** The file that it shows. */
  readonly shows: string | undefined
  readonly code: string
}

const fence = /^( *)```(\w+)(?: (\S+))?\n(.*?)^ *```$/gms

/** Lists the code blocks of a page. */
export function listFences(text: string): readonly Fence[] {
  return [...text.matchAll(fence)].map(([, , language = '', shows, code = '']) => ({ language, shows, code }))
}

/** Replaces the embedded files of a page by their current content. */
export function embedFiles(text: string): string {
  return text.replace(fence, (all: string, indent: string, language: string, shows: string | undefined) =>
    shows === undefined ? all : `${indent}\`\`\`${language} ${shows}\n${read(shows)}${indent}\`\`\``,
  )
}
