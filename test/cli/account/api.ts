// A server in place of Gallabox's REST API, and the command with checks that hold for every run.
import { createServer, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { expect } from 'vitest'
import { type CliOptions, runCli } from '../../support/cli.js'
import { listen } from '../../support/listen.js'
import { env } from './credentials.js'

export interface ApiResponse {
  readonly status?: number
  readonly headers?: OutgoingHttpHeaders
  /** An object is sent as JSON. */
  readonly body?: unknown
}

interface ApiRequest {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly rawHeaders: readonly string[]
}

/** Starts a server with one response, and records its requests. */
export async function startApi(response: ApiResponse | ((res: ServerResponse) => void) = {}) {
  const requests: ApiRequest[] = []
  const server = createServer(({ method, url: path, rawHeaders }, res) => {
    requests.push({ method, path, rawHeaders })
    if (typeof response === 'function') return response(res)
    const { status = 200, headers: responseHeaders = {}, body = [] } = response
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    res.writeHead(status, { 'content-type': 'application/json', ...responseHeaders })
    res.end(isRaw ? body : JSON.stringify(body))
  })
  return { url: (await listen(server)).replace(/\/$/, ''), requests }
}

/** Runs the command. Expects that it prints neither a credential nor an encrypted secret. */
export async function runAccount(server: string, args: readonly string[] = [], options: CliOptions = {}) {
  const result = await runCli(['account', '--server', server, ...args], { env, ...options })
  expectNoSecret(result.out + result.err + result.progress.join())
  return result
}

export function expectNoSecret(output: string): void {
  for (const value of [...Object.values(env), 'U2FsdGVkX1']) {
    expect(output.toLowerCase()).not.toContain(value.toLowerCase())
    expect(output.toLowerCase()).not.toContain(JSON.stringify(value).slice(1, -1).toLowerCase())
  }
}

/** Runs the command on a response. Expects that it sends exactly one request, which only reads. */
export async function runOnResponse(response: ApiResponse, args: readonly string[] = [], options: CliOptions = {}) {
  const { url, requests } = await startApi(response)
  const result = await runAccount(url, args, options)
  expect(requests).toMatchObject([{ method: 'GET', path: '/devapi/webhooks' }])
  return { ...result, url, requests }
}

/** Runs the command with --json on records, and returns the parsed report. */
export async function findProblems(records: unknown, args: readonly string[] = []) {
  const { code, out, err } = await runOnResponse({ body: records }, [...args, '--json'])
  expect(err).toBe('')
  const report = JSON.parse(out)
  expect(code).toBe(report.findings.length === 0 ? 0 : 1)
  expect(report.verdict).toBe(report.findings.length === 0 ? 'passed' : 'failed')
  return report
}
