// Where the library is installed: Next would take the repository's root for that, since it has a lock file too.
export default { turbopack: { root: new URL('../..', import.meta.url).pathname } }
