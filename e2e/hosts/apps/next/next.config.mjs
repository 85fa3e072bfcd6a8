import { resolve } from 'node:path'

// Where the library is installed. Next.js would take the repository's root, which has a lock file too.
export default { turbopack: { root: resolve(import.meta.dirname, '../..') } }
