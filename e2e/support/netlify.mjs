// Runs the functions of a project as `netlify dev` does: node netlify.mjs <folder>.
import { join, resolve } from 'node:path'
import { serve } from '@hono/node-server'
import { FunctionsHandler } from '@netlify/functions-dev'

const projectRoot = resolve(process.argv[2])
const port = Number(process.env.PORT)
const functions = new FunctionsHandler({
  config: { get: () => ({}), subscribe: () => () => {} },
  destPath: join(projectRoot, '.netlify/functions-serve'),
  geolocation: {},
  projectRoot,
  settings: { port },
  userFunctionsPath: join(projectRoot, 'netlify/functions'),
})

async function fetch(original) {
  // A copy, because the server sets headers.
  const request = new Request(original)
  const match = await functions.match(request)
  if (!match) return new Response(null, { status: 404 })
  const response = await match.handle(request)
  // Whole, because a client that disconnects during a stream would end the process.
  return new Response(await response.arrayBuffer(), response)
}

serve({ fetch, port })
