// Builds the HTML site: the reference and the guides with typedoc, and the signature checker with the built library.
import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../..')
const site = join(root, 'docs/site')

const typedoc = [
  join(root, 'node_modules/typedoc/bin/typedoc'),
  '--plugin',
  join(import.meta.dirname, 'navigation.mjs'),
  '--customCss',
  join(import.meta.dirname, 'site.css'),
]
execFileSync(process.execPath, typedoc, { cwd: root, stdio: 'inherit' })
for (const file of ['checker.html', 'checker.css']) copyFileSync(join(root, 'docs/checker', file), join(site, file))
await build({
  entryPoints: [join(root, 'docs/checker/checker.js')],
  outfile: join(site, 'checker.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
})
