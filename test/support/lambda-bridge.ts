import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { LambdaHandler } from 'gallabox-webhooks/lambda'

/** Simulates API Gateway: turns HTTP requests into Lambda events. Bodies are in base64, which preserves every byte. */
export function lambdaBridge(version: '1.0' | '2.0', handler: LambdaHandler, errors: unknown[]): Server {
  return createServer(async (req, res) => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of req) chunks.push(chunk)
    } catch {
      return
    }
    const body = Buffer.concat(chunks).toString('base64')
    const event = version === '1.0' ? toV1(req, body) : toV2(req, body)
    try {
      const result = await handler(event)
      res.writeHead(result.statusCode, result.headers ?? result.multiValueHeaders)
      res.end(result.body)
    } catch (error) {
      errors.push(error)
      res.writeHead(502, { 'content-type': 'application/json' })
      res.end('{"message":"Internal server error"}')
    }
  })
}

function toV1(req: IncomingMessage, body: string) {
  const multiValueHeaders: Record<string, string[]> = {}
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i] as string
    multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), req.rawHeaders[i + 1] as string]
  }
  return { httpMethod: req.method as string, multiValueHeaders, body, isBase64Encoded: true }
}

function toV2(req: IncomingMessage, body: string) {
  const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]))
  return { version: '2.0', requestContext: { http: { method: req.method } }, headers, body, isBase64Encoded: true }
}
