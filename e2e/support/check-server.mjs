import { e2eFolder, inModules } from './install.mjs'
import { findUncaughtError, serve } from './processes.mjs'

/** Returns the environment of a program. It contains no secret, because a build must work without one. */
export function cleanEnvironment(home) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    ASTRO_TELEMETRY_DISABLED: '1',
    DENO_DIR: inModules('.cache/deno'),
    DENO_NO_UPDATE_CHECK: '1',
    DO_NOT_TRACK: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
  }
}

/** Creates a function that runs each part of a check, prints its result and counts it. */
export function createReporter(counts, print = console.log) {
  return (name) =>
    async function report(title, work) {
      const startedAt = performance.now()
      try {
        const result = await work()
        counts.passed++
        print(`ok    ${name.padEnd(22)} ${title} (${Math.round(performance.now() - startedAt)} ms)`)
        return result
      } catch (error) {
        counts.failed++
        print(`FAIL  ${name.padEnd(22)} ${title}: ${error.message}`)
      }
    }
}

/** Creates a function that starts a server, sends all deliveries to each of its URLs, and stops it. */
export function createServerCheck({ counts, print, reporter, env, secret, sendAll }) {
  return async function checkServer(
    name,
    [command, ...args],
    { urls, ports, env: more = {}, cwd = e2eFolder, probe, ...expectations },
  ) {
    const options = { ports, cwd, env: { ...env, GALLABOX_WEBHOOK_SECRET: secret, ...more } }
    const server = await reporter(name)('starts', () => serve(command, args, options))
    if (!server) return
    const failedBefore = counts.failed
    await probe?.()
    for (const [title, url] of Object.entries(urls)) await sendAll(url, server.output, reporter(title), expectations)
    await reporter(name)('is still running', async () => {
      const problem = server.isRunning() ? findUncaughtError(server.output()) : 'it ended'
      if (problem) throw new Error(problem)
    })
    await server.stop()
    if (counts.failed > failedBefore) print(server.output())
  }
}
