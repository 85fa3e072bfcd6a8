// Runs a script for each request, as in CGI: the body on standard input, headers in the environment.
import { spawn } from 'node:child_process'
import type { RequestListener } from 'node:http'
import { readBounded, respond } from './by-hand.js'

export function serveScript(script: string, env: Record<string, string>): RequestListener {
  return async (req, res) => {
    const body = await readBounded(req, res).catch(() => undefined)
    if (body === undefined) return
    const signature = String(req.headers['x-gallabox-signature'])
    const child = spawn('sh', [script], {
      env: { PATH: process.env.PATH, ...env, HTTP_X_GALLABOX_SIGNATURE: signature },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    child.stdin.on('error', () => {}).end(body)
    let output = ''
    for await (const chunk of child.stdout) output += chunk
    respond(res, Number(/^Status: (\d+)/.exec(output)?.[1] ?? 500))
  }
}
