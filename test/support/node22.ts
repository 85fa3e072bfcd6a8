import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './children.js'

/** Returns this Node.js if it is suitable, or else the one that `npm ci` installs in `e2e`, if it is there. */
function findNode(isSuitable: boolean): string | undefined {
  const candidates = [...(isSuitable ? [process.execPath] : []), join(root, 'e2e/node_modules/node22/bin/node')]
  return candidates.find((path) => existsSync(path))
}

/** Node.js 22 or later. Undefined if it is not installed. */
export const node22 = findNode(Number.parseInt(process.versions.node, 10) >= 22)

/** A Node.js that has node:sqlite. Undefined if it is not installed. */
export const nodeWithSqlite = findNode(process.getBuiltinModule('node:sqlite') !== undefined)
