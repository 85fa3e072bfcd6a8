import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'tsup'

const root = join(import.meta.dirname, '../..')

/** Bundles and imports a TypeScript file of test/support. */
export async function importTypeScript(name) {
  // Within the project, so that the bundle finds the packages.
  const outDir = await mkdtemp(join(root, 'node_modules/.bench-'))
  try {
    await build({
      config: false,
      entry: [join(root, `test/support/${name}.ts`)],
      outDir,
      format: 'esm',
      skipNodeModulesBundle: true,
      silent: true,
    })
    return await import(join(outDir, `${name}.js`))
  } finally {
    await rm(outDir, { recursive: true })
  }
}
