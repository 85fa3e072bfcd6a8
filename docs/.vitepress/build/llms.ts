// Writes llms.txt, llms-full.txt and each page's Markdown into the site.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createLlmsFullText, createLlmsText } from '../../../tools/docs/llms.js'
import { read } from '../../../tools/docs/pages.js'

/** Writes the files for language models. `pages` are the paths of all pages below docs. */
export function writeMarkdownForModels(outDir: string, pages: readonly string[]): void {
  for (const page of pages) {
    const file = join(outDir, page)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, read(join('docs', page)))
  }
  writeFileSync(join(outDir, 'llms.txt'), createLlmsText(''))
  writeFileSync(join(outDir, 'llms-full.txt'), createLlmsFullText())
}
