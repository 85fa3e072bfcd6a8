/** Identifies the runtime. Several runtimes have Node's `process`, so Node.js is checked last. */
export function identifyRuntime() {
  const { Bun, Deno, navigator, process } = globalThis
  if (Deno) return { runtime: 'deno', version: Deno.version.deno }
  if (Bun) return { runtime: 'bun', version: Bun.version }
  const userAgent = navigator?.userAgent ?? ''
  // workerd does not report its version.
  if (userAgent === 'Cloudflare-Workers')
    return { runtime: process?.getBuiltinModule ? 'workerd nodejs_compat' : 'workerd' }
  const chrome = /Chrome\/(\d+)/.exec(userAgent)
  if (chrome) return { runtime: 'chromium', version: chrome[1] }
  return { runtime: 'node', version: process?.versions?.node }
}

// What a runtime does not support. It is not skipped: the suite asserts how it fails.
const unsupported = {
  workerd: ['verifySignature'],
  chromium: ['verifySignature'],
}

/** Returns whether a runtime supports a function of the library. */
export function can(runtime, name) {
  return !unsupported[runtime]?.includes(name)
}
