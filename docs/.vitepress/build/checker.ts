// Builds checker.html: the signature checker as one file, which also works without a server.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { createExample } from '../checker/example.data.js'

const folder = join(import.meta.dirname, '../checker')

/** Writes checker.html into the site. */
export async function buildOfflineChecker(outDir: string): Promise<void> {
  const script = await bundle()
  const style = read('offline.css') + read('checker.css')
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`
  // Functions, because "$" has a meaning in a replacement string.
  const page = read('offline.html')
    .replace('content="policy"', `content="${policy}"`)
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<!-- form -->', () => read('form.html'))
    .replace('<script></script>', () => `<script>${script}</script>`)
  writeFileSync(join(outDir, 'checker.html'), page)
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'offline.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    define: { EXAMPLE: JSON.stringify(await createExample()) },
  })
  // "</script>" inside a string would end the script.
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}
