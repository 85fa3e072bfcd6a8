// How an example is built, started and checked, by what kind of thing it is.
// It must not know any one example. Each recipe makes a check: it is given the name, the copy's folder, and the tools.
import { inModules } from '../support/install.mjs'
import { freePorts, run } from '../support/processes.mjs'

/** One file for Node.js. `get` is what its framework answers to a GET. */
export function nodeServer({ file = 'server.mjs', get }) {
  return ({ name, ...tools }) => checkProgram(name, tools, () => [file], { get })
}

/** TypeScript, compiled with tsc and without a secret, of which each of the files is a server. */
export function compiledServers({ files, get }) {
  return async ({ name, reporter, folder, env, ...tools }) => {
    const tsc = [inModules('typescript/bin/tsc'), '-p', '.']
    const built = await reporter(name)('tsc', () => run(process.execPath, tsc, { cwd: folder, env }))
    if (built === undefined) return
    for (const [title, file] of Object.entries(files)) {
      await checkProgram(title, { folder, ...tools }, () => [file], { get })
    }
  }
}

async function checkProgram(title, { folder, checkServer }, args, options) {
  const [port] = await freePorts(1)
  await checkServer(title, [process.execPath, ...args(port)], {
    urls: { [title]: `http://127.0.0.1:${port}/webhooks/gallabox` },
    ports: [port],
    cwd: folder,
    env: { PORT: `${port}` },
    ...options,
  })
}
