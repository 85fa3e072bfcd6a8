// Reads what decides which files `init` writes, and which commands it suggests.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../shared/options.js'
import { type Host, type HostName, hosts } from './hosts.js'

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun' | 'deno'

export interface Project {
  readonly folder: string
  /** The names of its dependencies of all kinds. */
  readonly packages: ReadonlySet<string>
  readonly usesTypeScript: boolean
  /** Whether .js files are ES modules. */
  readonly isModule: boolean
  readonly packageManager: PackageManager
  /** Whether a file or folder exists below the project's folder. */
  has(path: string): boolean
  /** Whether a file exists there and contains a string. */
  contains(path: string, text: string): boolean
}

const lockFiles: readonly (readonly [file: string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['deno.lock', 'deno'],
  ['deno.json', 'deno'],
  ['deno.jsonc', 'deno'],
]

/** Reads a project's folder. Throws a UsageError for a package.json that cannot be read. */
export function readProject(folder: string): Project {
  const has = (path: string) => existsSync(join(folder, path))
  if (!has('')) throw new UsageError(`The folder ${folder} does not exist.`)
  const { type, ...manifest } = has('package.json') ? readManifest(join(folder, 'package.json')) : {}
  const packages = listPackages(manifest)
  const [, packageManager = 'npm'] = lockFiles.find(([file]) => has(file)) ?? []
  return {
    folder,
    packages,
    usesTypeScript: has('tsconfig.json') || packages.has('typescript'),
    isModule: type === 'module',
    packageManager,
    has,
    contains: (path, text) => has(path) && readFileSync(join(folder, path), 'utf8').includes(text),
  }
}

/** The members of a package.json that count. Their types are not checked. */
interface Manifest {
  readonly type?: unknown
  readonly dependencies?: unknown
  readonly devDependencies?: unknown
  readonly peerDependencies?: unknown
}

function listPackages({ dependencies, devDependencies, peerDependencies }: Manifest): ReadonlySet<string> {
  return new Set([dependencies, devDependencies, peerDependencies].flatMap((list) => Object.keys(Object(list))))
}

function readManifest(file: string): Manifest {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new UsageError(
      `Cannot read ${file}: ${error instanceof SyntaxError ? 'not JSON' : (error as Error).message}.`,
    )
  }
}

/** What a project was recognized by, for the output. */
export interface FoundHost {
  readonly name: HostName
  /** Such as `express, in package.json`. */
  readonly by: string
}

/** Finds the host of a project. Returns undefined if nothing is known about it. */
export function findHost(project: Project): FoundHost | undefined {
  for (const [name, host] of Object.entries<Host>(hosts)) {
    const by = recognize(project, host)
    if (by !== undefined) return { name: name as HostName, by }
  }
  return undefined
}

/** Says what a project of the host has. Returns undefined if it has nothing of it. */
function recognize(project: Project, { packages, markers = [], setting }: Host): string | undefined {
  const dependency = packages.find((name) => project.packages.has(name))
  if (dependency !== undefined) return `${dependency}, in package.json`
  const file = setting?.files.find((path) => project.contains(path, setting.name))
  if (file !== undefined) return `${setting?.name}, in ${file}`
  return markers.find(project.has)
}
