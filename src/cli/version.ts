import { createRequire } from 'node:module'

/** Reads the version of this package. The name finds package.json from the source and from the build. */
export function readVersion(): string {
  const { version } = createRequire(import.meta.url)('gallabox-webhooks/package.json') as { version: string }
  return version
}
