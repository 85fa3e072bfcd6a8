import { createRequire } from 'node:module'

interface Repository {
  readonly url: string
}

interface PackageJson {
  readonly version: string
  /** Set by the publisher. */
  readonly repository?: Repository
}

/** Reads package.json of this package. The name finds it from the source and from the build. */
function readPackageJson(): PackageJson {
  return createRequire(import.meta.url)('gallabox-webhooks/package.json') as PackageJson
}

export function readVersion(): string {
  return readPackageJson().version
}

/** Returns the URL of a page of the documentation, or its path if the repository is not set. */
export function locatePage(path: string, repository: Repository | undefined = readRepository()): string {
  return repository ? `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/HEAD/${path}` : path
}

function readRepository(): Repository | undefined {
  try {
    return readPackageJson().repository
  } catch {
    // The command was copied out of the package.
    return undefined
  }
}
