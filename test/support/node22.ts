import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './children.js'

const candidates = [
  ...(Number.parseInt(process.versions.node, 10) >= 22 ? [process.execPath] : []),
  join(root, 'e2e/node_modules/node22/bin/node'),
]

/** Node.js 22 or later: this one, or the one that `npm ci` installs in `e2e`. Undefined if there is none. */
export const node22 = candidates.find((path) => existsSync(path))
