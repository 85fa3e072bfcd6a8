import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { run } from './processes.mjs'

/** The folder of this package. */
export const e2eFolder = resolve(import.meta.dirname, '..')

const modules = join(e2eFolder, 'node_modules')
const npm = { cwd: resolve(e2eFolder, '..'), env: process.env }

/**
 * Unpacks the library to where `npm install` would put it: from the given tarball, or from one that is built and packed
 * now. A failure ends the process. check.mjs installs it once for all checks.
 */
export async function installLibrary(tarball) {
  if (process.env.E2E_LIBRARY_INSTALLED) return
  await unpackLibrary(tarball).catch((error) => {
    console.error(`The library could not be packed and installed: ${error.message}`)
    process.exit(1)
  })
}

async function unpackLibrary(tarball) {
  if (!existsSync(modules)) throw new Error('dependencies are missing. Run npm ci in e2e/.')
  const temporary = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
  try {
    const target = join(modules, 'gallabox-webhooks')
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target)
    const packed = tarball ?? (await buildAndPack(temporary))
    await run('tar', ['-xzf', resolve(packed), '--strip-components=1', '-C', target], npm)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function buildAndPack(folder) {
  await run('npm', ['run', 'build'], npm)
  const output = await run('npm', ['pack', '--silent', '--pack-destination', folder], npm)
  return join(folder, output.trim().split('\n').at(-1))
}

/** Finds the program of a package that has one optional dependency per platform. */
export function findProgram(name, path) {
  const { optionalDependencies } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))
  const found = Object.keys(optionalDependencies)
    .map((dependency) => join(modules, dependency, path))
    .find(existsSync)
  if (!found) throw new Error(`${name} has no program for this machine. Run npm ci in e2e/.`)
  return found
}

/** Returns the path of a file in an installed package. */
export function inModules(path) {
  return join(modules, path)
}

/** Returns the exact versions in package.json. */
export function versions() {
  return JSON.parse(readFileSync(join(e2eFolder, 'package.json'), 'utf8')).dependencies
}
