import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { e2eFolder, findProgram, inModules, versions } from './install.mjs'

/** Finds the Node.js of an alias in package.json. `program` is missing if npm has none for this platform. */
export function findNode(alias) {
  const { optionalDependencies } = JSON.parse(readFileSync(join(e2eFolder, 'package.json'), 'utf8'))
  // npm:package@version
  const version = optionalDependencies[alias].split('@').at(-1)
  const program = inModules(`${alias}/bin/node`)
  return existsSync(program) ? { version, program } : { version }
}

/** Finds a program of a package that npm installs on every platform. */
export function findInstalled(name, path) {
  return { version: versions()[name], program: findProgram(name, path) }
}

/** Finds Chromium in CHROMIUM_PATH or PATH. */
export function findChromium() {
  const { CHROMIUM_PATH, PATH = '' } = process.env
  const folders = PATH.split(delimiter)
  const program = CHROMIUM_PATH || folders.map((folder) => join(folder, 'chromium')).find(existsSync)
  if (!program) return { version: '' }
  // "Chromium 1.2.3.4 built on …"
  const version = /\d+(\.\d+)+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))
  return { version: version?.[0] ?? '', program }
}
