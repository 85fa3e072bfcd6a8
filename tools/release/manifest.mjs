// Reads and writes the publisher's fields of package.json: repository, homepage and bugs.
import { readFileSync, writeFileSync } from 'node:fs'

export function readManifest() {
  return JSON.parse(readFileSync('package.json', 'utf8'))
}

/** Returns the URL of the repository's page, such as https://github.com/OWNER/REPO, or undefined if it is not set. */
export function repositoryUrl({ repository }) {
  const url = typeof repository === 'string' ? repository : repository?.url
  return url?.replace(/^git\+/, '').replace(/\.git$/, '')
}

/** Returns the repository's URL without a slash or .git at its end. Throws a TypeError if it is not one on GitHub. */
export function parseRepository(address) {
  const [, url] = /^(https:\/\/github\.com\/[\w-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(address ?? '') ?? []
  if (url === undefined)
    throw new TypeError('repository: must be https://github.com/OWNER/REPO. Pass the URL of its page.')
  return url
}

/** Sets repository, homepage and bugs, in front of the license. */
export function withRepository(manifest, url, homepage = `${url}#readme`) {
  const { repository: _1, homepage: _2, bugs: _3, ...others } = manifest
  const fields = { homepage, bugs: `${url}/issues`, repository: { type: 'git', url: `git+${url}.git` } }
  const entries = Object.entries(others)
  const index = entries.findIndex(([name]) => name === 'license')
  return Object.fromEntries(entries.toSpliced(index, 0, ...Object.entries(fields)))
}

export function writeManifest(manifest) {
  writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`)
}
