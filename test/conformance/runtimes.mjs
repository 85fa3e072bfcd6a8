// Which runtime this really is, and what each of them cannot do.
// It must not know vectors.

/** Tells the runtime by what it alone has. Several of them also have Node's `process`, so that one is asked last. */
export function identifyRuntime() {
  const { Bun, Deno, navigator, process } = globalThis
  if (Deno) return { runtime: 'deno', version: Deno.version.deno }
  if (Bun) return { runtime: 'bun', version: Bun.version }
  const userAgent = navigator?.userAgent ?? ''
  // It tells no version.
  if (userAgent === 'Cloudflare-Workers')
    return { runtime: process?.getBuiltinModule ? 'workerd nodejs_compat' : 'workerd' }
  const chrome = /Chrome\/(\d+)/.exec(userAgent)
  if (chrome) return { runtime: 'chromium', version: chrome[1] }
  return { runtime: 'node', version: process?.versions?.node }
}

// All that a runtime cannot do, of what the suite asks. Nothing of it is skipped: how it fails is asserted instead.
const cannot = {
  workerd: ['verifySignature'],
  chromium: ['verifySignature'],
}

/** Tells whether a function of the library works here. */
export function can(runtime, name) {
  return !cannot[runtime]?.includes(name)
}
